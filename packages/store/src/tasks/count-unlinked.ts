import type { Actor } from '../actor.ts';
import type { Database } from '../database.ts';

/** B6.5: the actor's own tasks that were here before sync and are not sent. */
export async function countUnlinkedTasks(db: Database, actor: Actor): Promise<number> {
  const { count } = await db.kysely
    .selectFrom('tandem.tasks as t')
    .select((one) => one.fn.countAll<number>().as('count'))
    .where('t.workspace_id', '=', actor.workspaceId)
    .where('t.owner_id', '=', actor.userId)
    .where('t.trashed_at', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('tandem.links as l')
            .select('l.link_id')
            .whereRef('l.workspace_id', '=', 't.workspace_id')
            .whereRef('l.task_id', '=', 't.task_id')
            .where('l.state', '<>', 'dead'),
        ),
      ),
    )
    .executeTakeFirstOrThrow();
  return count;
}
