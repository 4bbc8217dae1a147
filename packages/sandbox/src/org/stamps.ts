/** Salesforce's way to write times: whole seconds, `.000`, an offset without a colon. */
export function stampOf(ms: number): string {
  const iso = new Date(Math.floor(ms / 1000) * 1000).toISOString();
  return `${iso.slice(0, 19)}.000+0000`;
}

/** Milliseconds of a stored stamp. */
export function msOfStamp(stamp: string): number {
  return Date.parse(`${stamp.slice(0, 23)}Z`);
}

const DATETIME =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:?\d{2})?$/;

/** Milliseconds of an ISO 8601 datetime (no zone means UTC), or null. */
export function parseDateTime(text: string): number | null {
  const parts = DATETIME.exec(text);
  if (parts === null) return null;
  const [, year, month, day, hour, minute, second, fraction = '0', zone = 'Z'] = parts;
  if (!isDate(`${year}-${month}-${day}`)) return null;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const base = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return base + Math.trunc(Number(`0.${fraction}`) * 1000) - zoneMinutes(zone) * 60_000;
}

/** A day that exists, written `YYYY-MM-DD`. Salesforce's years run from 1700 to 4000. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const year = Number(text.slice(0, 4));
  if (year < 1700 || year > 4000) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === text;
}

function zoneMinutes(zone: string): number {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith('-') ? -minutes : minutes;
}
