import { faultOf, type RecordRef } from '@tandem/engine';
import { type RawBuilder, sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Database } from '../database.ts';
import { syncJoins, syncReason, syncState } from '../status/sync-words.ts';
import type { Executor } from '../transaction.ts';
import { isUuid } from '../uuid.ts';
import type { SyncWord, TaskProblemView, TaskView } from './task-view.ts';
import { visibleTo } from './visible.ts';

/** Null when there is no such task, or none this actor may see. Includes tasks in Trash. */
export async function getTask(db: Database, actor: Actor, id: string): Promise<TaskView | null> {
  if (!isUuid(id)) return null;
  const { rows } = await sql<TaskSelection>`
    select ${taskColumns} from tandem.tasks t ${syncJoins}
    where ${visibleTo(actor)} and t.task_id = ${id}
  `.execute(db.kysely);
  return rows[0] === undefined ? null : viewOf(rows[0]);
}

/** Whole tasks in the order of `ids`, after a change that has already decided who may see them. */
export async function readTasks(
  db: Executor,
  workspaceId: string,
  ids: readonly string[],
): Promise<TaskView[]> {
  const { rows } = await sql<TaskSelection>`
    select ${taskColumns}
    from unnest(${[...ids]}::uuid[]) with ordinality as wanted (task_id, place)
    join tandem.tasks t on t.workspace_id = ${workspaceId} and t.task_id = wanted.task_id
    ${syncJoins}
    order by wanted.place
  `.execute(db);
  return rows.map(viewOf);
}

/** Goes with the alias `t` and `syncJoins`. */
export const taskColumns: RawBuilder<unknown> = sql`
  t.task_id, t.name, t.type, t.status, t.priority, t.due_date, t.details, t.owner_id, t.created_by,
  t.person, t.related, t.campaign_name, t.campaign_day, t.campaign_step, t.call_outcome,
  t.call_reason, t.origin, t.created_at, t.updated_at, t.completed_at, t.trashed_at,
  t.trashed_by_sync, t.revision,
  ${syncState} as sync_state, ${syncReason} as sync_reason, l.parked ->> 'message' as sync_message,
  case when l.parked is not null then 'link:' || l.link_id end as problem_id,
  l.parked ->> 'code' as problem_code,
  coalesce((l.parked ->> 'since')::timestamptz(3), l.created_at) as problem_since,
  l.retry_at as problem_retry_at, l.dirty_since is not null as problem_is_trying,
  l.salesforce_id, c.instance_url, l.sf #>> '{task,Status}' as salesforce_status,
  l.sf #>> '{task,Priority}' as salesforce_priority, l.last_synced_at
`;

export interface TaskSelection {
  task_id: string;
  name: string;
  type: TaskView['type'];
  status: TaskView['status'];
  priority: TaskView['priority'];
  due_date: string | null;
  details: string;
  owner_id: string;
  created_by: string | null;
  person: RecordRef | null;
  related: RecordRef | null;
  campaign_name: string | null;
  campaign_day: number | null;
  campaign_step: number | null;
  call_outcome: string | null;
  call_reason: string | null;
  origin: 'app' | 'sf';
  created_at: string;
  updated_at: string;
  completed_at: string | null;
  trashed_at: string | null;
  trashed_by_sync: boolean;
  revision: number;
  sync_state: SyncWord;
  sync_reason: string | null;
  sync_message: string | null;
  problem_id: string | null;
  problem_code: string | null;
  problem_since: string | null;
  problem_retry_at: string | null;
  problem_is_trying: boolean;
  salesforce_id: string | null;
  instance_url: string | null;
  salesforce_status: string | null;
  salesforce_priority: string | null;
  last_synced_at: string | null;
}

export function viewOf(row: TaskSelection): TaskView {
  return {
    id: row.task_id,
    name: row.name,
    type: row.type,
    status: row.status,
    priority: row.priority,
    dueDate: row.due_date,
    details: row.details,
    ownerId: row.owner_id,
    createdBy: row.created_by,
    person: row.person,
    related: row.related,
    campaign:
      row.campaign_name === null
        ? null
        : { name: row.campaign_name, day: row.campaign_day, step: row.campaign_step },
    callOutcome: row.call_outcome,
    callReason: row.call_reason,
    origin: row.origin,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    completedAt: row.completed_at,
    trashedAt: row.trashed_at,
    trashedBySync: row.trashed_by_sync,
    revision: row.revision,
    sync: {
      state: row.sync_state,
      reason: row.sync_reason,
      message: row.sync_message || null,
      problem: problemOf(row),
      salesforceId: row.salesforce_id,
      instanceUrl: row.instance_url,
      salesforceStatus: row.salesforce_status,
      salesforcePriority: row.salesforce_priority,
      lastSyncedAt: row.last_synced_at,
    },
  };
}

function problemOf(row: TaskSelection): TaskProblemView | null {
  if (row.problem_id === null || row.problem_code === null || row.problem_since === null)
    return null;
  const { class: nature } = faultOf(row.problem_code, row.sync_message ?? '');
  return {
    id: row.problem_id,
    class: nature,
    since: row.problem_since,
    retryAt: row.problem_retry_at,
    isTrying: row.problem_is_trying,
  };
}
