import { Button } from '@mantine/core';
import type { Task } from '@tandem/api';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { meQuery } from '../api/queries.ts';
import { useViewing } from '../app/viewing.ts';
import { formatMoment } from '../dates/format-date.ts';
import { changeProblems } from '../diagnostics/change-problems.ts';
import { PLACES } from '../diagnostics/sections.ts';
import { useT } from '../i18n/use-t.ts';
import { syncMove } from '../sync/sync-move.ts';
import s from './panel.module.css';

/** The question (B11.5) stands on top of the Command Center. */
const WAYS = { ...PLACES, question: '/', diagnostics: '/diagnostics' } as const;

/** Of a task that is held up: whose move it is, when Tandem tries again, and what the reader can do (B11.1). */
export function SyncMove({ task: { sync, ownerId } }: { task: Task }) {
  const { t, language } = useT();
  const viewing = useViewing();
  const me = useQuery(meQuery).data;
  const { whose, way, retry } = syncMove(sync, {
    isOwner: ownerId === me?.userId,
    role: me?.role,
  });
  const isHeldUp = whose !== null || sync.state === 'waiting';
  if (!me || !isHeldUp) return null;
  const next = nextTry();
  return (
    <>
      {(whose || next) && (
        <p>
          {whose && t(`diagnostics.whoseMove.${whose}`)} {next}
        </p>
      )}
      {!viewing && (retry || way) && (
        <div className={s.acts}>
          {retry && (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => void changeProblems('retry', { ids: [retry] })}
            >
              {t('diagnostics.retry')}
            </Button>
          )}
          {way && <Link to={WAYS[way]}>{t(`diagnostics.act.${way}`)}</Link>}
        </div>
      )}
    </>
  );

  function nextTry(): string | null {
    const { problem } = sync;
    if (problem?.isTrying) return t('diagnostics.trying');
    if (!problem?.retryAt) return null;
    return t('diagnostics.nextTry', { when: formatMoment(problem.retryAt, language) });
  }
}
