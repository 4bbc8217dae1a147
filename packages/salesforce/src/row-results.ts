import type { RowResult, SalesforceFault } from '@tandem/engine';
import { salesforceId } from './ids.ts';
import { isObject, readAll } from './json.ts';
import { faultIn, ownFault } from './salesforce-errors.ts';

/** Results of a collections call, in the order of its rows; null if one of them cannot be told. */
export function readCollection(body: unknown, rows: number): readonly RowResult[] | null {
  const results = readAll(body, collectionRow);
  return results?.length === rows ? results : null;
}

function collectionRow(value: unknown): RowResult | null {
  if (!isObject(value)) return null;
  if (value.success === true) {
    const id = salesforceId(value.id);
    return id === null ? null : { kind: 'done', id };
  }
  const fault = faultIn(value.errors, null);
  return fault === null ? null : refusal(fault);
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
  return readAll([...ids.entries()], (entry) => {
    const [index, id] = entry as [number, string];
    return compositeRow(replies.get(referenceOf(index)), id);
  });
}

function compositeRow(reply: unknown, id: string): RowResult | null {
  if (!isObject(reply) || typeof reply.httpStatusCode !== 'number') return null;
  const status = reply.httpStatusCode;
  if (status >= 200 && status < 300) return { kind: 'done', id };
  if (status === 412) return { kind: 'stale' };
  const fault = faultIn(reply.body, status);
  if (fault !== null) return refusal(fault);
  const message = `Salesforce answered with HTTP ${status}`;
  return status >= 500
    ? { kind: 'unknown', message }
    : refusal(ownFault(`HTTP_${status}`, message, status));
}

function refusal(fault: SalesforceFault): RowResult {
  if (isGone(fault)) return { kind: 'gone' };
  return { kind: 'refused', fault, duplicateOf: duplicateOf(fault) };
}

/**
 * The record itself is deleted or not there. The same codes with a field name speak of a record that
 * the field refers to.
 */
function isGone({ code, fields }: SalesforceFault): boolean {
  if (fields.length > 0) return false;
  return (
    code === 'ENTITY_IS_DELETED' || code === 'NOT_FOUND' || code === 'INVALID_CROSS_REFERENCE_KEY'
  );
}

/** `duplicate value found: Tandem_Key__c duplicates value on record with id: 00T…` */
function duplicateOf({ code, message }: SalesforceFault): string | null {
  if (code !== 'DUPLICATE_VALUE') return null;
  return salesforceId(/record with id: ?([A-Za-z0-9]+)/i.exec(message)?.[1]);
}
