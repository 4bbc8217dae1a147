import type { StampPage } from '@tandem/engine';
import { instantOf } from './dates.ts';
import { salesforceId } from './ids.ts';
import { isObject, readAll } from './json.ts';

/** Salesforce's largest query batch: one call shows this many records of a full comparison (R13). */
export const STAMP_ROWS = 2_000;

export const selectStamps = 'SELECT Id,SystemModstamp,IsDeleted FROM Task';

/** Null when anything in it is not as documented: half a page would look like missing records. */
export function readStampPage(body: unknown): StampPage | null {
  if (!isObject(body)) return null;
  const stamps = readAll(body.records, (row) => {
    if (!isObject(row)) return null;
    const Id = salesforceId(row.Id);
    const SystemModstamp = instantOf(row.SystemModstamp);
    if (Id === null || SystemModstamp === null) return null;
    return { Id, SystemModstamp, IsDeleted: row.IsDeleted === true };
  });
  if (stamps === null) return null;
  // A query with LIMIT ends with `done`, so that a full page is the only sign that there may be more.
  return { stamps, more: stamps.length === STAMP_ROWS };
}
