import type { RowResult, SalesforceFault, SalesforceId, SalesforceTask } from '@tandem/engine';
import { salesforceId } from './ids.ts';
import { isObject, readAll } from './json.ts';
import { faultIn, ownFault } from './salesforce-errors.ts';
import { readTaskPage } from './task-rows.ts';

/**
 * Results of a collections call, in the order of its rows; null if one of them cannot be told.
 * `aboutItself(index)`: an error that speaks of a missing record can only mean the row's own record.
 */
export function readCollection(
  body: unknown,
  rows: number,
  aboutItself: (index: number) => boolean,
  keyField: string | null,
): readonly RowResult[] | null {
  const results = readAll(body, (value, index) =>
    collectionRow(value, aboutItself(index), keyField),
  );
  return results?.length === rows ? results : null;
}

function collectionRow(
  value: unknown,
  aboutItself: boolean,
  keyField: string | null,
): RowResult | null {
  if (!isObject(value)) return null;
  if (value.success === true) {
    const id = salesforceId(value.id);
    return id === null ? null : { kind: 'done', id, before: null };
  }
  const fault = faultIn(value.errors, null);
  if (fault === null) return null;
  return aboutItself && GONE.has(fault.code) ? { kind: 'gone' } : refused(fault, keyField);
}

/** Names of the subrequests of a composite call; each reply carries its own back. */
export const BEFORE = 'before';
export const WRITTEN = 'written';

export function referenceOf(index: number): string {
  return `row${index}`;
}

/** Results of single-record PATCHes of a composite call; null if one of them cannot be told. */
export function readGuarded(
  body: unknown,
  ids: readonly SalesforceId[],
  keyField: string | null,
): readonly RowResult[] | null {
  const replies = repliesIn(body);
  const before = tasksBefore(replies.get(BEFORE), keyField);
  return readAll(ids, (value, index) => {
    const id = value as SalesforceId;
    return guardedRow(replies.get(referenceOf(index)), id, before.get(id) ?? null);
  });
}

/** What came of one collection within a composite call: of its rows, or of all of them at once. */
type Written =
  | { readonly kind: 'rows'; readonly rows: readonly RowResult[] }
  | { readonly kind: 'fault'; readonly fault: SalesforceFault }
  | { readonly kind: 'unknown'; readonly message: string };

export function readWritten(
  body: unknown,
  ids: readonly SalesforceId[],
  aboutItself: (index: number) => boolean,
  keyField: string | null,
): Written | null {
  const replies = repliesIn(body);
  const reply = replies.get(WRITTEN);
  if (reply === undefined) return null;
  if (reply.status >= 200 && reply.status < 300) {
    const before = tasksBefore(replies.get(BEFORE), keyField);
    const mayBeGone = (index: number) =>
      aboutItself(index) && !isAlive(before.get(ids[index] ?? '') ?? null);
    const rows = readCollection(reply.body, ids.length, mayBeGone, keyField)?.map((row) =>
      row.kind === 'done' ? { ...row, before: before.get(row.id) ?? null } : row,
    );
    return rows === undefined ? null : { kind: 'rows', rows };
  }
  const message = `Salesforce answered with HTTP ${reply.status}`;
  const fault =
    faultIn(reply.body, reply.status) ?? ownFault(`HTTP_${reply.status}`, message, reply.status);
  // A server's error does not say how far a write had come.
  return reply.status >= 500 ? { kind: 'unknown', message } : { kind: 'fault', fault };
}

interface SubReply {
  readonly status: number;
  readonly body: unknown;
}

function repliesIn(body: unknown): ReadonlyMap<unknown, SubReply> {
  const items =
    isObject(body) && Array.isArray(body.compositeResponse) ? body.compositeResponse : [];
  return new Map(
    items.flatMap((item: unknown) =>
      isObject(item) && typeof item.httpStatusCode === 'number'
        ? [[item.referenceId, { status: item.httpStatusCode, body: item.body }] as const]
        : [],
    ),
  );
}

/**
 * A write counts also where the records could not be read before it: the first part of a query's reply may
 * hold fewer, and a query may fail by itself.
 */
function tasksBefore(
  reply: SubReply | undefined,
  keyField: string | null,
): ReadonlyMap<SalesforceId, SalesforceTask> {
  const page = reply?.status === 200 ? readTaskPage(reply.body, keyField) : null;
  return new Map(page?.tasks.map((task) => [task.Id, task]));
}

/**
 * Shown alive a moment before: whatever "not there" then means, looking again would show the same, and
 * writing again would be answered the same, without an end.
 */
function isAlive(before: SalesforceTask | null): boolean {
  return before !== null && !before.IsDeleted;
}

function guardedRow(
  reply: SubReply | undefined,
  id: SalesforceId,
  before: SalesforceTask | null,
): RowResult | null {
  if (reply === undefined) return null;
  const { status } = reply;
  if (status >= 200 && status < 300) return { kind: 'done', id, before };
  if (status === 412) return { kind: 'stale' };
  const fault = faultIn(reply.body, status);
  // A 404 speaks of the record in the address; a missing contact or account is a 400.
  const speaksOfIt = status === 404 && (fault === null || GONE.has(fault.code));
  if (speaksOfIt && !isAlive(before)) return { kind: 'gone' };
  if (fault !== null) return refused(fault, null);
  const message = `Salesforce answered with HTTP ${status}`;
  return status >= 500
    ? { kind: 'unknown', message }
    : refused(ownFault(`HTTP_${status}`, message, status), null);
}

/** Codes for a record that is deleted or not there. Salesforce names no field with them. */
const GONE = new Set(['ENTITY_IS_DELETED', 'NOT_FOUND', 'INVALID_CROSS_REFERENCE_KEY']);

function refused(fault: SalesforceFault, keyField: string | null): RowResult {
  return { kind: 'refused', fault, duplicateOf: duplicateOf(fault, keyField) };
}

/**
 * `duplicate value found: Tandem_Key__c duplicates value on record with id: 00T…`. Another unique field of
 * the org says the same of a record that is not ours.
 */
function duplicateOf({ code, message }: SalesforceFault, keyField: string | null): string | null {
  if (code !== 'DUPLICATE_VALUE' || keyField === null) return null;
  const [, field = '', id] =
    /duplicate value found: ?(\S+) .*record with id: ?([A-Za-z0-9]+)/i.exec(message) ?? [];
  return field.toLowerCase() === keyField.toLowerCase() ? salesforceId(id) : null;
}
