import { randomUUID } from 'node:crypto';
import type { Instant } from '@tandem/engine';
import { sql } from 'kysely';
import { readTasks } from '../tasks/read-tasks.ts';
import type { TaskView } from '../tasks/task-view.ts';
import type { Executor } from '../transaction.ts';
import type { TaskEventType } from './webhook-types.ts';

export interface TaskEvent {
  readonly type: TaskEventType;
  readonly taskId: string;
  /** On which side it happened (B8.6). */
  readonly origin: 'app' | 'sf';
  /** The app's user; null for what came from Salesforce. */
  readonly actorId: string | null;
  /** Under the names of the contract. */
  readonly changed: readonly string[];
}

/** What a delivery tells: frozen when it happened, so that a second try says the same as the first. */
export interface TaskEventData {
  readonly origin: 'app' | 'sf';
  readonly actorId: string | null;
  readonly changed: readonly string[];
  readonly task: TaskView;
}

/** As in links/save-links.ts: a statement of a few megabytes at most. */
const EVENTS_PER_STATEMENT = 500;

/**
 * Into the outbox, in the transaction of the change: either both are there or neither. Where nobody listens
 * it costs one look into a small table.
 */
export async function recordEvents(
  db: Executor,
  workspaceId: string,
  events: readonly TaskEvent[],
  at: Instant,
): Promise<void> {
  if (events.length === 0 || !(await anybodyListens(db, workspaceId))) return;
  for (let start = 0; start < events.length; start += EVENTS_PER_STATEMENT) {
    await insertDeliveries(db, workspaceId, events.slice(start, start + EVENTS_PER_STATEMENT), at);
  }
}

async function anybodyListens(db: Executor, workspaceId: string): Promise<boolean> {
  const one = await db
    .selectFrom('tandem.webhooks')
    .select('webhook_id')
    .where('workspace_id', '=', workspaceId)
    .where('state', '=', 'on')
    .executeTakeFirst();
  return one !== undefined;
}

async function insertDeliveries(
  db: Executor,
  workspaceId: string,
  events: readonly TaskEvent[],
  at: Instant,
): Promise<void> {
  const ids = [...new Set(events.map(({ taskId }) => taskId))];
  const tasks = new Map((await readTasks(db, workspaceId, ids)).map((task) => [task.id, task]));
  const records = events.flatMap(({ type, taskId, origin, actorId, changed }) => {
    const task = tasks.get(taskId);
    if (task === undefined) return [];
    const data: TaskEventData = { origin, actorId, changed, task };
    return [{ event_id: randomUUID(), type, task_id: taskId, data }];
  });
  await sql`
    with queued as (
      insert into tandem.webhook_deliveries (workspace_id, webhook_id, event_id, type, task_id, data,
        at, next_at)
      select w.workspace_id, w.webhook_id, r.event_id, r.type, r.task_id, r.data,
        ${at}::timestamptz, ${at}::timestamptz
      from rows from (jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as (event_id uuid,
        type text, task_id uuid, data jsonb)) with ordinality as r
      join tandem.webhooks w on w.workspace_id = ${workspaceId} and w.state = 'on'
        and (w.events = '{}' or r.type = any(w.events))
      order by r.ordinality, w.webhook_id
      returning webhook_id
    ), listening as (
      select distinct webhook_id from queued
    )
    select count(graphile_worker.add_job('webhook',
      json_build_object('workspaceId', ${workspaceId}::uuid, 'webhookId', w.webhook_id),
      run_at := greatest(now(), w.pause_until), job_key := 'webhook:' || w.webhook_id))
    from listening
    join tandem.webhooks w on w.workspace_id = ${workspaceId} and w.webhook_id = listening.webhook_id
  `.execute(db);
}
