import { OrgFault, type OrgRecord } from '../org/org.ts';
import { msOfStamp } from '../org/stamps.ts';
import type { RestRequest } from './types.ts';

/** 412 when the row changed after If-Unmodified-Since. It compares LastModifiedDate, whole seconds. */
export function checkUnmodified(request: RestRequest, row: OrgRecord): void {
  const since = unmodifiedSince(request);
  if (since === null || lastModified(row) <= since) return;
  throw new OrgFault(
    412,
    'ENTITY_FAILED_IFLASTMODIFIED_ON_UPDATE',
    'The record has been modified since the date in If-Unmodified-Since',
  );
}

/** A date that cannot be read is refused on PATCH and POST; DELETE does not know the header. */
export function unmodifiedSince(request: RestRequest): number | null {
  const given = request.headers['if-unmodified-since'];
  if (given === undefined || request.method === 'DELETE') return null;
  const since = httpDate(given);
  if (since === null && request.method !== 'GET') {
    const message = `Invalid value for header If-Unmodified-Since: ${given}`;
    throw new OrgFault(400, 'INVALID_HEADER_VALUE', message);
  }
  return since;
}

export function notModifiedSince(request: RestRequest, changedAt: number): boolean {
  const since = httpDate(request.headers['if-modified-since'] ?? '');
  return since !== null && Math.floor(changedAt / 1000) * 1000 <= since;
}

export function lastModified(row: OrgRecord): number {
  return msOfStamp(String(row.LastModifiedDate ?? row.SystemModstamp));
}

/** `Tue, 10 Aug 2015 00:00:00 GMT`, with or without the weekday. */
function httpDate(text: string): number | null {
  const shape =
    /^(?:\w{3,9}, )?\d{1,2}[ -]\w{3}[ -]\d{2,4} \d{2}:\d{2}:\d{2} (?:GMT|UTC|[+-]\d{4})$/;
  if (!shape.test(text.trim())) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}
