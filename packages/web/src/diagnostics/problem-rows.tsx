import { Button } from '@mantine/core';
import type { SyncProblem } from '@tandem/api';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { readNextPage } from '../api/next-page.ts';
import { membersQuery, meQuery } from '../api/queries.ts';
import { formatMoment } from '../dates/format-date.ts';
import { useT } from '../i18n/use-t.ts';
import { skipWords } from '../sync/sync-words.ts';
import { LoadFault } from '../ui/error-page.tsx';
import { ExternalIcon } from '../ui/icons.tsx';
import { RowSkeletons } from '../ui/page-skeleton.tsx';
import { changeProblems } from './change-problems.ts';
import s from './diagnostics.module.css';
import { problemsQuery } from './queries.ts';

type Of = Parameters<typeof problemsQuery>[0];

/** The tasks of one cause, or those that were ignored, by name. */
export function ProblemRows({ of, single = false }: { of: Of; single?: boolean }) {
  const { t } = useT();
  const query = useInfiniteQuery(problemsQuery(of));
  const problems = query.data?.pages.flatMap((page) => page.problems);
  if (!problems) {
    return query.isError ? (
      <LoadFault fault={query.error} retry={() => void query.refetch()} />
    ) : (
      <RowSkeletons rows={2} />
    );
  }
  return (
    <>
      <ul className={s.rows}>
        {problems.map((problem) => (
          <ProblemRow
            key={problem.id}
            problem={problem}
            ignored={of === 'ignored'}
            // The buttons of a cause with one task are that task's.
            buttons={!single}
          />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button
          variant="subtle"
          size="compact-sm"
          loading={query.isFetchingNextPage}
          onClick={() => void readNextPage(query)}
        >
          {t('diagnostics.more')}
        </Button>
      )}
    </>
  );
}

interface RowProps {
  readonly problem: SyncProblem;
  readonly ignored: boolean;
  readonly buttons: boolean;
}

function ProblemRow({ problem, ignored, buttons }: RowProps) {
  const { t, language } = useT();
  const me = useQuery(meQuery).data?.userId;
  const members = useQuery(membersQuery).data?.members;
  const name = problem.name || t('diagnostics.noName');
  const owner = members?.find(({ userId }) => userId === problem.ownerId)?.name;
  const moment = (at: string) => formatMoment(at, language);
  return (
    <li className={s.row}>
      <div className={s.rowText}>
        <span className={s.rowName}>
          {problem.taskId ? (
            <Link to="/tasks/$id" params={{ id: problem.taskId }}>
              {name}
            </Link>
          ) : (
            <span>{name}</span>
          )}
          {problem.salesforceUrl && (
            <a
              className={s.record}
              href={problem.salesforceUrl}
              target="_blank"
              rel="noreferrer"
              aria-label={`${t('diagnostics.openRecord')}: ${name}`}
            >
              <ExternalIcon size={12} />
            </a>
          )}
        </span>
        {problem.message && (
          <span className={s.said}>
            {t('diagnostics.says')} <q>{problem.message}</q>
          </span>
        )}
        <span className={s.small}>
          {ignored && problem.kind === 'skipped' && <span>{skipWords(t, problem.cause).what}</span>}
          {owner && problem.ownerId !== me && <span>{t('diagnostics.of', { name: owner })}</span>}
          <span>{t('diagnostics.since', { when: moment(problem.since) })}</span>
          {problem.isTrying ? (
            <span>{t('diagnostics.trying')}</span>
          ) : (
            problem.retryAt && (
              <span>{t('diagnostics.nextTry', { when: moment(problem.retryAt) })}</span>
            )
          )}
        </span>
      </div>
      {ignored ? (
        <Act action="put_back" id={problem.id} text="putBack" name={name} />
      ) : (
        buttons && (
          <>
            {problem.kind === 'parked' && (
              <Act action="retry" id={problem.id} text="retry" name={name} />
            )}
            <Act action="ignore" id={problem.id} text="ignore" name={name} />
          </>
        )
      )}
    </li>
  );
}

function Act(props: {
  action: 'retry' | 'ignore' | 'put_back';
  id: string;
  text: 'retry' | 'ignore' | 'putBack';
  name: string;
}) {
  const { action, id, text, name } = props;
  const { t } = useT();
  const quiet = action === 'ignore';
  return (
    <Button
      variant={quiet ? 'subtle' : 'default'}
      {...(quiet ? { color: 'gray' } : {})}
      size="compact-sm"
      aria-label={t(`diagnostics.${text}Name`, { name })}
      onClick={() => void changeProblems(action, { ids: [id] })}
    >
      {t(`diagnostics.${text}`)}
    </Button>
  );
}
