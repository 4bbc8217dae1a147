import type { TaskQuery, TaskView } from '@tandem/api';
import type { PlainDate } from '@tandem/engine';
import type { TaskFilter } from '@tandem/store';

/**
 * B1.3: what "today" is depends on where the person is; from here on there are only concrete dates.
 * Dates are counted on a calendar without zones, so that no offset can move them.
 */
export function today(nowInstant: string, timeZone: string | null): PlainDate {
  // en-CA writes dates as 2026-11-24.
  return new Intl.DateTimeFormat('en-CA', {
    timeZone: timeZone ?? 'UTC',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(new Date(nowInstant));
}

const DAY_MS = 24 * 60 * 60 * 1000;

export function addDays(date: PlainDate, days: number): PlainDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

type ViewFilter = Pick<TaskFilter, 'due' | 'status' | 'trash' | 'reassigned'>;

/** B9.1: each view of the Command Center as a filter; `today` is the person's own. */
export function viewFilter(
  view: TaskView,
  today: PlainDate,
  range: Pick<TaskQuery, 'from' | 'to'>,
): ViewFilter {
  const open = (from: PlainDate | null, to: PlainDate | null): ViewFilter => ({
    status: 'open',
    due: { kind: 'range', from, to },
  });
  switch (view) {
    case 'today_and_tomorrow':
      return open(today, addDays(today, 1));
    case 'overdue':
      return open(null, addDays(today, -1));
    case 'today':
      return open(today, today);
    case 'tomorrow':
      return open(addDays(today, 1), addDays(today, 1));
    case 'next_7_days':
      return open(today, addDays(today, 6));
    case 'no_date':
      return { status: 'open', due: { kind: 'none' } };
    case 'all_open':
      return { status: 'open' };
    case 'completed':
      return { status: 'complete' };
    case 'range':
      return { due: { kind: 'range', from: range.from ?? null, to: range.to ?? null } };
    case 'trash':
      return { trash: 'only' };
    case 'all':
      return { reassigned: 'show' };
  }
}
