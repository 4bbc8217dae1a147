import type {
  CreateRow,
  Instant,
  Reply,
  RowResult,
  SalesforceId,
  SalesforcePatch,
  StampPage,
  TaskPage,
  UpdateRow,
} from '@tandem/engine';
import type { Client } from './client.ts';
import { readCollection } from './row-results.ts';
import { ownFault } from './salesforce-errors.ts';
import { apiName, listOf, moment, quoted } from './soql.ts';
import { readStampPage, STAMP_ROWS, selectStamps } from './stamp-rows.ts';
import { readTaskPage, selectTasks } from './task-rows.ts';
import { createTaskWrites, type GuardedRow } from './task-writes.ts';

/** Salesforce's limit of one collections call. 200 ids or keys also fit a query's 16 KB URL. */
export const BULK_ROWS = 200;
/** Salesforce takes 25 subrequests in one composite call; the first reads the records as they were. */
export const GUARDED_ROWS = 24;

/** With the change feed, what sync needs of Salesforce: `SalesforcePort` in `@tandem/sync` has the same shape. */
export interface TaskCalls {
  importPage(
    ownerId: SalesforceId,
    windowStart: Instant | null,
    cursor: string | null,
  ): Promise<Reply<TaskPage>>;
  readTasks(ids: readonly SalesforceId[]): Promise<Reply<TaskPage>>;
  findByCreationKey(keys: readonly string[]): Promise<Reply<TaskPage>>;
  findBySubject(
    subjects: readonly (string | null)[],
    createdSince: Instant,
  ): Promise<Reply<TaskPage>>;
  stampsAfter(ownerId: SalesforceId, after: SalesforceId | null): Promise<Reply<StampPage>>;
  createTasks(rows: readonly CreateRow[]): Promise<Reply<readonly RowResult[]>>;
  updateTasks(rows: readonly UpdateRow[]): Promise<Reply<readonly RowResult[]>>;
  deleteTasks(ids: readonly SalesforceId[]): Promise<Reply<readonly RowResult[]>>;
}

const NO_KEY_FIELD = ownFault('NO_CREATION_KEY', 'this org has no creation key field');

/** `creationKeyField`: API name of the unique key field on Activity (R7), null where the org has none. */
export function createTaskCalls(client: Client, creationKeyField: string | null): TaskCalls {
  const keyField = creationKeyField === null ? null : apiName(creationKeyField);
  const select = selectTasks(keyField);

  /** Always queryAll: `query` hides deleted and archived tasks alike, which would look like loss. */
  function page(where: string, cursor: string | null): Promise<Reply<TaskPage>> {
    const path = cursor ?? `/queryAll?q=${encodeURIComponent(`${select} WHERE ${where}`)}`;
    return client.request({
      effect: 'read',
      method: 'GET',
      path,
      read: (body) => readTaskPage(body, keyField),
    });
  }

  const writes = createTaskWrites(client, keyField);

  return {
    importPage(ownerId, windowStart, cursor) {
      const window =
        windowStart === null
          ? 'IsClosed = false'
          : `(LastModifiedDate >= ${moment(windowStart)} OR CreatedDate >= ${moment(windowStart)})`;
      // A record in the Recycle Bin is nothing to import: it would only be counted among what was found (B6.3).
      const where = `OwnerId = ${quoted(ownerId)} AND IsDeleted = false AND ${window}`;
      return page(`${where} ORDER BY Id`, cursor);
    },

    readTasks: (ids) => page(`Id IN ${listOf(within(ids, BULK_ROWS))}`, null),

    async findByCreationKey(keys) {
      // Not an empty page: that would say that the records do not exist.
      if (keyField === null) return { kind: 'fault', fault: NO_KEY_FIELD };
      return page(`${keyField} IN ${listOf(within(keys, BULK_ROWS))}`, null);
    },

    findBySubject(subjects, createdSince) {
      const named = within(subjects, BULK_ROWS).filter((subject) => subject !== null);
      const either = [
        ...(named.length === 0 ? [] : [`Subject IN ${listOf(named)}`]),
        ...(named.length === subjects.length ? [] : ['Subject = null']),
      ];
      return page(`(${either.join(' OR ')}) AND CreatedDate >= ${moment(createdSince)}`, null);
    },

    stampsAfter(ownerId, after) {
      const from = after === null ? '' : ` AND Id > ${quoted(after)}`;
      const where = `OwnerId = ${quoted(ownerId)} AND IsRecurrence = false${from}`;
      const soql = `${selectStamps} WHERE ${where} ORDER BY Id LIMIT ${STAMP_ROWS}`;
      return client.request({
        effect: 'read',
        method: 'GET',
        path: `/queryAll?q=${encodeURIComponent(soql)}`,
        read: readStampPage,
      });
    },

    createTasks(rows) {
      const records = within(rows, BULK_ROWS).map(({ creationKey, body }) => ({
        attributes: { type: 'Task' },
        ...body,
        ...(keyField === null ? {} : { [keyField]: creationKey }),
      }));
      return client.request({
        effect: 'write',
        method: 'POST',
        path: '/composite/sobjects',
        body: { allOrNone: false, records },
        read: (body) => readCollection(body, records.length, () => false, keyField),
      });
    },

    updateTasks(rows) {
      const guards = rows.filter((row): row is GuardedRow => row.ifUnmodifiedSince !== null);
      if (guards.length > 0 && guards.length < rows.length) {
        throw new TypeError('rows of one call must be all guarded or all bulk');
      }
      if (guards.length > 0) return writes.guarded(within(guards, GUARDED_ROWS));
      return writes.bulk(
        within(rows, BULK_ROWS),
        (index) => !pointsElsewhere(rows[index]?.body ?? {}),
      );
    },

    deleteTasks: (ids) => writes.remove(within(ids, BULK_ROWS)),
  };
}

/**
 * Whether the row writes a person, a related record or an owner. "Not there" may then mean any of them;
 * whether the task itself is gone, the change feed will tell.
 */
function pointsElsewhere(body: SalesforcePatch): boolean {
  return Object.keys(body).some((field) => field.endsWith('Id') && body[field] !== null);
}

function within<T>(items: readonly T[], limit: number): readonly T[] {
  if (items.length === 0 || items.length > limit) {
    throw new RangeError(`a call takes 1 to ${limit} rows, got ${items.length}`);
  }
  return items;
}
