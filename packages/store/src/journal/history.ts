import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { decodeCursor, encodeCursor, withCursor } from '../cursor.ts';
import type { Database } from '../database.ts';
import { visibleTo } from '../tasks/visible.ts';
import { isUuid } from '../uuid.ts';
import type { HistoryEntryView, HistoryPage } from './history-types.ts';

/** As many lines as a person reads before asking for more. */
const HISTORY_PAGE = 50;
const LIST = 'history';

/**
 * Newest first; null when the actor may not see the task. An actor of the app's side is shown by name, and
 * only where the person is of this workspace (I13). Reads the index journal_of_task from its end.
 */
export async function taskHistory(
  db: Database,
  actor: Actor,
  taskId: string,
  cursor?: string,
  limit: number = HISTORY_PAGE,
): Promise<HistoryPage | null> {
  const after = decodeCursor(LIST, cursor, 1);
  if (!isUuid(taskId)) return null;
  const seen = await sql`
    select from tandem.tasks t where ${visibleTo(actor)} and t.task_id = ${taskId}
  `.execute(db.kysely);
  if (seen.rows.length === 0) return null;
  const { rows } = await withCursor(after, () =>
    sql<HistoryEntryView>`
      select j.entry_id::text as id, j.at, j.kind, j.field, j.side,
        case when j.side = 'app' then u.name else j.actor end as actor, m.user_id as "actorId",
        j.from_value as "from", j.to_value as "to", j.lost, j.has_lost as "hasLost", j.rule, j.data
      from tandem.journal j
      left join tandem.members m
        on j.side = 'app' and m.workspace_id = j.workspace_id and m.user_id = j.actor
      left join auth."user" u on u.id = m.user_id
      where j.workspace_id = ${actor.workspaceId} and j.task_id = ${taskId}
        and ${after === null ? sql`true` : sql`j.entry_id < ${after[0]}::bigint`}
      order by j.entry_id desc
      limit ${limit + 1}
    `.execute(db.kysely),
  );
  const entries = rows.slice(0, limit);
  const last = entries.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { entries, nextCursor: more ? encodeCursor(LIST, [last.id]) : null };
}
