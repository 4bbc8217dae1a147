import { type Instant, instantMs, shift } from '@tandem/engine';
import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Database } from '../database.ts';
import { addCounts, type LagSummary, summaryOf } from './lag-histogram.ts';
import type { SyncStatusView } from './status-types.ts';
import { syncStatus } from './sync-status.ts';

/** B11.6, B11.7: how far sync is, how quick it is and what it costs, over the last 24 hours. */
export interface HealthView {
  readonly status: SyncStatusView;
  /** When a worker means to look next; null: at this moment, or never while sync is off. */
  readonly nextTurnAt: Instant | null;
  /** From the edit until the other side has it. */
  readonly lag: {
    readonly out: LagSummary;
    readonly in: LagSummary;
  };
  /** All of them, oldest first, also those in which nothing happened. */
  readonly hours: readonly HealthHour[];
}

export interface HealthHour {
  /** Its beginning. */
  readonly at: Instant;
  /** Tandem's own calls to the org, whoever of its people caused them. */
  readonly calls: number;
  readonly out: LagSummary;
  readonly in: LagSummary;
}

const HOURS = 24;
const HOUR_MS = 60 * 60_000;

export async function health(db: Database, actor: Actor, now: Instant): Promise<HealthView> {
  const first = shift(now, -(instantMs(now) % HOUR_MS) - (HOURS - 1) * HOUR_MS);
  const [status, rows] = await Promise.all([syncStatus(db, actor, now), hoursOf(db, actor, first)]);
  const hours = Array.from({ length: HOURS }, (_, index) => {
    const at = shift(first, index * HOUR_MS);
    const row = rows.find(({ hour }) => instantMs(hour) === instantMs(at));
    return {
      at,
      calls: row?.calls ?? 0,
      out: summaryOf(row?.out ?? []),
      in: summaryOf(row?.in ?? []),
    };
  });
  const all = (direction: 'out' | 'in') =>
    summaryOf(addCounts(rows.map((row) => row[direction] ?? [])));
  const nextTurnAt = rows[0]?.wakeAt ?? null;
  return { status, nextTurnAt, lag: { out: all('out'), in: all('in') }, hours };
}

interface HourRow {
  readonly hour: Instant;
  readonly calls: number;
  readonly out: readonly number[] | null;
  readonly in: readonly number[] | null;
  readonly wakeAt: Instant | null;
}

/** Two rows of lags and one of calls for an hour at most, by their primary keys. */
async function hoursOf(db: Database, actor: Actor, first: Instant): Promise<readonly HourRow[]> {
  const { rows } = await sql<HourRow>`
    select h.hour, coalesce(a.calls, 0) as calls, o.counts as "out", i.counts as "in",
      case when c.status = 'on' then w.wake_at end as "wakeAt"
    from tandem.connections c
    left join tandem.wakes w using (workspace_id, connection_id)
    cross join generate_series(${first}::timestamptz,
      ${first}::timestamptz + make_interval(hours => ${HOURS - 1}), interval '1 hour') as h (hour)
    left join tandem.api_calls a on a.workspace_id = c.workspace_id and a.org_id = c.org_id
      and a.hour = h.hour
    left join tandem.lags o on o.workspace_id = c.workspace_id
      and o.connection_id = c.connection_id and o.hour = h.hour and o.direction = 'out'
    left join tandem.lags i on i.workspace_id = c.workspace_id
      and i.connection_id = c.connection_id and i.hour = h.hour and i.direction = 'in'
    where c.workspace_id = ${actor.workspaceId} and c.user_id = ${actor.userId} and c.connected
    order by h.hour
  `.execute(db.kysely);
  return rows;
}
