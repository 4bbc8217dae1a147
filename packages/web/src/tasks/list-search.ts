import type { CountQuery, TaskQuery, TaskView } from '@tandem/api';
import { isPlainDate } from '../dates/plain-date.ts';

/** Filters, sort and the open task live in the URL (B9.1). What does not parse is left out, never an error. */
export interface ListSearch {
  readonly view?: View;
  readonly from?: string;
  readonly to?: string;
  readonly type?: TypeFilter;
  readonly priority?: PriorityFilter;
  readonly text?: string;
  readonly owner?: string;
  /** A Salesforce id. */
  readonly person?: string;
  readonly sync?: SyncFilter;
  readonly sort?: Sort;
  /** The saved view that these filters came from, or are a change of. */
  readonly saved?: string;
  readonly task?: string;
  /** B12.5: whose tasks are looked at, where it is not one's own. */
  readonly as?: string;
}

export type View = Exclude<TaskView, 'all'>;
export type TypeFilter = NonNullable<TaskQuery['type']>;
export type PriorityFilter = NonNullable<TaskQuery['priority']>;
export type SyncFilter = NonNullable<TaskQuery['syncState']>;
export type Sort = (typeof SORTS)[number];

export const VIEWS = [
  'today_and_tomorrow',
  'overdue',
  'today',
  'tomorrow',
  'next_7_days',
  'no_date',
  'all_open',
  'completed',
  'range',
  'trash',
] as const satisfies readonly View[];
export const TYPES = ['email', 'call', 'inmail', 'custom'] as const satisfies readonly TypeFilter[];
export const PRIORITIES = ['high', 'normal'] as const satisfies readonly PriorityFilter[];
export const SYNC_STATES = [
  'needs_you',
  'needs_admin',
  'waiting',
  'sending',
  'in_step',
  'not_synced',
] as const satisfies readonly SyncFilter[];
export const SORTS = [
  'dueDate',
  '-dueDate',
  'name',
  '-name',
  '-createdAt',
  '-updatedAt',
  '-priority',
] as const satisfies readonly TaskQuery['sort'][];

export const DEFAULT_VIEW: View = 'today_and_tomorrow';
/** As long as the API takes. */
const TEXT_MAX = 200;
const ID_MAX = 200;
const SALESFORCE_ID = /^[a-zA-Z0-9]{18}$/;

export function readListSearch(search: Record<string, unknown>): ListSearch {
  const view = oneOf(VIEWS, search.view);
  const text =
    typeof search.text === 'string' || typeof search.text === 'number'
      ? String(search.text).slice(0, TEXT_MAX)
      : '';
  const date = (value: unknown) =>
    typeof value === 'string' && isPlainDate(value) ? value : undefined;
  return withoutGaps({
    view: view === DEFAULT_VIEW ? undefined : view,
    from: view === 'range' ? date(search.from) : undefined,
    to: view === 'range' ? date(search.to) : undefined,
    type: oneOf(TYPES, search.type),
    priority: oneOf(PRIORITIES, search.priority),
    text: text === '' ? undefined : text,
    owner: ownerOf(search.owner),
    person:
      typeof search.person === 'string' && SALESFORCE_ID.test(search.person)
        ? search.person
        : undefined,
    sync: oneOf(SYNC_STATES, search.sync),
    sort: oneOf(SORTS, search.sort),
    saved: typeof search.saved === 'string' ? search.saved : undefined,
    task: typeof search.task === 'string' ? search.task : undefined,
    as: typeof search.as === 'string' ? search.as : undefined,
  });
}

function ownerOf(owner: unknown): string | undefined {
  if (typeof owner !== 'string' || owner === '' || owner.length > ID_MAX) return undefined;
  return owner === 'me' ? undefined : owner;
}

/** Newest first where the work is done; by due date everywhere else. */
export function defaultSort(view: View): Sort {
  return view === 'completed' || view === 'trash' ? '-updatedAt' : 'dueDate';
}

/** What the API is asked; null while a range misses an end or runs backwards. */
export function listQueryOf(search: ListSearch): TaskQuery | null {
  const view = search.view ?? DEFAULT_VIEW;
  const { from, to } = search;
  if (view === 'range' && !(from && to && from <= to)) return null;
  return withoutGaps({
    view,
    from,
    to,
    ...narrowerOf(search),
    sort: search.sort ?? defaultSort(view),
  });
}

/** What narrows every view alike; the numbers on the tabs are of this. */
export function narrowerOf(search: ListSearch): CountQuery {
  const text = search.text?.trim();
  return withoutGaps({
    type: search.type,
    priority: search.priority,
    owner: search.owner,
    personId: search.person,
    syncState: search.sync,
    text: text === '' ? undefined : text,
  });
}

export const NO_FILTER = {
  type: undefined,
  priority: undefined,
  text: undefined,
  person: undefined,
  sync: undefined,
} as const;

/** Whose tasks they are is no filter: an empty list of a colleague's is empty, not filtered away. */
export function isFiltered(search: ListSearch): boolean {
  return Boolean(search.type || search.priority || search.text || search.person || search.sync);
}

function oneOf<V extends string>(values: readonly V[], value: unknown): V | undefined {
  return values.find((known) => known === value);
}

type WithoutGaps<O> = { [K in keyof O]?: Exclude<O[K], undefined> };

/** exactOptionalPropertyTypes: an absent key, not one that holds undefined. */
export function withoutGaps<O extends object>(object: O): WithoutGaps<O> {
  return Object.fromEntries(
    Object.entries(object).filter((entry) => entry[1] !== undefined),
  ) as WithoutGaps<O>;
}
