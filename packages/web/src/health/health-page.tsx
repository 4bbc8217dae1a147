import type { SyncHealth } from '@tandem/api';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { syncHealthQuery } from '../api/queries.ts';
import { formatMoment } from '../dates/format-date.ts';
import { useT } from '../i18n/use-t.ts';
import { ComparisonLine, isComparing } from '../settings/comparison-line.tsx';
import { LoadFault } from '../ui/error-page.tsx';
import layout from '../ui/page.module.css';
import { PageSkeleton } from '../ui/page-skeleton.tsx';
import { Section } from '../ui/section.tsx';
import { CallsSection } from './calls-section.tsx';
import { eventsText } from './events-text.ts';
import { Figure } from './figure.tsx';
import s from './health.module.css';
import { LagSection } from './lag-section.tsx';
import { timeText } from './time-text.ts';

/** Ages on this page grow by themselves. */
const LOOK_EVERY_MS = 10_000;
const PROGRESS_EVERY_MS = 1_500;

/** Three questions in order: the same? moving, and how quickly? what does it cost? (B11.6, B11.7) */
export function HealthPage() {
  const { t } = useT();
  const health = useQuery({
    ...syncHealthQuery,
    refetchInterval: ({ state }) =>
      isComparing(state.data?.status.comparison ?? null) ? PROGRESS_EVERY_MS : LOOK_EVERY_MS,
  });
  return (
    <div className={layout.page}>
      <div className={layout.scroll}>
        <div className={s.column}>
          <header className={layout.header}>
            <h1>{t('health.title')}</h1>
            <p className={layout.text}>{t('health.lead')}</p>
          </header>
          {health.data ? (
            <Answers health={health.data} />
          ) : health.isError ? (
            <LoadFault fault={health.error} retry={() => void health.refetch()} />
          ) : (
            <PageSkeleton />
          )}
        </div>
      </div>
    </div>
  );
}

function Answers({ health }: { health: SyncHealth }) {
  const { t } = useT();
  if (health.status.state === 'off') {
    return (
      <p className={s.off}>
        {t('health.off')}{' '}
        <Link to="/settings/salesforce" search={{}}>
          {t('common.stall.toSettings')}
        </Link>
      </p>
    );
  }
  return (
    <>
      <Section title={t('health.same.title')}>
        <div className={s.same}>
          <ComparisonLine comparison={health.status.comparison} />
        </div>
      </Section>
      <Moves health={health} />
      <LagSection hours={health.hours} />
      <CallsSection health={health} />
    </>
  );
}

function Moves({ health }: { health: SyncHealth }) {
  const { t, language } = useT();
  const { status, nextTurnAt, lag, checkedAt } = health;
  const moment = (at: string) => formatMoment(at, language);
  const age = (at: string) =>
    timeText(t, language, Math.max(0, Date.parse(checkedAt) - Date.parse(at)));
  const quick = ({ p50Ms, p99Ms, count }: SyncHealth['lag']['out']) =>
    p50Ms === null || p99Ms === null
      ? ([t('health.moves.unmeasured'), ''] as const)
      : ([
          timeText(t, language, p50Ms),
          `${t('health.moves.slowest', { time: timeText(t, language, p99Ms) })} · ${t('health.moves.changes', { count })}`,
        ] as const);
  const [out, outText] = quick(lag.out);
  const [into, intoText] = quick(lag.in);
  return (
    <Section title={t('health.moves.title')}>
      <dl className={s.figures}>
        <Figure
          label={t('health.moves.oldest')}
          value={
            status.oldestUnsentAt === null ? t('health.moves.nothing') : age(status.oldestUnsentAt)
          }
          tone={status.stall === null ? undefined : 'bad'}
        >
          {status.unsent > 0 && t('health.moves.waits', { count: status.unsent })}
          {status.unsent > 0 && status.needsAttention > 0 && ' · '}
          {status.needsAttention > 0 && (
            <Link to="/diagnostics">{t('health.moves.ask', { count: status.needsAttention })}</Link>
          )}
        </Figure>
        <Figure
          label={t('health.moves.poll')}
          value={status.lastPollAt === null ? t('health.moves.never') : moment(status.lastPollAt)}
          tone={status.stall?.kind === 'poll' ? 'bad' : undefined}
        >
          {nextTurnAt === null
            ? t('health.moves.now')
            : t('health.moves.next', { when: moment(nextTurnAt) })}
        </Figure>
        <Figure
          label={t('health.moves.event')}
          value={
            health.lastEventAt === null ? t('health.moves.noEvents') : moment(health.lastEventAt)
          }
        >
          {eventsText(t, status.events)}
        </Figure>
        <Figure label={t('health.moves.out')} value={out}>
          {outText}
        </Figure>
        <Figure label={t('health.moves.in')} value={into}>
          {intoText}
        </Figure>
      </dl>
    </Section>
  );
}
