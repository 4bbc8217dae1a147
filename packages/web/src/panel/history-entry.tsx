import type { HistoryEntry, Task } from '@tandem/api';
import type { ReactNode } from 'react';
import { request } from '../api/client.ts';
import { problemText } from '../api/problem-text.ts';
import { refreshTasks } from '../api/refresh.ts';
import { useViewing } from '../app/viewing.ts';
import { formatMoment } from '../dates/format-date.ts';
import { putTask } from '../tasks/task-cache.ts';
import { toast } from '../ui/toast.ts';
import line from './history.module.css';
import { historySentence, lostValue, type SentenceContext } from './history-sentence.ts';
import s from './panel.module.css';
import { RuleMark } from './rule-mark.tsx';

/** Longer ones would make the button a paragraph. */
const BUTTON_VALUE_MAX = 40;
const LOST_SHOWN_MAX = 200;

interface EntryProps {
  readonly entry: HistoryEntry;
  readonly taskId: string;
  readonly context: SentenceContext;
  /** The task is in Trash: a deletion can be taken back here. */
  readonly inTrash?: boolean;
  /** Before the sentence: which task, where a list tells of many. */
  readonly children?: ReactNode;
}

/** One line of history: the sentence, the rule, both values where the sentence has no room, and the way back. */
export function HistoryLine({ entry, taskId, context, inTrash = false, children }: EntryProps) {
  const { t, language } = context;
  const viewing = useViewing();
  const lost = inTrash || viewing ? null : lostValue(entry, context);
  const bringBack = async (body: { entryId?: string }) => {
    try {
      const path = `v1/tasks/${taskId}/restore`;
      const task = await request<Task>(path, { method: 'POST', body });
      putTask(task);
      toast(
        body.entryId
          ? t('tasks.done.valueRestored')
          : t('tasks.done.restored', { name: task.name }),
      );
    } catch (fault) {
      toast(problemText(t, fault), { kind: 'failed' });
    }
    refreshTasks();
  };
  return (
    <li data-kind={entry.kind}>
      {children}
      <p className={line.sentence}>
        {historySentence(entry, context)} <RuleMark rule={entry.rule} />
      </p>
      <LongValues entry={entry} context={context} />
      {lost !== null && (
        <p className={line.sentence}>
          {t('history.lostValue', { value: lost.slice(0, LOST_SHOWN_MAX) })}{' '}
          <button
            type="button"
            className={s.textButton}
            onClick={() => void bringBack({ entryId: entry.id })}
          >
            {lost.length > BUTTON_VALUE_MAX
              ? t('history.bringBackShort')
              : t('history.bringBack', { value: lost })}
          </button>
        </p>
      )}
      {inTrash && !viewing && entry.kind === 'deleted' && (
        <p>
          <button type="button" className={s.textButton} onClick={() => void bringBack({})}>
            {t('taskPage.restoreTask')}
          </button>
        </p>
      )}
      <time dateTime={entry.at}>{formatMoment(entry.at, language)}</time>
    </li>
  );
}

/** Details may be pages long: the sentence says that they changed, and both values fold out beneath. */
function LongValues({ entry, context: { t } }: { entry: HistoryEntry; context: SentenceContext }) {
  const [before, after] = [textOf(entry.from), textOf(entry.to)];
  if (entry.field !== 'details' || entry.kind === 'pushed' || before === after) return null;
  return (
    <details className={line.values}>
      <summary>{t('taskPage.bothValues')}</summary>
      <dl>
        <dt>{t('taskPage.before')}</dt>
        <dd>{before || t('history.empty_value')}</dd>
        <dt>{t('taskPage.after')}</dt>
        <dd>{after || t('history.empty_value')}</dd>
      </dl>
    </details>
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
