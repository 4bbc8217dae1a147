import { sql } from 'kysely';
import type { ConnectionKey } from '../connections/connection.ts';
import type { Database } from '../database.ts';

/** R14: the right to follow one org's events. */
export interface FeedLease extends ConnectionKey {
  readonly orgId: string;
  readonly token: number;
  /** The listener before died: those who relied on it have to look for themselves at once. */
  readonly wasListening: boolean;
}

/**
 * Orgs that nobody follows and that one of their connections could: the last complete poll of it was shown every
 * task (E3). Spans workspaces, by purpose. A connection that followed before is preferred, so that listeners do
 * not change hands without need. At most `most` of them.
 */
export async function claimFeeds(
  db: Database,
  holder: string,
  ttlMs: number,
  most: number,
): Promise<readonly FeedLease[]> {
  const isFree = sql<boolean>`(f.lease_until is null or f.lease_until < now())
    and (f.retry_at is null or f.retry_at <= now())`;
  const { rows } = await sql<FeedLease>`
    with wanted as (
      select distinct on (c.workspace_id, c.org_id)
        c.workspace_id, c.org_id, c.connection_id, coalesce(f.state = 'listening', false) as listening
      from tandem.connections c
      left join tandem.event_feeds f on f.workspace_id = c.workspace_id and f.org_id = c.org_id
      where c.connected and c.status = 'on' and c.feed_at is not null
        and (f.org_id is null or (${isFree}))
      order by c.workspace_id, c.org_id, (c.connection_id = f.connection_id) desc nulls last,
        c.feed_at desc
      limit ${most}
    ), claimed as (
      insert into tandem.event_feeds as f (workspace_id, org_id, connection_id, state, state_since,
        lease_holder, lease_token, lease_until)
      select workspace_id, org_id, connection_id, 'opening', now(), ${holder}, 1, ${until(ttlMs)}
      from wanted
      on conflict (workspace_id, org_id) do update set connection_id = excluded.connection_id,
        state = 'opening', state_since = now(), code = null, message = null, retry_at = null,
        lease_holder = excluded.lease_holder, lease_token = f.lease_token + 1,
        lease_until = excluded.lease_until
      where ${isFree}
      returning f.workspace_id, f.org_id, f.connection_id, f.lease_token
    )
    select claimed.workspace_id as "workspaceId", claimed.org_id as "orgId",
      claimed.connection_id as "connectionId", claimed.lease_token as token,
      wanted.listening as "wasListening"
    from claimed join wanted using (workspace_id, org_id)
  `.execute(db.kysely);
  return rows;
}

/** False: somebody else follows this org now. Also false once its connection does not sync any more. */
export async function renewFeed(db: Database, lease: FeedLease, ttlMs: number): Promise<boolean> {
  const { rows } = await sql`
    update tandem.event_feeds f set lease_until = ${until(ttlMs)}
    where ${isHeldAs(lease)} and exists (
      select from tandem.connections c
      where c.workspace_id = f.workspace_id and c.connection_id = f.connection_id
        and c.connected and c.status = 'on' and c.feed_at is not null)
    returning 1
  `.execute(db.kysely);
  return rows.length > 0;
}

/** Gives it back; `retryMs`: nobody need ask again before. */
export async function releaseFeed(
  db: Database,
  lease: FeedLease,
  retryMs: number | null,
): Promise<void> {
  await sql`
    update tandem.event_feeds f set lease_holder = null, lease_until = null,
      state = case when f.state = 'refused' then f.state else 'lost' end,
      code = coalesce(f.code, 'NETWORK'), state_since = now(),
      retry_at = ${retryMs === null ? null : until(retryMs)}
    where ${isHeldAs(lease)}
  `.execute(db.kysely);
}

export function isHeldAs(lease: FeedLease) {
  return sql<boolean>`f.workspace_id = ${lease.workspaceId} and f.org_id = ${lease.orgId}
    and f.lease_token = ${lease.token} and f.lease_holder is not null`;
}

function until(ms: number) {
  return sql<string>`now() + make_interval(secs => ${ms}::double precision / 1000)`;
}
