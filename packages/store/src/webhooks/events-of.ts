import type { LinkChange } from '../links/port.ts';
import type { LockedTask } from '../tasks/change-tasks.ts';
import type { TaskEvent } from './record-events.ts';

type Origin = Pick<TaskEvent, 'origin' | 'actorId'>;

/** A person's change, by what differs. An edit is `task.updated`; a new status is told by its own name as well. */
export function eventsOfEdit(
  before: LockedTask,
  task: LockedTask,
  origin: Origin,
): readonly TaskEvent[] {
  if (before.trashedAt === null && task.trashedAt !== null)
    return [{ ...origin, type: 'task.deleted', taskId: task.id, changed: [] }];
  if (before.trashedAt !== null && task.trashedAt === null)
    return [{ ...origin, type: 'task.restored', taskId: task.id, changed: [] }];
  const changed = EDITABLE.filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(task[field]),
  );
  return edited(task.id, before.status, task.status, changed, origin);
}

/** The engine's change of a task: what came from Salesforce (B8.6). */
export function eventsOfSync(
  { link, task }: LinkChange,
  statusBefore: string | undefined,
): readonly TaskEvent[] {
  const origin: Origin = { origin: 'sf', actorId: null };
  const { taskId } = link;
  if (task.kind === 'none') return [];
  if (task.kind === 'trash') return [{ ...origin, type: 'task.deleted', taskId, changed: [] }];
  const changed = Object.keys(task.values).map((field) => (field === 'owner' ? 'ownerId' : field));
  const edits = edited(taskId, statusBefore, task.values.status, changed, origin);
  return task.kind === 'restore'
    ? [{ ...origin, type: 'task.restored', taskId, changed: [] }, ...edits]
    : edits;
}

function edited(
  taskId: string,
  before: string | undefined,
  after: string | undefined,
  changed: readonly string[],
  origin: Origin,
): readonly TaskEvent[] {
  if (changed.length === 0) return [];
  const updated: TaskEvent = { ...origin, type: 'task.updated', taskId, changed };
  if (after === undefined || before === after) return [updated];
  const type = after === 'complete' ? 'task.completed' : 'task.reopened';
  return [updated, { ...origin, type, taskId, changed: ['status'] }];
}

const EDITABLE = [
  'name',
  'type',
  'status',
  'priority',
  'dueDate',
  'details',
  'ownerId',
  'person',
  'related',
  'campaign',
  'callOutcome',
  'callReason',
] as const satisfies readonly (keyof LockedTask)[];
