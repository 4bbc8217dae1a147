import { Button } from '@mantine/core';
import type { SyncProblem } from '@tandem/api';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { request } from '../api/client.ts';
import { problemText } from '../api/problem-text.ts';
import { syncProblemsQuery } from '../api/queries.ts';
import { refreshSync, refreshTasks } from '../api/refresh.ts';
import { formatMoment } from '../dates/format-date.ts';
import { useT } from '../i18n/use-t.ts';
import { reasonText, skipWords } from '../sync/sync-words.ts';
import { LoadFault } from '../ui/error-page.tsx';
import { toast } from '../ui/toast.ts';
import list from './problem-list.module.css';
import { Section } from './section.tsx';
import s from './settings.module.css';

/** Every parked and every left-out task by name, grouped by cause: the cause is said once (B11.3). */
export function ProblemList() {
  const { t } = useT();
  const query = useInfiniteQuery(syncProblemsQuery);
  const problems = query.data?.pages.flatMap((page) => page.problems);
  if (query.isError && !problems) {
    return <LoadFault fault={query.error} retry={() => void query.refetch()} />;
  }
  if (!problems) return null;
  return (
    <div id="left-out">
      <Section title={t('settings.salesforce.problems.title')}>
        {problems.length === 0 && (
          <p className={s.text}>{t('settings.salesforce.problems.none')}</p>
        )}
        {groupByCause(problems).map((group) => (
          <Cause key={group.key} problems={group.problems} />
        ))}
        {query.hasNextPage && (
          <Button
            variant="subtle"
            size="compact-sm"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t('settings.salesforce.problems.more')}
          </Button>
        )}
      </Section>
    </div>
  );
}

function Cause({ problems }: { problems: readonly SyncProblem[] }) {
  const { t, language } = useT();
  const [first] = problems;
  if (!first) return null;
  const skipped = first.kind === 'skipped';
  return (
    <details className={list.cause} open={problems.length <= 5} data-move={first.whoseMove}>
      <summary>
        <span className={list.causeText}>
          {skipped ? skipWords(t, first.code).what : reasonText(t, first.code)}
          {!skipped && first.whoseMove !== 'nobody' && (
            <b> {t(`sync.whoseMove.${first.whoseMove}`)}</b>
          )}
        </span>
        <span className={list.causeCount}>{problems.length}</span>
      </summary>
      <ul>
        {problems.map((problem) => (
          <li key={problem.id}>
            <div className={list.problemText}>
              {problem.taskId ? (
                <Link to="/" search={{ view: 'all_open', task: problem.taskId }}>
                  {problem.name}
                </Link>
              ) : (
                <span>{problem.name || t('settings.salesforce.preview.noSubject')}</span>
              )}
              <span className={s.quiet}>
                {!skipped && problem.message && (
                  <>
                    {t('sync.salesforceSays')} <q>{problem.message}</q>{' '}
                  </>
                )}
                {t('sync.since', { when: formatMoment(problem.since, language) })}
              </span>
            </div>
            {!skipped && (
              <Button
                variant="default"
                size="compact-sm"
                aria-label={t('settings.salesforce.problems.retryName', { name: problem.name })}
                onClick={() => void act(problem.id, 'retry')}
              >
                {t('settings.salesforce.problems.retry')}
              </Button>
            )}
            <Button
              variant="subtle"
              color="gray"
              size="compact-sm"
              aria-label={t('settings.salesforce.problems.ignoreName', { name: problem.name })}
              onClick={() => void act(problem.id, 'ignore')}
            >
              {t('settings.salesforce.problems.ignore')}
            </Button>
          </li>
        ))}
      </ul>
      {!skipped && <p className={list.code}>{first.code}</p>}
    </details>
  );

  async function act(id: string, what: 'retry' | 'ignore'): Promise<void> {
    try {
      await request(`v1/sync/problems/${encodeURIComponent(id)}/${what}`, { method: 'POST' });
      toast(
        t(
          what === 'retry'
            ? 'settings.salesforce.problems.retried'
            : 'settings.salesforce.problems.ignored',
        ),
      );
    } catch (fault) {
      toast(problemText(t, fault), { kind: 'failed' });
    }
    refreshSync();
    refreshTasks();
  }
}

/** First what a person must do, then what waits, then what was left out; within these the largest group. */
function groupByCause(problems: readonly SyncProblem[]) {
  const groups = new Map<string, SyncProblem[]>();
  for (const problem of problems) {
    const key = `${problem.kind}:${problem.code}`;
    groups.set(key, [...(groups.get(key) ?? []), problem]);
  }
  const weight = ({ kind, whoseMove }: SyncProblem) =>
    kind === 'skipped' ? 3 : { user: 0, admin: 1, nobody: 2 }[whoseMove];
  return [...groups]
    .map(([key, members]) => ({
      key,
      problems: members,
      weight: weight(members[0] as SyncProblem),
    }))
    .sort((a, b) => a.weight - b.weight || b.problems.length - a.problems.length);
}
