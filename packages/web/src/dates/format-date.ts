import { formOf } from './form.ts';
import { daysBetween, type PlainDate, toDayNumber } from './plain-date.ts';

/** How dates and moments look on the page. Plain dates are shown through UTC, so that no zone shifts them. */

const MS_PER_DAY = 86_400_000;
const formatters = new Map<string, Intl.DateTimeFormat>();

export function formatDate(
  date: PlainDate,
  locale: string,
  options: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' },
): string {
  return formatter(locale, { ...options, timeZone: 'UTC' }).format(toDayNumber(date) * MS_PER_DAY);
}

export type RelativeDay = 'yesterday' | 'today' | 'tomorrow';

/** Near days have a word of their own; the caller looks it up. */
export function relativeDay(date: PlainDate, today: PlainDate): RelativeDay | null {
  switch (daysBetween(today, date)) {
    case -1:
      return 'yesterday';
    case 0:
      return 'today';
    case 1:
      return 'tomorrow';
    default:
      return null;
  }
}

/** The short form of a row: the weekday within the coming week, the year only when it is another one. */
export function shortDate(date: PlainDate, today: PlainDate, locale: string): string {
  const distance = daysBetween(today, date);
  if (distance > 1 && distance < 7) return formatDate(date, locale, { weekday: 'long' });
  return formatDate(date, locale, {
    day: 'numeric',
    month: 'short',
    ...(date.slice(0, 4) === today.slice(0, 4) ? {} : { year: 'numeric' }),
  });
}

/** `Monday 24 November`, for headings. */
export function longDate(date: PlainDate, locale: string): string {
  return formatDate(date, locale, { weekday: 'long', day: 'numeric', month: 'long' });
}

/** A moment (not a calendar date) in the reader's own zone: the time today, else day and time. */
export function formatMoment(instant: string, locale: string, now: Date = new Date()): string {
  const at = new Date(instant);
  const sameDay = at.toDateString() === now.toDateString();
  const sameYear = at.getFullYear() === now.getFullYear();
  const time = { hour: '2-digit', minute: '2-digit' } as const;
  return formatter(
    locale,
    sameDay
      ? time
      : { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }), ...time },
  ).format(at);
}

/** The hour and minute of a moment, in the reader's own zone. */
export function formatTime(instant: string, locale: string): string {
  return formatter(locale, { hour: '2-digit', minute: '2-digit' }).format(new Date(instant));
}

/** Making a formatter costs more than using it a thousand times; rows share them. */
function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const form = formOf(locale);
  const key = form + JSON.stringify(options);
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(form, options);
  formatters.set(key, made);
  return made;
}
