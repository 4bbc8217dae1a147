import type { Instant } from '@tandem/engine';
import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Database } from '../database.ts';
import { inTransaction } from '../transaction.ts';
import { uuidsOf } from '../uuid.ts';
import { lockTasks, markDirty, storeChanges } from './change-tasks.ts';
import { checkBatch } from './check-values.ts';
import { linkTasks } from './create-tasks.ts';
import { readTasks } from './read-tasks.ts';
import { resultOf, resultsOf } from './results.ts';
import type { TaskResult, TasksResult } from './task-view.ts';

export async function trashTask(
  db: Database,
  actor: Actor,
  id: string,
  at: Instant,
): Promise<TaskResult> {
  return resultOf(await trashTasks(db, actor, [id], at));
}

/** To Trash; the engine deletes the records in Salesforce. What is there already stays as it is. */
export async function trashTasks(
  db: Database,
  actor: Actor,
  ids: readonly string[],
  at: Instant,
): Promise<TasksResult> {
  checkBatch('ids', ids);
  return inTransaction(db, async (trx) => {
    const found = await lockTasks(trx, actor, uuidsOf(ids));
    const changes = found
      .filter((task) => task.trashedAt === null)
      .map((before) => ({
        before,
        task: { ...before, trashedAt: at },
        edited: [],
        journal: [
          {
            kind: 'deleted',
            field: null,
            side: 'app',
            from: null,
            to: null,
            rule: 'B1.2',
          } as const,
        ],
      }));
    const changedIds = changes.map((change) => change.task.id);
    await storeChanges(trx, actor, changes, at, (db) =>
      markDirty(db, actor.workspaceId, changedIds, at),
    );
    const foundIds = found.map((task) => task.id);
    return resultsOf(ids, await readTasks(trx, actor.workspaceId, foundIds));
  });
}

export async function restoreTask(
  db: Database,
  actor: Actor,
  id: string,
  at: Instant,
): Promise<TaskResult> {
  return resultOf(await restoreTasks(db, actor, [id], at));
}

/**
 * Out of Trash. A link that still lives is planned again. One that is dead stays dead, as the tombstone
 * of the old record; where sync is on the task gets a new link and so a new record. That is no breach of
 * I4: what re-creates is a person's explicit act, never the engine. A task that never had a link gets
 * none (B6.5).
 */
export async function restoreTasks(
  db: Database,
  actor: Actor,
  ids: readonly string[],
  at: Instant,
): Promise<TasksResult> {
  checkBatch('ids', ids);
  return inTransaction(db, async (trx) => {
    const found = await lockTasks(trx, actor, uuidsOf(ids));
    const changes = found
      .filter((task) => task.trashedAt !== null)
      .map((before) => ({
        before,
        task: { ...before, trashedAt: null },
        edited: [],
        journal: [
          {
            kind: 'restored',
            field: null,
            side: 'app',
            from: null,
            to: null,
            rule: 'B1.2',
          } as const,
        ],
      }));
    const changedIds = changes.map((change) => change.task.id);
    await storeChanges(trx, actor, changes, at, async (db) => {
      const living = await markDirty(db, actor.workspaceId, changedIds, at);
      const { rows } = await sql<{ task_id: string }>`
        select distinct task_id from tandem.links
        where workspace_id = ${actor.workspaceId} and state = 'dead'
          and task_id = any(${changedIds}::uuid[])
      `.execute(db);
      const once = rows.map((row) => row.task_id);
      return [...living, ...(await linkTasks(db, actor.workspaceId, once, at))];
    });
    const foundIds = found.map((task) => task.id);
    return resultsOf(ids, await readTasks(trx, actor.workspaceId, foundIds));
  });
}

/** A step that holds few locks at a time; the next one goes on where it ended. */
const PURGE_STEP = 1_000;

/**
 * Removes for good what has been in Trash since before `olderThan` (B1.2), with its history, in all
 * workspaces. What Salesforce has not been told yet stays until it has. The links stay as tombstones (R5).
 */
export async function purgeTrash(db: Database, olderThan: Instant): Promise<{ purged: number }> {
  let purged = 0;
  for (;;) {
    const { rows } = await sql<{ purged: number }>`
      with old as (
        select t.workspace_id, t.task_id from tandem.tasks t
        where t.trashed_at < ${olderThan}::timestamptz
          and not exists (
            select from tandem.links l where l.workspace_id = t.workspace_id
              and l.task_id = t.task_id and l.state = 'live')
        order by t.trashed_at
        limit ${PURGE_STEP}
        for update skip locked
      ), buried as (
        update tandem.links l set state = 'dead', dirty_since = null, waiting_since = null
        from old
        where l.workspace_id = old.workspace_id and l.task_id = old.task_id and l.state <> 'dead'
      ), gone as (
        delete from tandem.tasks t using old
        where t.workspace_id = old.workspace_id and t.task_id = old.task_id
        returning t.task_id
      )
      select count(*) as purged from gone
    `.execute(db.kysely);
    const step = rows[0]?.purged ?? 0;
    purged += step;
    if (step < PURGE_STEP) return { purged };
  }
}
