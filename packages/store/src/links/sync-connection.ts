import type { Instant, Policy } from '@tandem/engine';
import { sql } from 'kysely';
import { awaitsConfirmation, mapsOf, type StoredOrg } from '../connections/maps.ts';
import type { Executor } from '../transaction.ts';
import { instantText } from './instant-text.ts';
import type { ConnectionChange, Lease, SyncConnection } from './port.ts';

interface ConnectionRow extends StoredOrg {
  user_id: string;
  org_id: string;
  salesforce_user_id: string;
  status: SyncConnection['status'];
  conflict_rule: Policy['conflict'];
  reopen_to_former_status: boolean;
  subject_template: string;
  watermark: string | null;
  import: SyncConnection['import'];
  last_poll_at: string | null;
  usage: SyncConnection['usage'];
  clock_offset_ms: number;
  restored_at: string | null;
  comparison: SyncConnection['comparison'];
  brake: SyncConnection['brake'];
  creation_key_field: boolean | null;
  api_share: number;
  feed: SyncConnection['feed'];
  team_feed: SyncConnection['teamFeed'];
  events: SyncConnection['events'];
  teammates: SyncConnection['teammates'] | null;
  spent: number;
  owners: readonly { user: string; sf: string }[];
}

/** The connection with everything its decisions depend on; its row is locked by `holdLease`. */
export async function loadSyncConnection(
  db: Executor,
  lease: Lease,
  now: Instant,
): Promise<SyncConnection> {
  const { rows } = await sql<ConnectionRow>`
    select c.user_id, c.org_id, c.salesforce_user_id, c.status, w.subject_template,
      c.watermark, c.import, c.last_poll_at, c.usage, c.clock_offset_ms, c.comparison, c.brake,
      (select i.restored_at from tandem.identity i) as restored_at,
      g.status_map, g.priority_map, g.statuses, g.priorities, g.creation_key_field, g.api_share,
      g.conflict_rule, g.reopen_to_former_status,
      (select coalesce(sum(a.calls), 0) from tandem.api_calls a
       where a.workspace_id = c.workspace_id and a.org_id = c.org_id
         and a.hour > ${now}::timestamptz - interval '25 hours') as spent,
      case when c.feed_at is not null then jsonb_build_object(
        'at', ${instantText(sql`c.feed_at`)}, 'since', ${instantText(sql`c.feed_since`)}) end as feed,
      (select jsonb_build_object('at', ${instantText(sql`x.feed_at`)},
         'since', ${instantText(sql`x.feed_since`)}, 'watermark', ${instantText(sql`x.watermark`)})
       from tandem.connections x where ${teammate} and x.feed_at is not null
         and x.watermark is not null
       order by x.feed_at desc limit 1) as team_feed,
      (select jsonb_build_object('since', ${instantText(sql`e.state_since`)},
         'lastEventAt', ${instantText(sql`e.last_event_at`)}, 'isDoubted', e.doubted_at is not null)
       from tandem.event_feeds e where e.workspace_id = c.workspace_id and e.org_id = c.org_id
         and e.state = 'listening' and e.lease_until > now()) as events,
      (select jsonb_object_agg(x.user_id, jsonb_build_object('connectionId', x.connection_id,
         'salesforceUserId', x.salesforce_user_id,
         'newSince', coalesce(x.import ->> 'windowStart', x.import ->> 'startedAt')))
       from tandem.connections x where ${teammate}
         and coalesce(x.import ->> 'windowStart', x.import ->> 'startedAt') is not null) as teammates,
      (select jsonb_agg(jsonb_build_object('user', x.user_id, 'sf', x.salesforce_user_id))
       from tandem.connections x
       where x.workspace_id = c.workspace_id and x.org_id = c.org_id and x.connected) as owners
    from tandem.connections c
    join tandem.workspaces w using (workspace_id)
    join tandem.orgs g on g.workspace_id = c.workspace_id and g.org_id = c.org_id
    where c.workspace_id = ${lease.workspaceId} and c.connection_id = ${lease.connectionId}
  `.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('A leased connection exists.');
  return {
    workspaceId: lease.workspaceId,
    connectionId: lease.connectionId,
    userId: row.user_id,
    orgId: row.org_id,
    salesforceUserId: row.salesforce_user_id,
    // B3.4: rests until an admin has confirmed what the org's own statuses mean.
    status: row.status === 'on' && awaitsConfirmation(row) ? 'off' : row.status,
    policy: policyOf(row),
    watermark: row.watermark,
    import: row.import,
    lastPollAt: row.last_poll_at,
    usage: row.usage,
    budget: { spent: Number(row.spent), share: row.api_share },
    clockOffsetMs: Number(row.clock_offset_ms),
    // Null until probed: until then no key is sent.
    hasCreationKey: row.creation_key_field === true,
    restoredAt: row.restored_at,
    comparison: row.comparison,
    brake: row.brake,
    feed: row.feed,
    teamFeed: row.team_feed,
    events: row.events,
    teammates: row.teammates ?? {},
  };
}

/** Another connection of the same org whose sync is on. */
const teammate = sql`x.workspace_id = c.workspace_id and x.org_id = c.org_id
  and x.connection_id <> c.connection_id and x.connected and x.status = 'on'`;

function policyOf(row: ConnectionRow): Policy {
  const owners = row.owners ?? [];
  return {
    ...mapsOf(row),
    reopenToFormerStatus: row.reopen_to_former_status,
    subjectTemplate: row.subject_template,
    conflict: row.conflict_rule,
    owners: {
      toSf: Object.fromEntries(owners.map(({ user, sf }) => [user, sf])),
      toApp: Object.fromEntries(owners.map(({ user, sf }) => [sf, user])),
    },
  };
}

/** Only what is named changes. Returns whose connection it is. */
export async function saveSyncConnection(
  db: Executor,
  lease: Lease,
  change: ConnectionChange,
): Promise<string> {
  const row = await db
    .updateTable('tandem.connections')
    .set({
      // Names the row itself, so that an empty change is a statement too.
      connection_id: lease.connectionId,
      ...(change.watermark === undefined ? {} : { watermark: change.watermark }),
      ...(change.import === undefined ? {} : { import: json(change.import) }),
      ...(change.status === undefined
        ? {}
        : { status: change.status, sign_in_needed: change.status === 'needs_sign_in' }),
      ...(change.lastPollAt === undefined ? {} : { last_poll_at: change.lastPollAt }),
      ...(change.usage === undefined ? {} : { usage: json(change.usage) }),
      ...(change.clockOffsetMs === undefined ? {} : { clock_offset_ms: change.clockOffsetMs }),
      ...(change.comparison === undefined ? {} : { comparison: json(change.comparison) }),
      ...(change.brake === undefined ? {} : { brake: json(change.brake) }),
      ...(change.feed === undefined
        ? {}
        : { feed_at: change.feed?.at ?? null, feed_since: change.feed?.since ?? null }),
    })
    .where('workspace_id', '=', lease.workspaceId)
    .where('connection_id', '=', lease.connectionId)
    .returning('user_id')
    .executeTakeFirstOrThrow();
  return row.user_id;
}

function json(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}

/** Until the next event comes, polls of this org keep their ordinary pace. */
export async function doubtEvents(db: Executor, lease: Lease): Promise<void> {
  await sql`
    update tandem.event_feeds e set doubted_at = now()
    from tandem.connections c
    where c.workspace_id = ${lease.workspaceId} and c.connection_id = ${lease.connectionId}
      and e.workspace_id = c.workspace_id and e.org_id = c.org_id and e.doubted_at is null
  `.execute(db);
}
