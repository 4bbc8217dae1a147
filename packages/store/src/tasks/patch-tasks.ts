import type { Instant, RecordRef } from '@tandem/engine';
import type { Actor } from '../actor.ts';
import type { Database } from '../database.ts';
import { inTransaction } from '../transaction.ts';
import { uuidsOf } from '../uuid.ts';
import {
  type LockedTask,
  lockTasks,
  markDirty,
  storeChanges,
  type TaskChange,
} from './change-tasks.ts';
import { checkBatch, checkValues } from './check-values.ts';
import { readTasks } from './read-tasks.ts';
import { resultOf, resultsOf } from './results.ts';
import type { Campaign, NewTaskRow, TaskResult, TaskRowPatch, TasksResult } from './task-view.ts';

/** One task; a task in Trash is not found, it is restored first. */
export async function patchTask(
  db: Database,
  actor: Actor,
  id: string,
  patch: TaskRowPatch,
  at: Instant,
): Promise<TaskResult> {
  return resultOf(await patchTasks(db, actor, [id], patch, at));
}

/**
 * The same edit to many tasks, in one transaction. Fields that already have the value change nothing and
 * leave no trace; a task without any change keeps its revision.
 */
export async function patchTasks(
  db: Database,
  actor: Actor,
  ids: readonly string[],
  patch: TaskRowPatch,
  at: Instant,
): Promise<TasksResult> {
  checkBatch('ids', ids);
  checkValues(patch);
  return inTransaction(db, async (trx) => {
    const locked = await lockTasks(trx, actor, uuidsOf(ids));
    const found = locked.filter((task) => task.trashedAt === null);
    const changes = found.flatMap((task) => changeOf(task, patch, at) ?? []);
    const toPlan = changes.filter((change) => change.edited.length > 0);
    await storeChanges(trx, actor, changes, at, (db) =>
      markDirty(
        db,
        actor.workspaceId,
        toPlan.map((change) => change.task.id),
        at,
      ),
    );
    return resultsOf(
      ids,
      await readTasks(
        trx,
        actor.workspaceId,
        found.map((task) => task.id),
      ),
    );
  });
}

/** Null when nothing differs. */
export function changeOf(before: LockedTask, patch: TaskRowPatch, at: Instant): TaskChange | null {
  const changed = FIELDS.filter(({ key }) => {
    const value = patch[key];
    return value !== undefined && !same(before[key], value);
  });
  if (changed.length === 0) return null;
  const values = Object.fromEntries(changed.map(({ key }) => [key, patch[key]]));
  const task: LockedTask = { ...before, ...values };
  const completedAt = task.status === 'complete' ? (before.completedAt ?? at) : null;
  return {
    before,
    task: { ...task, completedAt },
    edited: changed.filter((field) => field.synced).map((field) => field.name),
    journal: changed.map(({ key, name }) => ({
      kind: 'edited',
      field: name,
      side: 'app',
      from: before[key],
      to: task[key],
      rule: 'B1.2',
    })),
  };
}

/** Under their names in history, where the owner is called as the engine calls it. */
const FIELDS: readonly { key: keyof NewTaskRow; name: string; synced: boolean }[] = [
  { key: 'name', name: 'name', synced: true },
  { key: 'status', name: 'status', synced: true },
  { key: 'priority', name: 'priority', synced: true },
  { key: 'dueDate', name: 'dueDate', synced: true },
  { key: 'details', name: 'details', synced: true },
  { key: 'ownerId', name: 'owner', synced: true },
  { key: 'person', name: 'person', synced: true },
  { key: 'related', name: 'related', synced: true },
  { key: 'type', name: 'type', synced: false },
  { key: 'campaign', name: 'campaign', synced: false },
  { key: 'callOutcome', name: 'callOutcome', synced: false },
  { key: 'callReason', name: 'callReason', synced: false },
];

type FieldValue = string | null | RecordRef | Campaign;

function same(left: FieldValue, right: FieldValue): boolean {
  if (left === null || right === null || typeof left === 'string' || typeof right === 'string') {
    return left === right;
  }
  const entries = Object.entries(right);
  const other = new Map(Object.entries(left));
  return entries.length === other.size && entries.every(([key, value]) => other.get(key) === value);
}
