import type { Instant } from '@tandem/engine';
import type { Actor } from '../actor.ts';
import type { Database } from '../database.ts';
import { InvalidValue } from '../errors.ts';
import { type Executor, inTransaction } from '../transaction.ts';
import { uuidsOf } from '../uuid.ts';
import { lockTasks, markDirty, storeChanges, type TaskChange } from './change-tasks.ts';
import { checkValues, TASKS_PER_CALL_MAX } from './check-values.ts';
import { insertNewTasks } from './create-tasks.ts';
import { changeOf } from './patch-tasks.ts';
import type { NewTaskRow, TaskRowPatch } from './task-view.ts';

/** With an id: that task is made so; without: a new one. */
export interface ImportRow {
  readonly id: string | null;
  readonly values: NewTaskRow | TaskRowPatch;
}

export interface ImportOutcome {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Ids the actor has no task of. Then nothing is written. */
  readonly unknown: readonly string[];
}

/** All rows or none, in one transaction; `dryRun` only counts. Values are checked by the caller, row by row. */
export async function importTasks(
  db: Database,
  actor: Actor,
  rows: readonly ImportRow[],
  at: Instant,
  dryRun: boolean,
): Promise<ImportOutcome> {
  rows.forEach(({ values }, index) => {
    checkRow(values, index);
  });
  return inTransaction(db, async (trx) => {
    const known = rows.flatMap(({ id }) => id ?? []);
    const locked = (await lockTasks(trx, actor, uuidsOf(known))).filter(
      (task) => task.trashedAt === null,
    );
    const byId = new Map(locked.map((task) => [task.id, task]));
    const unknown = known.filter((id) => !byId.has(id.toLowerCase()));
    const changes = rows.flatMap(({ id, values }) => {
      const before = id === null ? undefined : byId.get(id.toLowerCase());
      return before === undefined ? [] : (changeOf(before, values, at) ?? []);
    });
    const fresh = rows.flatMap(({ id, values }) => (id === null ? [values as NewTaskRow] : []));
    const unchanged = known.length - changes.length - unknown.length;
    const outcome = { created: fresh.length, changed: changes.length, unchanged, unknown };
    if (dryRun || unknown.length > 0) return outcome;
    for (const step of stepsOf(changes)) await change(trx, actor, step, at);
    for (const step of stepsOf(fresh)) await insertNewTasks(trx, actor, step, at);
    return outcome;
  });
}

/** Whose mistake it is: `field` begins with the row's index. */
function checkRow(values: TaskRowPatch, index: number): void {
  try {
    checkValues(values);
  } catch (error) {
    if (error instanceof InvalidValue)
      throw new InvalidValue(`${index}.${error.field}`, error.message);
    throw error;
  }
}

async function change(db: Executor, actor: Actor, changes: readonly TaskChange[], at: Instant) {
  const toPlan = changes.filter(({ edited }) => edited.length > 0).map(({ task }) => task.id);
  await storeChanges(db, actor, changes, at, (trx) =>
    markDirty(trx, actor.workspaceId, toPlan, at),
  );
}

function* stepsOf<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < all.length; start += TASKS_PER_CALL_MAX) {
    yield all.slice(start, start + TASKS_PER_CALL_MAX);
  }
}
