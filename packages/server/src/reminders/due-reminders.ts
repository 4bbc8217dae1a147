import type { Instant, PlainDate } from '@tandem/engine';
import type { DueDay, DueMember, Occasion, ReminderKind, ReminderSettings } from '@tandem/store';
import { addDays } from '../api/tasks/days.ts';
import { instantOf, wallTime } from './wall-clock.ts';

/**
 * Which reminders of a member have come due since it was last decided, and when to look again. Each kind has
 * at most one moment a local day. What is found late is still sent on the same local day; when that is over, and
 * nothing of its kind came since, it is told as missed. Older ones are not dug up.
 */
export function dueReminders(
  now: Instant,
  member: Pick<DueMember, 'settings' | 'timeZone' | 'decidedUntil' | 'dueDay'>,
): {
  readonly occasions: readonly Occasion[];
  readonly nextAt: Instant | null;
  readonly dueDay: DueDay | null;
} {
  const { settings, timeZone: zone } = member;
  if (zone === null) return { occasions: [], nextAt: null, dueDay: null };
  const since = member.decidedUntil ?? now;
  const { date: today } = wallTime(now, zone);
  const occasions = KINDS.flatMap((kind) => {
    const passed = [-MISSED_DAYS_MAX, -1, 0].flatMap((days) => {
      const one = occasionOn(kind, addDays(today, days), settings, zone);
      return one !== null && one.at > since && one.at <= now ? [one] : [];
    });
    return passed.slice(-1).map((last) => ({ ...last, missed: last.until <= now }));
  });
  const isToldToday =
    member.dueDay === today || occasions.some(({ kind, date }) => kind === 'due' && date === today);
  const dueDay = isToldToday ? { date: today, until: endOf(today, zone) } : null;
  return { occasions, nextAt: nextMoment(now, settings, zone), dueDay };
}

/** A weekend without the server is told of; a longer one is known anyway. */
const MISSED_DAYS_MAX = 2;
/** A digest on one day of the week is at most this far, and one more where the zone skips that day. */
const DAYS_AHEAD_MAX = 14;

const KINDS: readonly ReminderKind[] = ['digest', 'due', 'eve'];

/** The first moment after `now` at which any kind comes due; null: everything is off. */
export function nextMoment(
  now: Instant,
  settings: ReminderSettings,
  zone: string,
  kinds: readonly ReminderKind[] = KINDS,
): Instant | null {
  const { date: today } = wallTime(now, zone);
  for (let days = 0; days <= DAYS_AHEAD_MAX; days += 1) {
    const moments = kinds.flatMap((kind) => {
      const one = occasionOn(kind, addDays(today, days), settings, zone);
      return one !== null && one.at > now ? [one.at] : [];
    });
    const [first] = moments.sort();
    if (first !== undefined) return first;
  }
  return null;
}

/** Null: the kind is off on that day, or the zone has no such day. */
function occasionOn(
  kind: ReminderKind,
  date: PlainDate,
  settings: ReminderSettings,
  zone: string,
): Omit<Occasion, 'missed'> | null {
  const { at: minute, mail, browser } = settings[kind];
  if (!mail && !browser) return null;
  if (kind === 'digest' && !settings.digest.days.includes(weekdayOf(date))) return null;
  const at = instantOf({ date, minute }, zone);
  const until = endOf(date, zone);
  return at === null ? null : { kind, date, at, until };
}

function endOf(date: PlainDate, zone: string): Instant {
  const next = instantOf({ date: addDays(date, 1), minute: 0 }, zone);
  // Where the zone skips the next day, the one after it begins at the same moment.
  return next ?? endOf(addDays(date, 1), zone);
}

/** Monday is 1, Sunday 7. */
export function weekdayOf(date: PlainDate): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
}
