import { Button } from '@mantine/core';
import type { ReminderSettings, Reminders } from '@tandem/api';
import { useState } from 'react';
import { request } from '../api/client.ts';
import { problemText } from '../api/problem-text.ts';
import { putAnswer } from '../api/put-answer.ts';
import { queryClient } from '../api/query-client.ts';
import { refreshTasks } from '../api/refresh.ts';
import { firstWeekday } from '../dates/form.ts';
import { formatDate } from '../dates/format-date.ts';
import { useT } from '../i18n/use-t.ts';
import { type Edits, editsSince, layOver } from '../ui/edits.ts';
import layout from '../ui/page.module.css';
import { Section } from '../ui/section.tsx';
import { remindersQuery } from './reminder-queries.ts';
import s from './reminders.module.css';

/** Monday first; the first of January 2024 was one. */
const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** The same days in the order of the reader's week. */
function weekOf(language: string) {
  const first = DAYS.findIndex((day) => day % 7 === firstWeekday(language));
  return [...DAYS.slice(first), ...DAYS.slice(0, first)];
}
type Kind = 'digest' | 'due' | 'eve';

/** Nothing is written before Save. A reminder without a channel is off, and says so. */
export function RemindersForm({ saved }: { saved: ReminderSettings }) {
  const { t, language } = useT();
  const [edits, setEdits] = useState<Edits<ReminderSettings>>({});
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<{ good: boolean; text: string } | null>(null);
  const draft = layOver(saved, edits);
  const dirty = JSON.stringify(draft) !== JSON.stringify(saved);
  // What was changed while it was being saved is not.
  const said = outcome?.good && dirty ? null : outcome;
  const edit = (change: Edits<ReminderSettings>) => {
    setEdits((before) => layOver(before, change));
    setOutcome(null);
  };
  const set = <K extends Kind>(kind: K, change: Partial<ReminderSettings[K]>) =>
    edit({ [kind]: change });

  const save = async () => {
    setBusy(true);
    try {
      const next = await request<Reminders>('v1/reminders', { method: 'PUT', body: draft });
      await putAnswer(queryClient, remindersQuery, next);
      setEdits((now) => editsSince(edits, now));
      setOutcome({ good: true, text: t('reminders.save.saved') });
      refreshTasks();
    } catch (fault) {
      setOutcome({ good: false, text: problemText(t, fault) });
    } finally {
      setBusy(false);
    }
  };

  const whenAndHow = (kind: Kind) => (
    <div className={s.line}>
      <label className={s.field}>
        {t('reminders.at')}
        <input
          type="time"
          required
          className={s.time}
          value={draft[kind].at}
          onChange={({ target }) => set(kind, { at: target.value })}
        />
      </label>
      <Check
        label={t('reminders.byMail')}
        checked={draft[kind].mail}
        onChange={(mail) => set(kind, { mail })}
      />
      <Check
        label={t('reminders.inBrowser')}
        checked={draft[kind].browser}
        onChange={(browser) => set(kind, { browser })}
      />
      {!draft[kind].mail && !draft[kind].browser && (
        <span className={layout.quiet}>{t('reminders.off')}</span>
      )}
    </div>
  );

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Section title={t('reminders.digest.title')} text={t('reminders.digest.text')}>
        <fieldset className={s.group} aria-label={t('reminders.digest.title')}>
          {whenAndHow('digest')}
          <fieldset className={s.days} aria-label={t('reminders.digest.days')}>
            {weekOf(language).map((day) => (
              <label key={day}>
                <input
                  type="checkbox"
                  checked={draft.digest.days.includes(day)}
                  onChange={({ target }) =>
                    set('digest', {
                      days: DAYS.filter((one) =>
                        one === day ? target.checked : draft.digest.days.includes(one),
                      ),
                    })
                  }
                />
                <span>{formatDate(`2024-01-0${day}`, language, { weekday: 'short' })}</span>
              </label>
            ))}
          </fieldset>
          <Check
            label={t('reminders.digest.whenEmpty')}
            checked={draft.digest.whenEmpty}
            onChange={(whenEmpty) => set('digest', { whenEmpty })}
          />
        </fieldset>
      </Section>
      {(['due', 'eve'] as const).map((kind) => (
        <Section key={kind} title={t(`reminders.${kind}.title`)} text={t(`reminders.${kind}.text`)}>
          <fieldset className={s.group} aria-label={t(`reminders.${kind}.title`)}>
            {whenAndHow(kind)}
          </fieldset>
        </Section>
      ))}
      <Section title={t('reminders.needsYou.title')} text={t('reminders.needsYou.text')}>
        <fieldset className={s.group} aria-label={t('reminders.needsYou.title')}>
          <Check
            label={t('reminders.byMail')}
            checked={draft.needsYou.mail}
            onChange={(mail) => edit({ needsYou: { mail } })}
          />
        </fieldset>
      </Section>
      <div className={layout.save}>
        <Button type="submit" loading={busy} disabled={!dirty}>
          {t('reminders.save.button')}
        </Button>
        <span role="status" className={outcome?.good === false ? layout.badText : layout.quiet}>
          {said?.text ?? (dirty ? t('reminders.save.unsaved') : '')}
        </span>
      </div>
    </form>
  );
}

function Check({
  label,
  checked,
  onChange,
}: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <label className={s.check}>
      <input
        type="checkbox"
        checked={checked}
        onChange={({ target }) => onChange(target.checked)}
      />
      {label}
    </label>
  );
}
