import type { Instant } from '@tandem/engine';
import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { notify } from '../events/notify.ts';
import { appendJournal, type JournalRow } from '../journal/append.ts';
import type { Executor } from '../transaction.ts';
import { wakeAfterEdit } from '../wake/wake.ts';
import { eventsOfEdit } from '../webhooks/events-of.ts';
import { recordEvents } from '../webhooks/record-events.ts';
import { unknownOwner } from './create-tasks.ts';
import type { TaskView } from './task-view.ts';
import { visibleTo } from './visible.ts';

/** A task as it is locked for a change, with the editable fields under the contract's names. */
export type LockedTask = Pick<
  TaskView,
  | 'id'
  | 'name'
  | 'type'
  | 'status'
  | 'priority'
  | 'dueDate'
  | 'details'
  | 'ownerId'
  | 'person'
  | 'related'
  | 'campaign'
  | 'callOutcome'
  | 'callReason'
  | 'completedAt'
  | 'trashedAt'
>;

/** Locks what the actor may see of `ids`, in the order of ids, so that two bulk edits queue up. */
export async function lockTasks(
  db: Executor,
  actor: Actor,
  ids: readonly string[],
): Promise<readonly LockedTask[]> {
  const { rows } = await sql<LockedTask>`
    select t.task_id as id, t.name, t.type, t.status, t.priority, t.due_date as "dueDate",
      t.details, t.owner_id as "ownerId", t.person, t.related,
      case when t.campaign_name is not null then jsonb_build_object('name', t.campaign_name,
        'day', t.campaign_day, 'step', t.campaign_step) end as campaign,
      t.call_outcome as "callOutcome", t.call_reason as "callReason",
      t.completed_at as "completedAt", t.trashed_at as "trashedAt"
    from tandem.tasks t
    where ${visibleTo(actor)} and t.task_id = any(${[...ids]}::uuid[])
    order by t.task_id
    for update
  `.execute(db);
  return rows;
}

export interface TaskChange {
  /** The task as it is to be stored. */
  readonly task: LockedTask;
  readonly before: LockedTask;
  /** Synced fields a person changed: their edit times move, and the link has something to plan. */
  readonly edited: readonly string[];
  readonly journal: readonly JournalRow['draft'][];
}

/** Stores changes of locked tasks with their history, and tells the engine and the screens. */
export async function storeChanges(
  db: Executor,
  actor: Actor,
  changes: readonly TaskChange[],
  at: Instant,
  connectionsToWake: (db: Executor) => Promise<readonly string[]>,
): Promise<void> {
  if (changes.length === 0) return;
  await updateTasks(db, actor.workspaceId, changes, at);
  await appendJournal(
    db,
    actor.workspaceId,
    at,
    changes.flatMap((change) =>
      change.journal.map((draft) => ({
        taskId: change.task.id,
        linkId: null,
        actor: actor.userId,
        draft,
      })),
    ),
  );
  const connectionIds = await connectionsToWake(db);
  const people = changes.flatMap(({ task, before }) => [before.ownerId, task.ownerId]);
  await notify(db, {
    type: 'tasks',
    workspaceId: actor.workspaceId,
    userIds: [...new Set(people)],
    taskIds: changes.map((change) => change.task.id),
  });
  await recordEvents(
    db,
    actor.workspaceId,
    changes.flatMap(({ before, task }) =>
      eventsOfEdit(before, task, { origin: 'app', actorId: actor.userId }),
    ),
    at,
  );
  await wakeAfterEdit(db, actor.workspaceId, connectionIds);
}

/** Marks the living links of these tasks as having something to plan; returns who has to plan it. */
export async function markDirty(
  db: Executor,
  workspaceId: string,
  taskIds: readonly string[],
  at: Instant,
): Promise<readonly string[]> {
  if (taskIds.length === 0) return [];
  const { rows } = await sql<{ connection_id: string }>`
    update tandem.links set dirty_since = coalesce(dirty_since, ${at}::timestamptz)
    where workspace_id = ${workspaceId} and task_id = any(${[...taskIds]}::uuid[])
      and state <> 'dead'
    returning connection_id
  `.execute(db);
  return [...new Set(rows.map((row) => row.connection_id))];
}

async function updateTasks(
  db: Executor,
  workspaceId: string,
  changes: readonly TaskChange[],
  at: Instant,
): Promise<void> {
  await checkOwners(db, workspaceId, changes);
  const records = changes.map(({ task, edited }) => ({
    task_id: task.id,
    owner_id: task.ownerId,
    name: task.name,
    type: task.type,
    status: task.status,
    priority: task.priority,
    due_date: task.dueDate,
    details: task.details,
    person: task.person,
    related: task.related,
    campaign_name: task.campaign?.name ?? null,
    campaign_day: task.campaign?.day ?? null,
    campaign_step: task.campaign?.step ?? null,
    call_outcome: task.callOutcome,
    call_reason: task.callReason,
    completed_at: task.completedAt,
    trashed_at: task.trashedAt,
    edited_at: Object.fromEntries(edited.map((field) => [field, at])),
  }));
  await sql`
    update tandem.tasks t set owner_id = r.owner_id, name = r.name, type = r.type,
      status = r.status, priority = r.priority, due_date = r.due_date, details = r.details,
      person = r.person, related = r.related, campaign_name = r.campaign_name,
      campaign_day = r.campaign_day, campaign_step = r.campaign_step,
      call_outcome = r.call_outcome, call_reason = r.call_reason, completed_at = r.completed_at,
      trashed_at = r.trashed_at,
      -- Whatever a person does to a task, where it is afterwards is the person's doing.
      trashed_by_sync = false,
      edited_at = t.edited_at || r.edited_at, revision = t.revision + 1,
      updated_at = ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r (task_id uuid, owner_id text,
      name text, type text, status text, priority text, due_date date, details text,
      person jsonb, related jsonb, campaign_name text, campaign_day integer,
      campaign_step integer, call_outcome text, call_reason text, completed_at timestamptz,
      trashed_at timestamptz, edited_at jsonb)
    where t.workspace_id = ${workspaceId} and t.task_id = r.task_id
  `.execute(db);
}

/** Asked before the statement and not read from its error: an error would end the transaction. */
async function checkOwners(
  db: Executor,
  workspaceId: string,
  changes: readonly TaskChange[],
): Promise<void> {
  const owners = changes
    .filter(({ task, before }) => task.ownerId !== before.ownerId)
    .map(({ task }) => task.ownerId);
  if (owners.length === 0) return;
  const known = await db
    .selectFrom('tandem.members')
    .select('user_id')
    .where('workspace_id', '=', workspaceId)
    .where('user_id', 'in', [...new Set(owners)])
    .where('removed_at', 'is', null)
    .execute();
  if (known.length < new Set(owners).size) throw unknownOwner();
}
