import { Button } from '@mantine/core';
import type { HistoryEntry, Task } from '@tandem/api';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { request } from '../api/client.ts';
import { problemText } from '../api/problem-text.ts';
import { historyQuery, membersQuery, meQuery } from '../api/queries.ts';
import { refreshTasks } from '../api/refresh.ts';
import { formatMoment } from '../dates/format-date.ts';
import { useT } from '../i18n/use-t.ts';
import { putTask } from '../tasks/task-cache.ts';
import { LoadFault } from '../ui/error-page.tsx';
import { toast } from '../ui/toast.ts';
import line from './history.module.css';
import { historySentence, lostValue, type SentenceContext } from './history-sentence.ts';
import s from './panel.module.css';

/** Longer ones would make the button a paragraph. */
const BUTTON_VALUE_MAX = 40;

export function History({ taskId }: { taskId: string }) {
  const { t, language } = useT();
  const self = useQuery(meQuery).data?.name ?? null;
  const members = useQuery(membersQuery).data?.members;
  const query = useInfiniteQuery(historyQuery(taskId));
  const context: SentenceContext = useMemo(
    () => ({
      t,
      language,
      self,
      names: new Map(members?.map(({ userId, name }) => [userId, name])),
    }),
    [t, language, self, members],
  );
  if (query.isError) return <LoadFault fault={query.error} retry={() => void query.refetch()} />;
  const entries = query.data?.pages.flatMap((page) => page.entries);
  if (!entries) return null;
  if (entries.length === 0) return <p className={s.quiet}>{t('history.empty')}</p>;
  return (
    <>
      <ol className={line.history}>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} taskId={taskId} context={context} />
        ))}
      </ol>
      {query.hasNextPage && (
        <Button
          variant="subtle"
          size="compact-sm"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('history.more')}
        </Button>
      )}
    </>
  );
}

interface EntryProps {
  readonly entry: HistoryEntry;
  readonly taskId: string;
  readonly context: SentenceContext;
}

function Entry({ entry, taskId, context }: EntryProps) {
  const { t, language } = context;
  const lost = lostValue(entry, context);
  const bringBack = async () => {
    try {
      const task = await request<Task>(`v1/tasks/${taskId}/restore`, {
        method: 'POST',
        body: { entryId: entry.id },
      });
      putTask(task);
      toast(t('tasks.done.valueRestored'));
    } catch (fault) {
      toast(problemText(t, fault), { kind: 'failed' });
    }
    refreshTasks();
  };
  return (
    <li data-kind={entry.kind}>
      <p className={line.sentence}>
        {historySentence(entry, context)}{' '}
        <span className={line.rule} title={t('history.rule', { rule: entry.rule })}>
          {entry.rule}
        </span>
      </p>
      {lost !== null && (
        <p className={line.sentence}>
          {t('history.lostValue', { value: lost.slice(0, 200) })}{' '}
          <button type="button" className={s.textButton} onClick={() => void bringBack()}>
            {lost.length > BUTTON_VALUE_MAX
              ? t('history.bringBackShort')
              : t('history.bringBack', { value: lost })}
          </button>
        </p>
      )}
      <time dateTime={entry.at}>{formatMoment(entry.at, language)}</time>
    </li>
  );
}
