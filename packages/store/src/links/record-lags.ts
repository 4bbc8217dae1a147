import type { Instant } from '@tandem/engine';
import { instantMs } from '@tandem/engine';
import { sql } from 'kysely';
import { LAG_STEPS, stepOf } from '../status/lag-histogram.ts';
import type { Executor } from '../transaction.ts';
import type { Lease } from './port.ts';

/** One change that has crossed: where to, and when a person made it, by our clock. */
export interface Crossed {
  readonly connectionId: string;
  readonly direction: 'out' | 'in';
  readonly madeAt: Instant;
}

/** The page shows a day, hour by hour. */
const KEPT_HOURS = 26;

/** B11.6: adds to the hour's histogram, in the transaction that made the change cross; no statement for none. */
export async function recordLags(
  db: Executor,
  lease: Lease,
  crossed: readonly Crossed[],
  at: Instant,
): Promise<void> {
  if (crossed.length === 0) return;
  const sums = new Map<string, number[]>();
  for (const { connectionId, direction, madeAt } of crossed) {
    const key = `${connectionId} ${direction}`;
    const counts = sums.get(key) ?? Array<number>(LAG_STEPS).fill(0);
    const step = stepOf(instantMs(at) - instantMs(madeAt));
    counts[step] = (counts[step] ?? 0) + 1;
    sums.set(key, counts);
  }
  // In one order, so that two turns that count for one teammate queue up.
  const rows = [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, counts]) => {
      const [connectionId, direction] = key.split(' ');
      return { connection_id: connectionId, direction, counts: `{${counts.join(',')}}` };
    });
  await sql`
    with old as (
      delete from tandem.lags
      where workspace_id = ${lease.workspaceId} and connection_id = ${lease.connectionId}
        and hour < ${at}::timestamptz - make_interval(hours => ${KEPT_HOURS})
    )
    insert into tandem.lags as l (workspace_id, connection_id, hour, direction, counts)
    select ${lease.workspaceId}, r.connection_id, date_trunc('hour', ${at}::timestamptz, 'UTC'),
      r.direction, r.counts::integer[]
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r (connection_id uuid, direction text, counts text)
    on conflict on constraint lags_pkey do update set counts = (
      select array_agg(a + b order by step)
      from unnest(l.counts, excluded.counts) with ordinality as each (a, b, step))
  `.execute(db);
}
