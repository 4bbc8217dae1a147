import type { Instant } from '@tandem/engine';
import { sql } from 'kysely';
import { appendJournal } from '../journal/append.ts';
import type { Executor } from '../transaction.ts';
import { recordEvents } from '../webhooks/record-events.ts';
import { crossedIn } from './crossed-in.ts';
import { linkRecord, sfActorOf } from './link-record.ts';
import type { ImportedTask, Lease } from './port.ts';
import { recordLags } from './record-lags.ts';
import type { Touched } from './touched.ts';

/** As in save-links.ts. */
const ROWS_PER_STATEMENT = 500;

/**
 * Tasks born from Salesforce records, with link and history. A record that got its link meanwhile, by a
 * teammate's connection of the same org, is left as it is: links_one_per_record decides (I3), and the
 * next poll sees it as known. In the order of record ids, so that two such imports queue up.
 */
export async function insertImported(
  db: Executor,
  lease: Lease,
  rows: readonly ImportedTask[],
  at: Instant,
  touched: Touched,
): Promise<void> {
  const sorted = [...rows].sort((a, b) => compare(a.link.salesforceId, b.link.salesforceId));
  for (let start = 0; start < sorted.length; start += ROWS_PER_STATEMENT) {
    const step = sorted.slice(start, start + ROWS_PER_STATEMENT);
    const born = await insertBorn(db, lease, step, at);
    const inserted = step.filter(({ link }) => born.has(link.id));
    for (const { link, values } of inserted) {
      touched.taskIds.add(link.taskId);
      touched.people.add(values.owner);
    }
    await appendJournal(db, lease.workspaceId, at, inserted.flatMap(journalRows));
    const created = { type: 'task.created', origin: 'sf', actorId: null, changed: [] } as const;
    await recordEvents(
      db,
      lease.workspaceId,
      inserted.map(({ link }) => ({ ...created, taskId: link.taskId })),
      at,
    );
    const arrived = inserted.map(({ link, connectionId = lease.connectionId }) => ({
      connectionId,
      link,
      since: null,
    }));
    await recordLags(db, lease, await crossedIn(db, lease, arrived), at);
  }
}

/** One statement for links and tasks; returns the ids of the links that are new. */
async function insertBorn(
  db: Executor,
  lease: Lease,
  rows: readonly ImportedTask[],
  at: Instant,
): Promise<ReadonlySet<string>> {
  const records = rows.map((row) => ({
    ...linkRecord(row.link, false),
    ...taskRecord(row),
    connection_id: row.connectionId ?? lease.connectionId,
  }));
  const { rows: inserted } = await sql<{ link_id: string }>`
    with input as (
      select r.* from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r (link_id uuid,
        task_id uuid, salesforce_id text, creation_key text, former_open_status text,
        base jsonb, sf jsonb, owner_id text, name text, type text, status text, priority text,
        due_date date, details text, person jsonb, related jsonb, campaign_name text,
        campaign_day integer, campaign_step integer, call_outcome text, call_reason text,
        created_at timestamptz, completed_at timestamptz, connection_id uuid)
    ), linked as (
      insert into tandem.links (workspace_id, link_id, task_id, org_id, connection_id,
        salesforce_id, creation_key, former_open_status, origin, base, sf, last_synced_at,
        created_at)
      select c.workspace_id, i.link_id, i.task_id, c.org_id, c.connection_id, i.salesforce_id,
        i.creation_key, i.former_open_status, 'sf', i.base, i.sf, ${at}::timestamptz,
        ${at}::timestamptz
      from input i
      -- A teammate's sync may have been switched off since the turn began.
      join tandem.connections c on c.workspace_id = ${lease.workspaceId}
        and c.connection_id = i.connection_id and c.status <> 'off'
      order by i.salesforce_id
      on conflict (workspace_id, org_id, salesforce_id) where salesforce_id is not null do nothing
      returning link_id
    ), born as (
      insert into tandem.tasks (workspace_id, task_id, owner_id, name, type, status, priority,
        due_date, details, person, related, campaign_name, campaign_day, campaign_step,
        call_outcome, call_reason, origin, created_at, updated_at, completed_at)
      select ${lease.workspaceId}, i.task_id, i.owner_id, i.name, i.type, i.status, i.priority,
        i.due_date, i.details, i.person, i.related, i.campaign_name, i.campaign_day,
        i.campaign_step, i.call_outcome, i.call_reason, 'sf', i.created_at, ${at}::timestamptz,
        i.completed_at
      from input i join linked using (link_id)
    )
    select link_id from linked
  `.execute(db);
  return new Set(inserted.map((row) => row.link_id));
}

function taskRecord({ link, values, context, createdAt }: ImportedTask) {
  const modifiedAt = link.sf.kind === 'seen' ? link.sf.task.LastModifiedDate : createdAt;
  return {
    owner_id: values.owner,
    name: values.name,
    type: context.type,
    status: values.status,
    priority: values.priority,
    due_date: values.dueDate,
    details: values.details,
    person: values.person,
    related: values.related,
    campaign_name: context.campaignName,
    campaign_day: context.campaignDay,
    campaign_step: context.campaignStep,
    call_outcome: context.callOutcome,
    call_reason: context.callReason,
    created_at: createdAt,
    // The record does not say when it was completed; its last change is the latest it can have been.
    completed_at: values.status === 'complete' ? modifiedAt : null,
  };
}

function journalRows({ link, journal }: ImportedTask) {
  return journal.map((draft) => ({
    taskId: link.taskId,
    linkId: link.id,
    actor: draft.side === 'sf' ? sfActorOf(link) : null,
    draft,
  }));
}

function compare(left: string | null, right: string | null): number {
  if (left === right) return 0;
  return (left ?? '') < (right ?? '') ? -1 : 1;
}
