import { type RawBuilder, sql } from 'kysely';
import type { TaskSort } from './filter.ts';

/**
 * The keys of each order, all in one direction, ended by the task's id so that no two rows tie: the next
 * page then starts after a row and not at a number, and nothing is shown twice or left out.
 */
export interface SortOrder {
  readonly keys: readonly RawBuilder<unknown>[];
  /** The type each key is compared as. */
  readonly types: readonly RawBuilder<unknown>[];
  readonly direction: RawBuilder<unknown>;
  readonly after: RawBuilder<unknown>;
}

const ASCENDING = { direction: sql`asc`, after: sql`>` };
const DESCENDING = { direction: sql`desc`, after: sql`<` };

/** No date comes last in either direction. Ascending is the indexes tasks_open_by_due and …_by_owner_and_due. */
const DUE = sql`coalesce(t.due_date, 'infinity'::date)`;
const DUE_DOWN = sql`coalesce(t.due_date, '-infinity'::date)`;
/**
 * The same order for every server, whatever its default collation. No index: one on an ICU collation goes
 * wrong silently when the ICU library is updated, and sorting 10,000 names takes milliseconds.
 */
const NAME = sql`t.name collate "und-x-icu"`;
const CREATED = sql`t.created_at`;
const ID = sql`t.task_id`;
/** `high` happens to come before `normal`. */
const PRIORITY = sql`t.priority`;
/** High first also where dates descend: all keys of an order go one way. */
const PRIORITY_DOWN = sql`case t.priority when 'high' then 1 else 0 end`;

const date = sql`date`;
const text = sql`text`;
const integer = sql`integer`;
const uuid = sql`uuid`;
const timestamptz = sql`timestamptz`;

/** Within one date high priority comes first, then what is older. */
const byDue = { keys: [DUE, PRIORITY, CREATED, ID], types: [date, text, timestamptz, uuid] };
const byDueDown = {
  keys: [DUE_DOWN, PRIORITY_DOWN, CREATED, ID],
  types: [date, integer, timestamptz, uuid],
};
const byName = { keys: [NAME, ID], types: [text, uuid] };
const byCreation = { keys: [CREATED, ID], types: [timestamptz, uuid] };
/** The index tasks_by_update. */
const byUpdate = { keys: [sql`t.updated_at`, ID], types: [timestamptz, uuid] };
/** Within one priority, what is due first. */
const byPriority = { keys: [PRIORITY, DUE, CREATED, ID], types: [text, date, timestamptz, uuid] };

export const SORTS: Readonly<Record<TaskSort, SortOrder>> = {
  dueDate: { ...byDue, ...ASCENDING },
  '-dueDate': { ...byDueDown, ...DESCENDING },
  name: { ...byName, ...ASCENDING },
  '-name': { ...byName, ...DESCENDING },
  createdAt: { ...byCreation, ...ASCENDING },
  '-createdAt': { ...byCreation, ...DESCENDING },
  updatedAt: { ...byUpdate, ...ASCENDING },
  '-updatedAt': { ...byUpdate, ...DESCENDING },
  priority: { ...byPriority, ...ASCENDING },
  '-priority': { ...byPriority, ...DESCENDING },
};
