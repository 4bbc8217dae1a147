import type { Ctx, Org } from '../org/org.ts';

/** A task as the pages show it. */
export interface TaskRow {
  readonly id: string;
  readonly subject: string | null;
  readonly status: string;
  readonly priority: string;
  readonly isHigh: boolean;
  readonly isClosed: boolean;
  readonly isDeleted: boolean;
  readonly isArchived: boolean;
  readonly isSeries: boolean;
  readonly inSeries: boolean;
  readonly dueDate: string | null;
  readonly who: Named | null;
  readonly what: Named | null;
  readonly owner: Named | null;
  readonly createdBy: Named | null;
  readonly createdDate: string;
  readonly modifiedBy: Named | null;
  readonly modifiedDate: string;
  readonly stamp: string;
  readonly description: string | null;
}

export interface Named {
  readonly id: string;
  readonly name: string;
  readonly type: string;
}

export const LIST_VIEWS = [
  { key: 'open', label: 'My open tasks' },
  { key: 'all', label: 'All' },
  { key: 'completed', label: 'Completed' },
  { key: 'bin', label: 'Recycle Bin' },
] as const;
export type ListView = (typeof LIST_VIEWS)[number]['key'];

export const SORTS = {
  subject: 'Subject',
  name: 'Who.Name',
  related: 'What.Name',
  due: 'ActivityDate',
  status: 'Status',
  priority: 'Priority',
  owner: 'Owner.Name',
  modified: 'LastModifiedDate',
} as const;
export type SortKey = keyof typeof SORTS;

export interface ListQuery {
  readonly view: ListView;
  readonly search: string;
  readonly sort: SortKey;
  readonly descending: boolean;
  readonly page: number;
}

/** The order a view opens in: what is due first, and in the list of everything what changed last. */
export function plainOrder(view: ListView): Pick<ListQuery, 'sort' | 'descending'> {
  return view === 'all'
    ? { sort: 'modified', descending: true }
    : { sort: 'due', descending: false };
}

export const ROWS_PER_PAGE = 50;
/** SOQL refuses a larger OFFSET than 2,000. */
export const PAGES_MAX = 2_000 / ROWS_PER_PAGE + 1;

const FIELDS = [
  'Id, Subject, Status, Priority, IsHighPriority, IsClosed, IsDeleted, IsArchived, IsRecurrence',
  'RecurrenceActivityId, ActivityDate, WhoId, Who.Name, Who.Type, WhatId, What.Name, What.Type',
  'OwnerId, Owner.Name, CreatedById, CreatedBy.Name, CreatedDate, LastModifiedById',
  'LastModifiedBy.Name, LastModifiedDate, SystemModstamp',
].join(', ');

export function listTasks(
  org: Org,
  ctx: Ctx,
  query: ListQuery,
): { readonly rows: readonly TaskRow[]; readonly total: number } {
  const where = conditions(query, ctx).join(' AND ');
  const direction = query.descending ? 'DESC' : 'ASC';
  const order = `${SORTS[query.sort]} ${direction} NULLS LAST, Id ${direction}`;
  const offset = (query.page - 1) * ROWS_PER_PAGE;
  const options = { all: query.view === 'bin' };
  const total = org.query(`SELECT COUNT() FROM Task WHERE ${where}`, ctx, options).totalSize;
  const soql = `SELECT ${FIELDS} FROM Task WHERE ${where} ORDER BY ${order} LIMIT ${ROWS_PER_PAGE} OFFSET ${offset}`;
  return { rows: org.query(soql, ctx, options).records.map(toRow), total };
}

/** The task with its names and comments, also from the bin; null when this person may not see it. */
export function findTask(org: Org, ctx: Ctx, id: string): TaskRow | null {
  if (!/^00T[A-Za-z0-9]{12}([A-Za-z0-9]{3})?$/.test(id)) return null;
  const soql = `SELECT ${FIELDS}, Description FROM Task WHERE Id = '${id}'`;
  const found = org.query(soql, ctx, { all: true }).records[0];
  return found === undefined ? null : toRow(found);
}

export interface StatusChoice {
  readonly value: string;
  readonly label: string;
  readonly isClosed: boolean;
  readonly isDefault: boolean;
}

export function statusChoices(org: Org, ctx: Ctx): readonly StatusChoice[] {
  const soql =
    'SELECT ApiName, MasterLabel, IsClosed, IsDefault FROM TaskStatus ORDER BY SortOrder';
  return org.query(soql, ctx).records.map((row) => ({
    value: String(row.ApiName),
    label: String(row.MasterLabel ?? row.ApiName),
    isClosed: row.IsClosed === true,
    isDefault: row.IsDefault === true,
  }));
}

export function priorityChoices(org: Org, ctx: Ctx): readonly Omit<StatusChoice, 'isClosed'>[] {
  const soql = 'SELECT ApiName, MasterLabel, IsDefault FROM TaskPriority ORDER BY SortOrder';
  return org.query(soql, ctx).records.map((row) => ({
    value: String(row.ApiName),
    label: String(row.MasterLabel ?? row.ApiName),
    isDefault: row.IsDefault === true,
  }));
}

/** A list to choose from stays usable up to here; a bigger org would need a lookup. */
const CHOICES_MAX = 400;

export function recordChoices(org: Org, ctx: Ctx, objects: readonly string[]): readonly Named[] {
  return objects.flatMap((object) =>
    org
      .query(`SELECT Id, Name FROM ${object} ORDER BY Name LIMIT ${CHOICES_MAX}`, ctx)
      .records.map((row) => ({ id: String(row.Id), name: String(row.Name), type: object })),
  );
}

function conditions(query: ListQuery, ctx: Ctx): readonly string[] {
  const mine = `OwnerId = '${ctx.userId}'`;
  const base: Record<ListView, readonly string[]> = {
    open: [mine, 'IsClosed = false', 'IsRecurrence = false'],
    all: ['IsDeleted = false'],
    completed: ['IsClosed = true'],
    bin: ['IsDeleted = true'],
  };
  const search = query.search === '' ? [] : [`Subject LIKE '%${escapeLike(query.search)}%'`];
  return [...base[query.view], ...search];
}

function escapeLike(text: string): string {
  return text.replace(/[\\'%_]/g, (sign) => `\\${sign}`);
}

function toRow(record: Readonly<Record<string, unknown>>): TaskRow {
  const text = (name: string) => (typeof record[name] === 'string' ? String(record[name]) : null);
  return {
    id: String(record.Id),
    subject: text('Subject'),
    status: String(record.Status),
    priority: String(record.Priority),
    isHigh: record.IsHighPriority === true,
    isClosed: record.IsClosed === true,
    isDeleted: record.IsDeleted === true,
    isArchived: record.IsArchived === true,
    isSeries: record.IsRecurrence === true,
    inSeries: text('RecurrenceActivityId') !== null,
    dueDate: text('ActivityDate'),
    who: named(record, 'Who', 'WhoId'),
    what: named(record, 'What', 'WhatId'),
    owner: named(record, 'Owner', 'OwnerId'),
    createdBy: named(record, 'CreatedBy', 'CreatedById'),
    createdDate: String(record.CreatedDate),
    modifiedBy: named(record, 'LastModifiedBy', 'LastModifiedById'),
    modifiedDate: String(record.LastModifiedDate),
    stamp: String(record.SystemModstamp),
    description: text('Description'),
  };
}

function named(
  record: Readonly<Record<string, unknown>>,
  relationship: string,
  idField: string,
): Named | null {
  const id = record[idField];
  if (typeof id !== 'string') return null;
  const parent = record[relationship] as { Name?: unknown; Type?: unknown } | null | undefined;
  return { id, name: String(parent?.Name ?? id), type: String(parent?.Type ?? '') };
}
