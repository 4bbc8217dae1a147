import type { Instant } from '@tandem/engine';
import { sql } from 'kysely';
import { appendJournal } from '../journal/append.ts';
import type { Executor } from '../transaction.ts';
import { eventsOfSync } from '../webhooks/events-of.ts';
import { recordEvents } from '../webhooks/record-events.ts';
import { crossedIn } from './crossed-in.ts';
import { intentRecords, linkRecord, sfActorOf } from './link-record.ts';
import type { Lease, LinkChange } from './port.ts';
import { type Crossed, recordLags } from './record-lags.ts';
import type { Touched } from './touched.ts';

/** So many rows, with their observations and bases, make a statement of a few megabytes at most. */
const ROWS_PER_STATEMENT = 500;

/**
 * Links as the engine decided them, with what that does to tasks and history, in six statements for any
 * number of rows up to ROWS_PER_STATEMENT.
 */
export async function saveLinks(
  db: Executor,
  lease: Lease,
  changes: readonly LinkChange[],
  at: Instant,
  touched: Touched,
): Promise<void> {
  for (let start = 0; start < changes.length; start += ROWS_PER_STATEMENT) {
    const step = changes.slice(start, start + ROWS_PER_STATEMENT);
    const before = await remember(db, lease.workspaceId, step, touched);
    const crossed = await updateLinks(db, lease, step, at, touched);
    await replaceIntents(db, lease.workspaceId, step);
    await updateTasks(db, lease.workspaceId, step, at);
    await appendJournal(db, lease.workspaceId, at, step.flatMap(journalRows));
    const events = step.flatMap((change) => eventsOfSync(change, before.get(change.link.taskId)));
    await recordEvents(db, lease.workspaceId, events, at);
    await recordLags(db, lease, crossed, at);
  }
}

async function updateLinks(
  db: Executor,
  lease: Lease,
  changes: readonly LinkChange[],
  at: Instant,
  touched: Touched,
): Promise<readonly Crossed[]> {
  const records = changes.map(({ link, dirty }) => linkRecord(link, dirty));
  const { rows } = await sql<SavedRow>`
    with old as (
      select link_id, waiting_since, last_synced_at, base from tandem.links
      where workspace_id = ${lease.workspaceId}
        and link_id = any(${changes.map(({ link }) => link.id)}::uuid[])
    )
    update tandem.links l set
      salesforce_id = r.salesforce_id, creation_key = r.creation_key, origin = r.origin,
      former_open_status = r.former_open_status, base = r.base,
      sf = r.sf, state = r.state, parked = r.parked, retry_at = r.retry_at,
      whose_move = r.whose_move,
      -- "Ignore" was said about one problem, not about the next one.
      ignored = l.ignored and coalesce(r.parked ->> 'code' = l.parked ->> 'code', false),
      dirty_since = case when r.dirty then coalesce(l.dirty_since, ${at}::timestamptz) end,
      -- Kept while a change tries again; a newer edit counts from its own time once the former is over.
      waiting_since = case
        when r.waits then coalesce(l.waiting_since, l.dirty_since, ${at}::timestamptz)
        when r.dirty and l.base is distinct from r.base then l.dirty_since
        when r.dirty or r.whose_move = 'nobody' then l.waiting_since end,
      last_synced_at = case when r.settled then ${at}::timestamptz else l.last_synced_at end,
      -- B8.3: who owns the record in Salesforce may change it there; that connection takes over.
      connection_id = coalesce((
        select c.connection_id from tandem.connections c
        where c.workspace_id = l.workspace_id and c.org_id = l.org_id
          and c.salesforce_user_id = r.sf_owner and c.connected and c.status <> 'off'
      ), l.connection_id)
    from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r (link_id uuid,
      salesforce_id text, creation_key text, origin text, former_open_status text, base jsonb,
      sf jsonb, state text, parked jsonb, retry_at timestamptz, whose_move text, dirty boolean,
      waits boolean, settled boolean, sf_owner text)
    join old using (link_id)
    where l.workspace_id = ${lease.workspaceId} and l.link_id = r.link_id
    returning l.link_id, l.connection_id, r.dirty, old.waiting_since, old.last_synced_at,
      not r.waits and r.parked is null and (not r.dirty or old.base is distinct from r.base) as is_out
  `.execute(db);
  if (rows.length !== changes.length) {
    throw new Error(`${changes.length - rows.length} of the links to save do not exist.`);
  }
  for (const row of rows) {
    if (row.dirty && row.connection_id !== lease.connectionId) {
      touched.otherConnections.add(row.connection_id);
    }
  }
  const out = rows.flatMap(({ connection_id: connectionId, waiting_since: madeAt, is_out }) =>
    madeAt !== null && is_out ? [{ connectionId, direction: 'out' as const, madeAt }] : [],
  );
  return [...out, ...(await arrivals(db, lease, rows, changes))];
}

interface SavedRow {
  link_id: string;
  connection_id: string;
  dirty: boolean;
  waiting_since: Instant | null;
  last_synced_at: Instant | null;
  is_out: boolean;
}

/** What changed an app task: made in Salesforce since both sides were last seen to agree. */
async function arrivals(
  db: Executor,
  lease: Lease,
  rows: readonly SavedRow[],
  changes: readonly LinkChange[],
): Promise<readonly Crossed[]> {
  const arrived = new Map(
    changes.flatMap(({ link, task }) => (task.kind === 'none' ? [] : [[link.id, link] as const])),
  );
  return crossedIn(
    db,
    lease,
    rows.flatMap((row) => {
      const link = arrived.get(row.link_id);
      const since = row.last_synced_at;
      return link === undefined ? [] : [{ connectionId: row.connection_id, link, since }];
    }),
  );
}

/** The whole set of each link, in the transaction that decided it (I8, R11). */
async function replaceIntents(
  db: Executor,
  workspaceId: string,
  changes: readonly LinkChange[],
): Promise<void> {
  const linkIds = changes.map(({ link }) => link.id);
  const records = changes.flatMap(({ link }) => intentRecords(link));
  await sql`
    delete from tandem.intents
    where workspace_id = ${workspaceId} and link_id = any(${linkIds}::uuid[])
  `.execute(db);
  if (records.length === 0) return;
  await sql`
    insert into tandem.intents (workspace_id, link_id, request_id, kind, sent_at,
      expected_revision, fields, position)
    select ${workspaceId}, r.link_id, r.request_id, r.kind, r.sent_at, r.expected_revision,
      r.fields, r.position
    from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r (link_id uuid,
      request_id text, kind text, sent_at timestamptz, expected_revision timestamptz,
      fields jsonb, position integer)
  `.execute(db);
}

/** Only what is named changes. `edited_at` stays: it is about people's edits, which conflicts compare. */
async function updateTasks(
  db: Executor,
  workspaceId: string,
  changes: readonly LinkChange[],
  at: Instant,
): Promise<void> {
  const records = changes.flatMap(({ link, task }) =>
    task.kind === 'none'
      ? []
      : [
          {
            task_id: link.taskId,
            kind: task.kind,
            values: task.kind === 'trash' ? {} : task.values,
          },
        ],
  );
  if (records.length === 0) return;
  await sql`
    update tandem.tasks t set
      name = case when r.values ? 'name' then r.values ->> 'name' else t.name end,
      status = coalesce(r.values ->> 'status', t.status),
      completed_at = case when coalesce(r.values ->> 'status', t.status) = 'complete'
        then coalesce(t.completed_at, ${at}::timestamptz) end,
      priority = coalesce(r.values ->> 'priority', t.priority),
      due_date = case when r.values ? 'dueDate' then (r.values ->> 'dueDate')::date
        else t.due_date end,
      details = case when r.values ? 'details' then r.values ->> 'details' else t.details end,
      owner_id = coalesce(r.values ->> 'owner', t.owner_id),
      person = case when r.values ? 'person' then nullif(r.values -> 'person', 'null')
        else t.person end,
      related = case when r.values ? 'related' then nullif(r.values -> 'related', 'null')
        else t.related end,
      trashed_at = case r.kind when 'trash' then coalesce(t.trashed_at, ${at}::timestamptz)
        when 'restore' then null else t.trashed_at end,
      trashed_by_sync = case r.kind when 'trash' then t.trashed_at is null or t.trashed_by_sync
        when 'restore' then false else t.trashed_by_sync end,
      revision = t.revision + 1,
      updated_at = ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(records)}::jsonb)
      as r (task_id uuid, kind text, values jsonb)
    where t.workspace_id = ${workspaceId} and t.task_id = r.task_id
  `.execute(db);
}

/** Whom it concerns: owners before and after. Returns each task's status as it was. */
async function remember(
  db: Executor,
  workspaceId: string,
  changes: readonly LinkChange[],
  touched: Touched,
): Promise<ReadonlyMap<string, string>> {
  const taskIds = changes.map(({ link }) => link.taskId);
  const rows = await db
    .selectFrom('tandem.tasks')
    .select(['task_id', 'status', 'owner_id'])
    .where('workspace_id', '=', workspaceId)
    .where('task_id', 'in', taskIds)
    .execute();
  for (const id of taskIds) touched.taskIds.add(id);
  for (const row of rows) touched.people.add(row.owner_id);
  for (const { task } of changes) {
    if ((task.kind === 'patch' || task.kind === 'restore') && task.values.owner !== undefined) {
      touched.people.add(task.values.owner);
    }
  }
  return new Map(rows.map((row) => [row.task_id, row.status]));
}

function journalRows({ link, journal }: LinkChange) {
  return journal.map((draft) => ({
    taskId: link.taskId,
    linkId: link.id,
    actor: draft.side === 'sf' ? sfActorOf(link) : null,
    draft,
  }));
}
