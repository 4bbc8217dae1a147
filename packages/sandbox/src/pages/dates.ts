/** Dates as the pages show them. A due date is a calendar day and never meets a time zone. */

export interface DueWords {
  readonly text: string;
  readonly tone: 'overdue' | 'today' | 'plain';
}

export function dueWords(date: string | null, today: string, closed: boolean): DueWords | null {
  if (date === null) return null;
  const days = daysBetween(today, date);
  if (days === 0) return { text: 'Today', tone: closed ? 'plain' : 'today' };
  if (days === 1) return { text: 'Tomorrow', tone: 'plain' };
  const text = longDate(date, date.slice(0, 4) !== today.slice(0, 4));
  return { text, tone: days < 0 && !closed ? 'overdue' : 'plain' };
}

export function longDate(date: string, withYear = true): string {
  const at = Date.parse(`${date}T00:00:00Z`);
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
    ...(withYear ? { year: 'numeric' } : {}),
  }).format(at);
}

export function moment(stamp: unknown, timeZone: string): string {
  const at = Date.parse(String(stamp).replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  if (!Number.isFinite(at)) return '';
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(at);
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
