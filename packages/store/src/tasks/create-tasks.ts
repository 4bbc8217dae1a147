import { randomUUID } from 'node:crypto';
import type { Instant } from '@tandem/engine';
import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Database } from '../database.ts';
import { InvalidValue } from '../errors.ts';
import { notify } from '../events/notify.ts';
import { appendJournal } from '../journal/append.ts';
import { type Executor, inTransaction, violatedConstraint } from '../transaction.ts';
import { wakeAfterEdit } from '../wake/wake.ts';
import { recordEvents } from '../webhooks/record-events.ts';
import { checkBatch, checkValues } from './check-values.ts';
import { readTasks } from './read-tasks.ts';
import type { NewTaskRow, TaskView } from './task-view.ts';

/**
 * Tasks with their journal and, where the owner's sync is on, their links (B6.5: only what is created
 * after the switch-on has one), in one transaction. The answer is in the order of `inputs`.
 */
export async function createTasks(
  db: Database,
  actor: Actor,
  inputs: readonly NewTaskRow[],
  at: Instant,
): Promise<readonly TaskView[]> {
  checkBatch('tasks', inputs);
  for (const input of inputs) checkValues(input);
  if (inputs.length === 0) return [];
  return inTransaction(db, async (trx) =>
    readTasks(trx, actor.workspaceId, await insertNewTasks(trx, actor, inputs, at)),
  );
}

/** The same within a larger transaction, for values that are checked already; returns the ids. */
export async function insertNewTasks(
  trx: Executor,
  actor: Actor,
  inputs: readonly NewTaskRow[],
  at: Instant,
): Promise<readonly string[]> {
  const rows = inputs.map((input) => ({ taskId: randomUUID(), input }));
  const ids = rows.map((row) => row.taskId);
  await insertTasks(trx, actor, rows, at);
  await appendJournal(
    trx,
    actor.workspaceId,
    at,
    rows.map(({ taskId, input }) => ({
      taskId,
      linkId: null,
      actor: actor.userId,
      draft: {
        kind: 'created',
        field: null,
        side: 'app',
        from: null,
        to: input.name,
        rule: 'B1.2',
      },
    })),
  );
  const connectionIds = await linkTasks(trx, actor.workspaceId, ids, at);
  await notify(trx, {
    type: 'tasks',
    workspaceId: actor.workspaceId,
    userIds: [...new Set([actor.userId, ...inputs.map((input) => input.ownerId)])],
    taskIds: ids,
  });
  const created = { type: 'task.created', origin: 'app', changed: [] } as const;
  await recordEvents(
    trx,
    actor.workspaceId,
    ids.map((taskId) => ({ ...created, taskId, actorId: actor.userId })),
    at,
  );
  await wakeAfterEdit(trx, actor.workspaceId, connectionIds);
  return ids;
}

async function insertTasks(
  db: Executor,
  actor: Actor,
  rows: readonly { taskId: string; input: NewTaskRow }[],
  at: Instant,
): Promise<void> {
  const records = rows.map(({ taskId, input }) => ({
    task_id: taskId,
    owner_id: input.ownerId,
    name: input.name,
    type: input.type,
    status: input.status,
    priority: input.priority,
    due_date: input.dueDate,
    details: input.details,
    person: input.person,
    related: input.related,
    campaign_name: input.campaign?.name ?? null,
    campaign_day: input.campaign?.day ?? null,
    campaign_step: input.campaign?.step ?? null,
    call_outcome: input.callOutcome,
    call_reason: input.callReason,
  }));
  try {
    await sql`
      insert into tandem.tasks (workspace_id, task_id, owner_id, created_by, name, type, status,
        priority, due_date, details, person, related, campaign_name, campaign_day, campaign_step,
        call_outcome, call_reason, origin, created_at, updated_at, completed_at)
      select ${actor.workspaceId}, r.task_id, r.owner_id, ${actor.userId}, r.name, r.type, r.status,
        r.priority, r.due_date, r.details, r.person, r.related, r.campaign_name, r.campaign_day,
        r.campaign_step, r.call_outcome, r.call_reason, 'app', ${at}::timestamptz,
        ${at}::timestamptz, case when r.status = 'complete' then ${at}::timestamptz end
      from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r (task_id uuid, owner_id text,
        name text, type text, status text, priority text, due_date date, details text,
        person jsonb, related jsonb, campaign_name text, campaign_day integer,
        campaign_step integer, call_outcome text, call_reason text)
    `.execute(db);
  } catch (error) {
    throw violatedConstraint(error) === 'tasks_owner' ? unknownOwner() : error;
  }
}

export function unknownOwner(): InvalidValue {
  return new InvalidValue('ownerId', 'is nobody of this workspace');
}

/**
 * Links for those of `taskIds` that have none living and whose owner syncs; returns the connections to
 * wake. The creation key is stored here, before anything is sent (R7). A task that was in Salesforce
 * before keeps its origin, so that an imported one stays undecorated (B5.6).
 */
export async function linkTasks(
  db: Executor,
  workspaceId: string,
  taskIds: readonly string[],
  at: Instant,
): Promise<readonly string[]> {
  const { rows } = await sql<{ connection_id: string }>`
    insert into tandem.links (workspace_id, task_id, org_id, connection_id, creation_key, origin, sf,
      dirty_since, created_at)
    select t.workspace_id, t.task_id, o.org_id, o.connection_id, gen_random_uuid()::text, t.origin,
      '{"kind":"unborn"}', ${at}::timestamptz, ${at}::timestamptz
    from tandem.tasks t
    join tandem.connections o
      on o.workspace_id = t.workspace_id and o.user_id = t.owner_id and o.connected
        and o.status <> 'off'
    where t.workspace_id = ${workspaceId} and t.task_id = any(${[...taskIds]}::uuid[])
      and not exists (
        select from tandem.links l where l.workspace_id = t.workspace_id
          and l.task_id = t.task_id and l.state <> 'dead')
    returning connection_id
  `.execute(db);
  return [...new Set(rows.map((row) => row.connection_id))];
}
