import type { Instant } from '@tandem/engine';
import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { WORKER_LATE_MS } from './stall.ts';

/** Sync as a whole, for whoever runs Tandem (/metrics): numbers only, over all workspaces by purpose. */
export interface HealthCounts {
  readonly on: number;
  readonly needSignIn: number;
  /** A turn is due and nobody takes it. */
  readonly unattended: number;
  readonly oldestUnsentSeconds: number;
  /** The account that was read longest ago. */
  readonly oldestPollSeconds: number;
  /** Orgs whose change events are followed, and orgs where that is refused or the line is down. */
  readonly listening: number;
  readonly deaf: number;
  /** Of the org that was told something longest ago, of those that are followed. */
  readonly oldestEventSeconds: number;
}

export async function countHealth(db: Database, now: Instant): Promise<HealthCounts> {
  const { rows } = await sql<HealthCounts>`
    select
      count(*) filter (where c.status = 'on')::int as "on",
      count(*) filter (where c.status = 'needs_sign_in')::int as "needSignIn",
      count(*) filter (where c.status = 'on' and coalesce(c.lease_until, w.wake_at)
        < ${now}::timestamptz - make_interval(secs => ${WORKER_LATE_MS / 1_000}))::int as "unattended",
      ${seconds(now, sql`min(u.since) filter (where c.status = 'on')`)} as "oldestUnsentSeconds",
      ${seconds(now, sql`min(coalesce(c.last_poll_at, c.switched_on_at)) filter (where c.status = 'on')`)}
        as "oldestPollSeconds",
      (select count(*) from tandem.event_feeds f where ${isHeard})::int as "listening",
      (select count(*) from tandem.event_feeds f where not ${isHeard})::int as "deaf",
      ${seconds(
        now,
        sql`(select min(coalesce(f.last_event_at, f.state_since))
        from tandem.event_feeds f where ${isHeard})`,
      )} as "oldestEventSeconds"
    from tandem.connections c
    left join tandem.wakes w using (workspace_id, connection_id)
    left join lateral (
      select least(min(l.dirty_since), min(l.waiting_since)) as since from tandem.links l
      where l.workspace_id = c.workspace_id and l.connection_id = c.connection_id
        and (l.dirty_since is not null or l.waiting_since is not null)
    ) u on true
    where c.connected
  `.execute(db.kysely);
  const [row] = rows;
  if (row === undefined) throw new Error('A count has one row.');
  return row;
}

const isHeard = sql`(f.state = 'listening' and coalesce(f.lease_until > now(), false))`;

function seconds(now: Instant, since: ReturnType<typeof sql>) {
  return sql`coalesce(greatest(0, extract(epoch from ${now}::timestamptz - ${since})), 0)::float8`;
}
