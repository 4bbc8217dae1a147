import {
  type AppState,
  type Instant,
  type Intent,
  LANDING_WINDOW_MS,
  type Link,
  type RecordRef,
  type SalesforceId,
  type SyncedField,
  shift,
  type TaskContext,
} from '@tandem/engine';
import { type RawBuilder, sql } from 'kysely';
import type { Executor } from '../transaction.ts';
import { uuidsOf } from '../uuid.ts';
import { awaitsOutcome } from './awaits-outcome.ts';
import { instantText } from './instant-text.ts';
import type { Lease, LinkedTask } from './port.ts';

/**
 * Links with their tasks, locked until the transaction ends. Links of the connection's whole org where a
 * record is known by name, those of the connection itself where work is looked for. A tombstone whose
 * task was purged is not among them: there is nothing left to decide.
 */

/** The index links_one_per_record. */
export function linksBySalesforceId(
  db: Executor,
  lease: Lease,
  ids: readonly SalesforceId[],
): Promise<readonly LinkedTask[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return read(db, lease, sql`l.org_id = ${orgOf(lease)} and l.salesforce_id = any(${[...ids]})`);
}

/** The index links_one_per_creation_key. */
export function linksByCreationKey(
  db: Executor,
  lease: Lease,
  keys: readonly string[],
): Promise<readonly LinkedTask[]> {
  if (keys.length === 0) return Promise.resolve([]);
  return read(db, lease, sql`l.org_id = ${orgOf(lease)} and l.creation_key = any(${[...keys]})`);
}

/** The primary key. */
export function linksById(
  db: Executor,
  lease: Lease,
  ids: readonly string[],
): Promise<readonly LinkedTask[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return read(
    db,
    lease,
    sql`l.org_id = ${orgOf(lease)} and l.link_id = any(${uuidsOf(ids)}::uuid[])`,
  );
}

/** Oldest first. Two index scans that end at the limit: links_dirty and links_to_retry. */
export function dirtyLinks(
  db: Executor,
  lease: Lease,
  limit: number,
  now: Instant,
  heldBack: readonly string[] = [],
): Promise<readonly LinkedTask[]> {
  const own = sql`workspace_id = ${lease.workspaceId} and connection_id = ${lease.connectionId}
    ${heldBack.length === 0 ? sql`` : sql`and link_id <> all(${uuidsOf(heldBack)}::uuid[])`}`;
  return readOldest(
    db,
    lease,
    sql`
      (select link_id, dirty_since as since from tandem.links
       where ${own} and dirty_since is not null
       order by dirty_since, link_id limit ${limit})
      union all
      (select link_id, retry_at from tandem.links
       where ${own} and retry_at <= ${now}::timestamptz and dirty_since is null
       order by retry_at limit ${limit})
      order by since, link_id limit ${limit}
    `,
  );
}

/**
 * Links of the connection in an id range that live or have something to plan, in Salesforce's order (R13). The
 * index links_by_record.
 */
export async function linksInIdRange(
  db: Executor,
  lease: Lease,
  after: SalesforceId | null,
  through: SalesforceId | null,
  limit: number,
): Promise<readonly LinkedTask[]> {
  const { rows } = await sql<{ link_id: string }>`
    select link_id from tandem.links
    where workspace_id = ${lease.workspaceId} and connection_id = ${lease.connectionId}
      and salesforce_id is not null and (state <> 'dead' or dirty_since is not null)
      ${after === null ? sql`` : sql`and salesforce_id collate "C" > ${after}`}
      ${through === null ? sql`` : sql`and salesforce_id collate "C" <= ${through}`}
    order by salesforce_id collate "C" limit ${limit}
  `.execute(db);
  const links = await linksById(
    db,
    lease,
    rows.map((row) => row.link_id),
  );
  return [...links].sort((a, b) =>
    (a.link.salesforceId ?? '') < (b.link.salesforceId ?? '') ? -1 : 1,
  );
}

/**
 * Links of the whole org with a create on its way, oldest first: a teammate's task may be born into this
 * connection's list.
 */
export function birthsInDoubt(
  db: Executor,
  lease: Lease,
  limit: number,
): Promise<readonly LinkedTask[]> {
  return readOldest(
    db,
    lease,
    sql`
      select i.link_id, min(i.sent_at) as since
      from tandem.intents i
      join tandem.links x on x.workspace_id = i.workspace_id and x.link_id = i.link_id
      where i.workspace_id = ${lease.workspaceId} and i.kind = 'create'
        and x.org_id = ${orgOf(lease)} and x.salesforce_id is null
      group by i.link_id
      order by since, i.link_id limit ${limit}
    `,
  );
}

/** Live links of the connection. The index links_by_connection. */
export async function countLinks(db: Executor, lease: Lease): Promise<number> {
  const { rows } = await sql<{ count: string }>`
    select count(*) as count from tandem.links
    where workspace_id = ${lease.workspaceId} and connection_id = ${lease.connectionId}
      and state = 'live' and salesforce_id is not null
  `.execute(db);
  return Number(rows[0]?.count ?? 0);
}

/**
 * Oldest first; without what waits for its record to come back, as `waitsForReturn` of the engine, and without spent
 * ones that a plan still to come needs. Open intents are few (R11), so the index intents_by_age is short.
 */
export function unresolvedLinks(
  db: Executor,
  lease: Lease,
  before: Instant,
  limit: number,
): Promise<readonly LinkedTask[]> {
  return readOldest(
    db,
    lease,
    sql`
      select i.link_id, min(i.sent_at) as since
      from tandem.intents i
      join tandem.links l on l.workspace_id = i.workspace_id and l.link_id = i.link_id
      where i.workspace_id = ${lease.workspaceId} and l.connection_id = ${lease.connectionId}
        and i.sent_at <= case when ${awaitsOutcome} then ${before}::timestamptz
          when l.dirty_since is not null or l.state = 'left'
            or (l.state = 'dead' and i.kind = 'update') then '-infinity'
          else ${shift(before, -LANDING_WINDOW_MS)}::timestamptz end
      group by i.link_id
      order by since, i.link_id limit ${limit}
    `,
  );
}

async function readOldest(
  db: Executor,
  lease: Lease,
  chosen: RawBuilder<unknown>,
): Promise<readonly LinkedTask[]> {
  const { rows: oldest } = await sql<{ link_id: string }>`${chosen}`.execute(db);
  const ids = oldest.map((row) => row.link_id);
  const place = new Map(ids.map((id, index) => [id, index]));
  const placeOf = ({ link }: LinkedTask) => place.get(link.id) ?? 0;
  return [...(await linksById(db, lease, ids))].sort((a, b) => placeOf(a) - placeOf(b));
}

/** In the order of task ids, as people's bulk edits lock them too. */
async function read(
  db: Executor,
  lease: Lease,
  condition: RawBuilder<unknown>,
): Promise<readonly LinkedTask[]> {
  const { rows } = await sql<LinkRow>`
    select l.link_id, l.task_id, l.salesforce_id, l.creation_key, l.origin, l.base, l.sf, l.state,
      l.parked, l.former_open_status, ${intentsOfLink} as intents,
      t.name, t.status, t.priority, t.due_date, t.details, t.owner_id, t.person, t.related,
      t.type, t.campaign_name, t.campaign_day, t.campaign_step, t.call_outcome, t.call_reason,
      t.edited_at, t.revision, ${instantText(sql`t.trashed_at`)} as trashed_at,
      t.trashed_by_sync,
      not exists (
        select from tandem.links other
        where other.workspace_id = l.workspace_id and other.task_id = l.task_id
          and other.link_id <> l.link_id and other.state <> 'dead'
      ) as sole_link
    from tandem.links l
    join tandem.tasks t on t.workspace_id = l.workspace_id and t.task_id = l.task_id
    where l.workspace_id = ${lease.workspaceId} and ${condition}
    order by t.task_id, l.link_id
    for no key update of t, l
  `.execute(db);
  return rows.map(linkedTaskOf);
}

function orgOf(lease: Lease): RawBuilder<string> {
  return sql<string>`(select org_id from tandem.connections
    where workspace_id = ${lease.workspaceId} and connection_id = ${lease.connectionId})`;
}

const intentsOfLink = sql`
  coalesce((
    select jsonb_agg(jsonb_build_object(
      'requestId', i.request_id, 'kind', i.kind, 'sentAt', ${instantText(sql`i.sent_at`)},
      'expectedRevision', ${instantText(sql`i.expected_revision`)}, 'fields', i.fields
    ) order by i.position)
    from tandem.intents i
    where i.workspace_id = l.workspace_id and i.link_id = l.link_id
  ), '[]')`;

interface LinkRow {
  link_id: string;
  task_id: string;
  salesforce_id: string | null;
  creation_key: string;
  origin: Link['origin'];
  base: Link['base'];
  sf: Link['sf'];
  state: Link['state'];
  parked: Link['parked'];
  former_open_status: string | null;
  intents: readonly Intent[];
  name: string;
  status: 'open' | 'complete';
  priority: 'normal' | 'high';
  due_date: string | null;
  details: string;
  owner_id: string;
  person: RecordRef | null;
  related: RecordRef | null;
  type: TaskContext['type'];
  campaign_name: string | null;
  campaign_day: number | null;
  campaign_step: number | null;
  call_outcome: string | null;
  call_reason: string | null;
  edited_at: Partial<Record<SyncedField, Instant>>;
  revision: number;
  trashed_at: Instant | null;
  trashed_by_sync: boolean;
  sole_link: boolean;
}

function linkedTaskOf(row: LinkRow): LinkedTask {
  return {
    link: {
      id: row.link_id,
      taskId: row.task_id,
      salesforceId: row.salesforce_id,
      creationKey: row.creation_key,
      origin: row.origin,
      base: row.base,
      sf: row.sf,
      intents: row.intents,
      parked: row.parked,
      formerOpenStatus: row.former_open_status,
      state: row.state,
    },
    app: appStateOf(row),
    soleLink: row.sole_link,
    context: {
      type: row.type,
      campaignName: row.campaign_name,
      campaignDay: row.campaign_day,
      campaignStep: row.campaign_step,
      callOutcome: row.call_outcome,
      callReason: row.call_reason,
    },
  };
}

function appStateOf(row: LinkRow): AppState {
  const values = {
    name: row.name,
    status: row.status,
    priority: row.priority,
    dueDate: row.due_date,
    details: row.details,
    owner: row.owner_id,
    person: row.person,
    related: row.related,
  };
  const { revision } = row;
  if (row.trashed_at !== null)
    return {
      kind: 'trashed',
      values,
      editedAt: row.edited_at,
      bySync: row.trashed_by_sync,
      at: row.trashed_at,
      revision,
    };
  return { kind: 'live', values, editedAt: row.edited_at, revision };
}
