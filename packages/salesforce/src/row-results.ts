import type { RowResult, SalesforceFault } from '@tandem/engine';
import { salesforceId } from './ids.ts';
import { isObject, readAll } from './json.ts';
import { faultIn, ownFault } from './salesforce-errors.ts';

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

/** The name of one subrequest of a composite call; its reply carries it back. */
export function referenceOf(index: number): string {
  return `row${index}`;
}

/** Results of single-record PATCHes within one composite call, matched by reference. */
export function readComposite(body: unknown, ids: readonly string[]): readonly RowResult[] | null {
  if (!isObject(body)) return null;
  const replies = new Map<unknown, unknown>();
  for (const reply of readAll(body.compositeResponse, (item) => item ?? null) ?? []) {
    if (isObject(reply)) replies.set(reply.referenceId, reply);
  }
  const results: RowResult[] = [];
  for (const [index, id] of ids.entries()) {
    const result = compositeRow(replies.get(referenceOf(index)), id);
    if (result === null) return null;
    results.push(result);
  }
  return results;
}

function compositeRow(reply: unknown, id: string): RowResult | null {
  if (!isObject(reply) || typeof reply.httpStatusCode !== 'number') return null;
  const status = reply.httpStatusCode;
  if (status >= 200 && status < 300) return { kind: 'done', id, before: null };
  if (status === 412) return { kind: 'stale' };
  const fault = faultIn(reply.body, status);
  // A 404 speaks of the record in the address; a missing contact or account is a 400.
  if (status === 404 && (fault === null || GONE.has(fault.code))) return { kind: 'gone' };
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
