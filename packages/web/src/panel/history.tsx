import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { readNextPage } from '../api/next-page.ts';
import { historyQuery, membersQuery, meQuery } from '../api/queries.ts';
import { useT } from '../i18n/use-t.ts';
import { LoadFault } from '../ui/error-page.tsx';
import line from './history.module.css';
import { HistoryLine } from './history-entry.tsx';
import type { SentenceContext } from './history-sentence.ts';
import s from './panel.module.css';

/** What the sentences of a history need to know of the reader and the team. */
export function useSentences(): SentenceContext {
  const { t, language } = useT();
  const self = useQuery(meQuery).data?.userId ?? null;
  const members = useQuery(membersQuery).data?.members;
  return useMemo(
    () => ({
      t,
      language,
      self,
      names: new Map(members?.map(({ userId, name }) => [userId, name])),
    }),
    [t, language, self, members],
  );
}

/** A task's history, newest first, a page at a time (B11.4). */
export function History({ taskId, inTrash = false }: { taskId: string; inTrash?: boolean }) {
  const { t } = useT();
  const context = useSentences();
  const query = useInfiniteQuery(historyQuery(taskId));
  if (query.isError) return <LoadFault fault={query.error} retry={() => void query.refetch()} />;
  const entries = query.data?.pages.flatMap((page) => page.entries);
  if (!entries) return null;
  if (entries.length === 0) return <p className={s.quiet}>{t('history.empty')}</p>;
  // Only the last deletion is one that can be taken back.
  const deletion = inTrash ? entries.find(({ kind }) => kind === 'deleted')?.id : undefined;
  return (
    <>
      <ol className={line.history}>
        {entries.map((entry) => (
          <HistoryLine
            key={entry.id}
            entry={entry}
            taskId={taskId}
            context={context}
            inTrash={inTrash && (entry.id === deletion || entry.kind !== 'deleted')}
          />
        ))}
      </ol>
      {query.hasNextPage && (
        <Button
          variant="subtle"
          size="compact-sm"
          loading={query.isFetchingNextPage}
          onClick={() => void readNextPage(query)}
        >
          {t('history.more')}
        </Button>
      )}
    </>
  );
}
