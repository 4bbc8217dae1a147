import type { Task, TaskPatch } from '@tandem/api';
import { useQuery } from '@tanstack/react-query';
import { membersQuery } from '../api/queries.ts';
import { useViewing } from '../app/viewing.ts';
import { useT } from '../i18n/use-t.ts';
import { TYPES } from '../tasks/list-search.ts';
import { saveField } from '../tasks/task-actions.ts';
import { useMayAssign } from '../tasks/use-may-assign.ts';
import { ChoiceField } from './choice-field.tsx';
import { DueField } from './due-field.tsx';
import { RecordField } from './record-field.tsx';
import { TextField } from './text-field.tsx';

/** As long as the API takes (B1.1). */
const DETAILS_MAX = 32_000;
/** The count is worth showing only when it begins to matter. */
const DETAILS_COUNT_FROM = 24_000;
const SHORT_MAX = 255;

export function TaskFields({ task }: { task: Task }) {
  const { t, language } = useT();
  const members = useQuery(membersQuery).data?.members ?? [];
  const viewing = useViewing();
  const mayAssign = useMayAssign();
  const disabled = task.trashedAt !== null || viewing;
  const save = (patch: TaskPatch) => saveField(task, patch);
  const tooLong = (field: string, max: number) => (text: string) =>
    text.length > max
      ? t('tasks.panel.textLong', {
          field,
          max: max.toLocaleString(language),
          length: text.length.toLocaleString(language),
        })
      : null;
  const wholeNumber = (field: string) => (text: string) =>
    text === '' || (/^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= 1000)
      ? null
      : t('tasks.panel.wholeNumber', { field });
  const campaign = task.campaign ?? { name: '', day: null, step: null };
  const numberOf = (text: string) => (text === '' ? null : Number(text));

  return (
    <>
      <DueField task={task} disabled={disabled} />
      <ChoiceField
        task={task}
        label={t('tasks.field.priority')}
        value={task.priority}
        options={(['normal', 'high'] as const).map((value) => ({
          value,
          label: t(`tasks.priority.${value}`),
        }))}
        store={(priority) => save({ priority })}
        disabled={disabled}
      />
      <ChoiceField
        task={task}
        label={t('tasks.field.type')}
        value={task.type}
        options={TYPES.map((value) => ({ value, label: t(`tasks.type.${value}`) }))}
        store={(type) => save({ type })}
        disabled={disabled}
      />
      {members.length > 1 && (
        <ChoiceField
          task={task}
          label={t('tasks.field.owner')}
          value={task.ownerId}
          options={members
            .filter(({ userId, removedAt }) => removedAt === null || userId === task.ownerId)
            .map(({ userId, name }) => ({ value: userId, label: name }))}
          store={(ownerId) => save({ ownerId })}
          disabled={disabled || !mayAssign}
        />
      )}
      <RecordField
        task={task}
        label={t('tasks.field.person')}
        kind="person"
        value={task.person}
        store={(person) => save({ person })}
        disabled={disabled}
      />
      <RecordField
        task={task}
        label={t('tasks.field.related')}
        kind="related"
        value={task.related}
        store={(related) => save({ related })}
        disabled={disabled}
      />
      <TextField
        task={task}
        label={t('tasks.field.details')}
        kind="lines"
        value={task.details}
        placeholder={t('tasks.panel.detailsPlaceholder')}
        store={(details) => save({ details })}
        fault={tooLong(t('tasks.field.details'), DETAILS_MAX)}
        note={(text) =>
          text.length >= DETAILS_COUNT_FROM
            ? t('tasks.panel.detailsCount', { length: text.length.toLocaleString(language) })
            : null
        }
        disabled={disabled}
      />
      <TextField
        task={task}
        label={t('tasks.field.campaign')}
        value={campaign.name}
        store={(name) => save({ campaign: name.trim() === '' ? null : { ...campaign, name } })}
        fault={tooLong(t('tasks.field.campaign'), SHORT_MAX)}
        placeholder={t('common.none')}
        disabled={disabled}
      />
      {task.campaign && (
        <>
          <TextField
            task={task}
            label={t('tasks.field.campaignDay')}
            value={campaign.day === null ? '' : String(campaign.day)}
            store={(day) => save({ campaign: { ...campaign, day: numberOf(day) } })}
            fault={wholeNumber(t('tasks.field.campaignDay'))}
            disabled={disabled}
          />
          <TextField
            task={task}
            label={t('tasks.field.campaignStep')}
            value={campaign.step === null ? '' : String(campaign.step)}
            store={(step) => save({ campaign: { ...campaign, step: numberOf(step) } })}
            fault={wholeNumber(t('tasks.field.campaignStep'))}
            disabled={disabled}
          />
        </>
      )}
      <TextField
        task={task}
        label={t('tasks.field.callOutcome')}
        value={task.callOutcome ?? ''}
        store={(text) => save({ callOutcome: text.trim() === '' ? null : text })}
        fault={tooLong(t('tasks.field.callOutcome'), SHORT_MAX)}
        placeholder={t('common.none')}
        disabled={disabled}
      />
      <TextField
        task={task}
        label={t('tasks.field.callReason')}
        value={task.callReason ?? ''}
        store={(text) => save({ callReason: text.trim() === '' ? null : text })}
        fault={tooLong(t('tasks.field.callReason'), SHORT_MAX)}
        placeholder={t('common.none')}
        disabled={disabled}
      />
    </>
  );
}
