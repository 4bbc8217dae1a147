import type { Instant } from '@tandem/engine';

/** Salesforce writes `2026-09-14T18:29:24.000+0000`; other offsets and `Z` are read as well. */
const DATETIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?)(?:Z|([+-]\d\d):?(\d\d))$/;

export function instantOf(value: unknown): Instant | null {
  if (typeof value !== 'string') return null;
  const match = DATETIME.exec(value);
  if (match === null) return null;
  const [, local, hours, minutes] = match;
  return isoOf(hours === undefined ? `${local}Z` : `${local}${hours}:${minutes}`);
}

/** The `Date` header. RFC 9110 asks for this one form; `Date.parse` alone would accept much more. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

export function instantOfHttpDate(value: string | null): Instant | null {
  return value !== null && HTTP_DATE.test(value) ? isoOf(value) : null;
}

/** For `If-Unmodified-Since`. Drops the milliseconds, which Salesforce's stamps do not have. */
export function httpDate(instant: Instant): string {
  return new Date(instant).toUTCString();
}

function isoOf(text: string): Instant | null {
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

/** ActivityDate: taken as text, so that no clock type can shift the day (B1.1). */
export function plainDateOf(value: unknown): string | null {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? value : null;
}
