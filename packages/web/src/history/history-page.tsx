import { Button } from '@mantine/core';
import type { TeamHistoryEntry } from '@tandem/api';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { readNextPage } from '../api/next-page.ts';
import { membersQuery, meQuery } from '../api/queries.ts';
import { useT } from '../i18n/use-t.ts';
import line from '../panel/history.module.css';
import { useSentences } from '../panel/history.tsx';
import { HistoryLine } from '../panel/history-entry.tsx';
import { LoadFault } from '../ui/error-page.tsx';
import layout from '../ui/page.module.css';
import { PageSkeleton } from '../ui/page-skeleton.tsx';
import { daysOf } from './days.ts';
import { HistoryFilters } from './history-filters.tsx';
import s from './history-page.module.css';
import { teamHistoryQuery } from './queries.ts';

/** Everything that happened to one's tasks on both sides, newest first (B11.4). */
export function HistoryPage() {
  const { t } = useT();
  const search = useSearch({ from: '/frame/history' });
  const query = useInfiniteQuery(teamHistoryQuery(search));
  const entries = query.data?.pages.flatMap((page) => page.entries);
  const isNarrowed = Object.keys(search).some((key) => key !== 'owner');
  return (
    <div className={s.scroll}>
      <div className={s.column}>
        <header className={layout.header}>
          <h1>{t('taskPage.page.title')}</h1>
          <p className={layout.text}>
            {t(search.owner === 'all' ? 'taskPage.page.leadTeam' : 'taskPage.page.lead')}
          </p>
        </header>
        <HistoryFilters search={search} />
        {entries ? (
          <>
            {entries.length === 0 && (
              <p className={s.none}>
                {t(
                  query.hasNextPage
                    ? 'taskPage.page.notYet'
                    : isNarrowed
                      ? 'taskPage.page.none'
                      : 'taskPage.page.empty',
                )}
              </p>
            )}
            <Days entries={entries} />
            {query.hasNextPage && (
              <Button
                variant="subtle"
                size="compact-sm"
                loading={query.isFetchingNextPage}
                onClick={() => void readNextPage(query)}
              >
                {t('taskPage.page.more')}
              </Button>
            )}
          </>
        ) : query.isError ? (
          <LoadFault fault={query.error} retry={() => void query.refetch()} />
        ) : (
          <PageSkeleton />
        )}
      </div>
    </div>
  );
}

function Days({ entries }: { entries: readonly TeamHistoryEntry[] }) {
  const { t, language } = useT();
  const context = useSentences();
  const me = useQuery(meQuery).data?.userId;
  const members = useQuery(membersQuery).data?.members;
  const nameOf = (id: string) => members?.find(({ userId }) => userId === id)?.name;
  const words = { today: t('taskPage.page.today'), yesterday: t('taskPage.page.yesterday') };
  return daysOf(entries, language, words).map(({ day, title, lines }) => (
    <section key={day} className={s.day} aria-label={title}>
      <h2>{title}</h2>
      <ol className={line.history}>
        {lines.map((entry) => (
          <HistoryLine
            key={entry.id}
            entry={entry}
            taskId={entry.task.id}
            context={context}
            inTrash={entry.task.isInTrash}
          >
            <p className={s.task}>
              <Link to="/tasks/$id" params={{ id: entry.task.id }}>
                {entry.task.name}
              </Link>
              {entry.task.ownerId !== me && <span>{nameOf(entry.task.ownerId)}</span>}
              {entry.task.isInTrash && <span>{t('taskPage.page.inTrash')}</span>}
            </p>
          </HistoryLine>
        ))}
      </ol>
    </section>
  ));
}
