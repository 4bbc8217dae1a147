import type { Instant } from '@tandem/engine';
import type { Actor } from '../actor.ts';
import type { Database } from '../database.ts';
import { lockTasks, markDirty, storeChanges } from '../tasks/change-tasks.ts';
import { checkValues } from '../tasks/check-values.ts';
import { changeOf } from '../tasks/patch-tasks.ts';
import { readTasks } from '../tasks/read-tasks.ts';
import type { TaskRowPatch } from '../tasks/task-view.ts';
import { type Executor, inTransaction } from '../transaction.ts';
import { isUuid } from '../uuid.ts';
import type { RestoreValueResult } from './history-types.ts';
import { restorable } from './restorable.ts';

/**
 * Brings back what a conflict or an overwrite took (B10.2, H2), as a person's edit: it travels to
 * Salesforce like any other, and its line in history names the entry it came from.
 */
export async function restoreValue(
  db: Database,
  actor: Actor,
  taskId: string,
  entryId: string,
  at: Instant,
): Promise<RestoreValueResult> {
  if (!isUuid(taskId) || !ENTRY_ID.test(entryId)) return { kind: 'not_found' };
  return inTransaction(db, async (trx): Promise<RestoreValueResult> => {
    const [task] = await lockTasks(trx, actor, [taskId]);
    if (task === undefined || task.trashedAt !== null) return { kind: 'not_found' };
    const entry = await lostValue(trx, actor.workspaceId, taskId, entryId);
    if (entry === undefined) return { kind: 'not_found' };
    const patch = entry.has_lost ? restorable(entry.field, entry.lost) : null;
    if (patch === null) return { kind: 'nothing_to_restore' };
    await apply(trx, actor, task, patch, entryId, at);
    const [view] = await readTasks(trx, actor.workspaceId, [task.id]);
    return view === undefined ? { kind: 'not_found' } : { kind: 'ok', task: view };
  });
}

/** Positive and a safe integer. */
const ENTRY_ID = /^[1-9]\d{0,14}$/;

async function lostValue(db: Executor, workspaceId: string, taskId: string, entryId: string) {
  return db
    .selectFrom('tandem.journal')
    .select(['field', 'lost', 'has_lost'])
    .where('workspace_id', '=', workspaceId)
    .where('entry_id', '=', Number(entryId))
    .where('task_id', '=', taskId)
    .executeTakeFirst();
}

async function apply(
  db: Executor,
  actor: Actor,
  task: Awaited<ReturnType<typeof lockTasks>>[number],
  patch: TaskRowPatch,
  entryId: string,
  at: Instant,
): Promise<void> {
  checkValues(patch);
  const change = changeOf(task, patch, at);
  if (change === null) return;
  const journal = change.journal.map((draft) => ({
    ...draft,
    kind: 'restored' as const,
    rule: 'B10.2',
    data: { entryId },
  }));
  await storeChanges(db, actor, [{ ...change, journal }], at, (trx) =>
    markDirty(trx, actor.workspaceId, [task.id], at),
  );
}
