import { type RawBuilder, sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { decodeCursor, encodeCursor, withCursor } from '../cursor.ts';
import type { Database } from '../database.ts';
import { InvalidValue } from '../errors.ts';
import { syncJoins, syncState } from '../status/sync-words.ts';
import type { TaskFilter, TaskPage } from './filter.ts';
import { type TaskSelection, taskColumns, viewOf } from './read-tasks.ts';
import { SORTS, type SortOrder } from './sorts.ts';
import { visibleTo } from './visible.ts';

/** A page a person scrolls through; the contract allows no more. */
export const PAGE_MAX = 500;

/**
 * One page of tasks. First the page's ids, from the tasks alone where the filter allows, then what is shown
 * of those few: links and connections are looked up for a page, never for the whole list.
 * With the default order an index ends the search at the page's end; other orders sort what is visible.
 */
export async function listTasks(db: Database, actor: Actor, filter: TaskFilter): Promise<TaskPage> {
  if (filter.limit < 1 || filter.limit > PAGE_MAX) {
    throw new InvalidValue('limit', `must be between 1 and ${PAGE_MAX}`);
  }
  const order = SORTS[filter.sort];
  const list = `tasks:${filter.sort}`;
  const after = decodeCursor(list, filter.cursor, order.keys.length);
  const keys = order.keys.map((key, index) => sql`(${key})::text as ${sql.ref(`key${index}`)}`);
  const sorted = sql.join(order.keys.map((key) => sql`${key} ${order.direction}`));
  const { rows } = await withCursor(after, () =>
    sql<TaskSelection & Record<`key${number}`, string>>`
      with page as materialized (
        select t.workspace_id, t.task_id, row_number() over (order by ${sorted}) as place,
          ${sql.join(keys)}
        from tandem.tasks t ${filter.syncState === undefined ? sql`` : syncJoins}
        where ${conditions(actor, filter)} and ${startAfter(order, after)}
        order by ${sorted}
        limit ${filter.limit + 1}
      )
      select ${taskColumns}, ${sql.join(order.keys.map((_, index) => sql.ref(`page.key${index}`)))}
      from page
      join tandem.tasks t using (workspace_id, task_id)
      ${syncJoins}
      order by page.place
    `.execute(db.kysely),
  );
  const shown = rows.slice(0, filter.limit);
  const last = shown.at(-1);
  const more = rows.length > filter.limit && last !== undefined;
  return {
    tasks: shown.map(viewOf),
    nextCursor: more
      ? encodeCursor(
          list,
          order.keys.map((_, index) => last[`key${index}`] ?? ''),
        )
      : null,
  };
}

function startAfter(order: SortOrder, keys: readonly string[] | null): RawBuilder<unknown> {
  if (keys === null) return sql`true`;
  const values = keys.map((key, index) => sql`${key}::${order.types[index]}`);
  return sql`(${sql.join([...order.keys])}) ${order.after} (${sql.join(values)})`;
}

function conditions(actor: Actor, filter: TaskFilter): RawBuilder<unknown> {
  const all: RawBuilder<unknown>[] = [
    narrowed(actor, filter),
    filter.trash === 'only' ? sql`t.trashed_at is not null` : sql`t.trashed_at is null`,
  ];
  if (filter.status !== undefined) all.push(sql`t.status = ${filter.status}`);
  all.push(...dueConditions(filter.due));
  return sql.join(all, sql` and `);
}

/** What may be chosen beside a view: the same for the list and for the numbers on its tabs. */
export type Narrower = Pick<
  TaskFilter,
  'ownerId' | 'type' | 'priority' | 'personId' | 'syncState' | 'text' | 'reassigned'
>;

/** Needs `syncJoins` where a sync state is asked for. */
export function narrowed(actor: Actor, filter: Narrower): RawBuilder<unknown> {
  const all: RawBuilder<unknown>[] = [visibleTo(actor)];
  if (filter.reassigned !== 'show' && filter.syncState === undefined) all.push(notLeft);
  if (filter.type !== undefined) all.push(sql`t.type = ${filter.type}`);
  if (filter.priority !== undefined) all.push(sql`t.priority = ${filter.priority}`);
  if (filter.ownerId !== undefined) all.push(sql`t.owner_id = ${filter.ownerId}`);
  if (filter.personId !== undefined) all.push(sql`t.person ->> 'id' = ${filter.personId}`);
  if (filter.syncState !== undefined) all.push(sql`${syncState} = ${filter.syncState}`);
  if (filter.text !== undefined && filter.text !== '') all.push(contains(filter.text));
  return sql.join(all, sql` and `);
}

function dueConditions(due: TaskFilter['due']): RawBuilder<unknown>[] {
  if (due === undefined || due.kind === 'any') return [];
  if (due.kind === 'none') return [sql`t.due_date is null`];
  return [
    sql`t.due_date is not null`,
    ...(due.from === null ? [] : [sql`${DUE_KEY} >= ${due.from}::date`]),
    ...(due.to === null ? [] : [sql`${DUE_KEY} <= ${due.to}::date`]),
  ];
}

/** The indexed expression; as good as the column where the column is not null. */
const DUE_KEY = sql`coalesce(t.due_date, 'infinity'::date)`;

/** B8.3; the partial index links_left holds only these few. */
export const notLeft = sql`not exists (
  select from tandem.links x
  where x.workspace_id = t.workspace_id and x.task_id = t.task_id and x.state = 'left')`;

/** `strpos` takes the text as it is: no pattern characters to escape. */
function contains(text: string): RawBuilder<unknown> {
  const needle = sql`lower(${text.replaceAll('\0', '')}::text)`;
  return sql`(strpos(lower(t.name), ${needle}) > 0 or strpos(lower(t.details), ${needle}) > 0
    or strpos(lower(t.person ->> 'name'), ${needle}) > 0)`;
}
