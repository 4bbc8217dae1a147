import { type RawBuilder, sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { decodeCursor, encodeCursor, withCursor } from '../cursor.ts';
import type { Database } from '../database.ts';
import { visibleTo } from '../tasks/visible.ts';
import type { HistoryEntryView, TeamHistoryFilter, TeamHistoryPage } from './history-types.ts';

/** As many lines as a person reads before asking for more. */
const HISTORY_PAGE = 50;
const LIST = 'team-history';
/** How far one page looks for a text: about a tenth of a second. */
const LOOK_MAX = 20_000;
/** Where one owner's lines are looked for first; costs 3 ms where it is in vain. */
const RECENT = 2_000;

/** Groups that people ask for. The first three have an index each, whose predicate is repeated here to the letter. */
const KINDS = {
  conflicts: sql`j.kind in ('conflict', 'late_overwrite')`,
  deletions: sql`j.kind in ('deleted', 'restored', 'gone')`,
  refusals: sql`j.kind in ('refused', 'retried')`,
  edits: sql`j.kind in ('created', 'imported', 'edited', 'pulled', 'reassigned')`,
} as const;

interface EntryRow extends HistoryEntryView {
  readonly taskId: string;
  readonly taskName: string;
  readonly ownerId: string;
  readonly isInTrash: boolean;
}

/**
 * What happened to the tasks of one owner, or to everybody's, newest first (B11.4).
 *
 * A team's is read along the primary key of the journal from its end, or along the index of a kind. One owner's is
 * looked for in the newest 2,000 lines of all, which is enough for whoever does much of what happens; else for each
 * task (tasks_by_owner) its last few lines (journal_of_task), then the newest of those. Of 30,000 tasks with 300,000
 * lines, on a busy machine: the team's 3 ms, an owner of 3,000 25 ms, an owner of 27,000 by the newest lines 5 ms
 * (by tasks 1,400 ms). A text is looked for in at most 20,000 lines a page; then the page ends with a cursor to go on from.
 */
export async function teamHistory(
  db: Database,
  actor: Actor,
  filter: TeamHistoryFilter,
): Promise<TeamHistoryPage> {
  const { ownerId, kind, side, text, limit = HISTORY_PAGE } = filter;
  const after = decodeCursor(LIST, filter.cursor, 1);
  const wanted = sql`${after === null ? sql`true` : sql`j.entry_id < ${after[0]}::bigint`}
    and ${kind === undefined ? sql`true` : KINDS[kind]}
    and ${side === undefined ? sql`true` : sql`j.side = ${side}`}`;
  const named = isText(text) ? sql`t.name ilike ${`%${literal(text)}%`}` : sql`true`;
  const owned = ownerId === undefined ? sql`true` : sql`t.owner_id = ${ownerId}`;
  const read = (from: RawBuilder<unknown>) =>
    withCursor(after, () => entriesOf(db, actor, from, sql`${named} and ${owned}`, limit + 1));

  if (ownerId !== undefined) {
    const recent = await read(newestOfAll(actor, wanted, RECENT));
    const rows =
      recent.length > limit
        ? recent
        : await read(newestOfTasks(actor, ownerId, wanted, named, limit + 1));
    return pageOf(rows, limit, null);
  }
  const rows = await read(newestOfAll(actor, wanted, isText(text) ? LOOK_MAX : limit + 1));
  const isShort = rows.length <= limit && isText(text);
  return pageOf(rows, limit, isShort ? await lookedUpTo(db, actor, wanted) : null);
}

async function entriesOf(
  db: Database,
  actor: Actor,
  from: RawBuilder<unknown>,
  narrowed: RawBuilder<unknown>,
  limit: number,
): Promise<readonly EntryRow[]> {
  const { rows } = await sql<EntryRow>`
    select j.entry_id::text as id, j.at, j.kind, j.field, j.side,
      case when j.side = 'app' then u.name else j.actor end as actor, m.user_id as "actorId",
      j.from_value as "from", j.to_value as "to", j.lost, j.has_lost as "hasLost", j.rule, j.data,
      t.task_id as "taskId", t.name as "taskName", t.owner_id as "ownerId",
      t.trashed_at is not null as "isInTrash"
    from ${from}
    join tandem.tasks t on t.workspace_id = ${actor.workspaceId} and t.task_id = j.task_id
    left join tandem.members m
      on j.side = 'app' and m.workspace_id = t.workspace_id and m.user_id = j.actor
    left join auth."user" u on u.id = m.user_id
    where ${visibleTo(actor)} and ${narrowed}
    order by j.entry_id desc
    limit ${limit}
  `.execute(db.kysely);
  return rows;
}

/** `lookedUpTo`: where to go on although the page is short. */
function pageOf(
  rows: readonly EntryRow[],
  limit: number,
  lookedUpTo: string | null,
): TeamHistoryPage {
  const entries = rows.slice(0, limit).map(viewOf);
  const last = entries.at(-1);
  const end = rows.length > limit && last !== undefined ? last.id : lookedUpTo;
  return { entries, nextCursor: end === null ? null : encodeCursor(LIST, [end]) };
}

/** Ids first: an index tells them, and only the lines of one page are read whole. */
function newestOfTasks(
  actor: Actor,
  ownerId: string,
  wanted: RawBuilder<unknown>,
  named: RawBuilder<unknown>,
  limit: number,
): RawBuilder<unknown> {
  return sql`(
    select newest.entry_id from tandem.tasks t cross join lateral (
      select j.entry_id from tandem.journal j
      where j.workspace_id = t.workspace_id and j.task_id = t.task_id and ${wanted}
      order by j.entry_id desc limit ${limit}
    ) newest
    where ${visibleTo(actor)} and t.owner_id = ${ownerId} and ${named}
    order by newest.entry_id desc limit ${limit}
  ) newest
  join tandem.journal j on j.workspace_id = ${actor.workspaceId} and j.entry_id = newest.entry_id`;
}

function newestOfAll(
  actor: Actor,
  wanted: RawBuilder<unknown>,
  limit: number,
): RawBuilder<unknown> {
  return sql`(
    select ${columns} from tandem.journal j
    where j.workspace_id = ${actor.workspaceId} and ${wanted}
    order by j.entry_id desc limit ${limit}
  ) j`;
}

const columns = sql`j.entry_id, j.task_id, j.at, j.actor, j.kind, j.field, j.side, j.from_value,
  j.to_value, j.lost, j.has_lost, j.rule, j.data`;

/** The last line that a page with a text has looked at; null: it looked at all there are. */
async function lookedUpTo(
  db: Database,
  actor: Actor,
  wanted: RawBuilder<unknown>,
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select j.entry_id::text as id from tandem.journal j
    where j.workspace_id = ${actor.workspaceId} and ${wanted}
    order by j.entry_id desc offset ${LOOK_MAX - 1} limit 1
  `.execute(db.kysely);
  return rows[0]?.id ?? null;
}

function isText(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}

/** `%` and `_` stand for themselves. */
function literal(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

function viewOf({ taskId, taskName, ownerId, isInTrash, ...entry }: EntryRow) {
  return { ...entry, task: { id: taskId, name: taskName, ownerId, isInTrash } };
}
