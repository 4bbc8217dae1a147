import { DEFAULT_REMINDERS, type ReminderSettings } from '@tandem/store';
import { describe, expect, test } from 'vitest';
import { dueReminders, nextMoment, weekdayOf } from './due-reminders.ts';

const OFF = { mail: false, browser: false };
const ALL_DAYS = [1, 2, 3, 4, 5, 6, 7];
const digestAt = (at: number, days: readonly number[] = ALL_DAYS): ReminderSettings => ({
  ...DEFAULT_REMINDERS,
  digest: { ...DEFAULT_REMINDERS.digest, at, days },
  due: { ...DEFAULT_REMINDERS.due, ...OFF },
});
const member = (
  settings: ReminderSettings,
  timeZone: string | null,
  decidedUntil: string,
  dueDay: string | null = null,
) => ({
  settings,
  timeZone,
  decidedUntil,
  dueDay,
});

/** Looks every `stepMinutes`, as the server does every two seconds, and collects what is said. */
function live(settings: ReminderSettings, zone: string, from: string, to: string, stepMinutes = 5) {
  const said: string[] = [];
  let decidedUntil = from;
  for (let ms = Date.parse(from); ms <= Date.parse(to); ms += stepMinutes * 60_000) {
    const now = new Date(ms).toISOString();
    for (const { kind, date, missed } of dueReminders(now, member(settings, zone, decidedUntil))
      .occasions) {
      said.push(`${kind} ${date}${missed ? ' missed' : ''}`);
    }
    decidedUntil = now;
  }
  return said;
}

describe('which reminders are due', () => {
  test('B13.2 a digest comes at its time on the member’s own clock, on the days asked for', () => {
    const settings = digestAt(8 * 60, [1, 5]);
    // A Monday and a Friday in Shanghai.
    expect(live(settings, 'Asia/Shanghai', '2026-11-22T12:00:00Z', '2026-11-29T12:00:00Z')).toEqual(
      ['digest 2026-11-23', 'digest 2026-11-27'],
    );
  });

  test.each([
    ['Europe/Oslo', '2027-03-27T12:00:00Z', '2027-03-28'],
    ['Europe/Oslo', '2026-10-24T12:00:00Z', '2026-10-25'],
    ['America/Los_Angeles', '2027-03-13T12:00:00Z', '2027-03-14'],
    ['America/Los_Angeles', '2026-10-31T12:00:00Z', '2026-11-01'],
    ['Australia/Lord_Howe', '2026-10-03T08:00:00Z', '2026-10-04'],
  ])('B13.2 half past two comes once in %s in the night of %s', (zone, from, date) => {
    const to = new Date(Date.parse(from) + 24 * 3_600_000).toISOString();
    expect(live(digestAt(2 * 60 + 30), zone, from, to)).toEqual([`digest ${date}`]);
  });

  test('B13.2 leap day, and the two ends of the earth, have one digest each', () => {
    const settings = digestAt(0);
    for (const zone of ['Pacific/Kiritimati', 'Pacific/Honolulu', 'UTC']) {
      const said = live(settings, zone, '2028-02-28T00:00:00Z', '2028-03-02T00:00:00Z', 30);
      expect(said.filter((one) => one === 'digest 2028-02-29')).toHaveLength(1);
      expect(new Set(said).size).toBe(said.length);
    }
  });

  test('B13.3 found late it is said on the same local day, and afterwards told as missed', () => {
    const settings = digestAt(8 * 60);
    const at = (now: string) =>
      dueReminders(now, member(settings, 'Europe/Oslo', '2026-11-27T06:00:00.000Z')).occasions;
    expect(at('2026-11-27T22:59:59.000Z')).toMatchObject([{ date: '2026-11-27', missed: false }]);
    expect(at('2026-11-27T23:00:00.000Z')).toMatchObject([{ date: '2026-11-27', missed: true }]);
    // After a week away one is told of, and today's comes.
    expect(at('2026-12-04T08:00:00.000Z')).toMatchObject([{ date: '2026-12-04', missed: false }]);
  });

  test('B13.2 who has told no time zone, or wants nothing, is left alone', () => {
    const settings = digestAt(8 * 60);
    const later = '2026-11-28T12:00:00.000Z';
    expect(dueReminders(later, member(settings, null, '2026-11-27T00:00:00.000Z'))).toEqual({
      occasions: [],
      nextAt: null,
      dueDay: null,
    });
    const nothing = { ...settings, digest: { ...settings.digest, ...OFF } };
    expect(nextMoment(later, nothing, 'UTC')).toBeNull();
    expect(nextMoment(later, digestAt(480, []), 'UTC')).toBeNull();
  });

  test('B13.1 on the due date, and the evening before, each has its own hour', () => {
    const settings: ReminderSettings = {
      ...DEFAULT_REMINDERS,
      digest: { ...DEFAULT_REMINDERS.digest, ...OFF },
      eve: { at: 18 * 60, mail: true, browser: false },
    };
    expect(live(settings, 'Europe/Oslo', '2026-11-27T00:00:00Z', '2026-11-27T22:00:00Z')).toEqual([
      'due 2026-11-27',
      'eve 2026-11-27',
    ]);
    expect(nextMoment('2026-11-27T08:00:00.000Z', settings, 'Europe/Oslo')).toBe(
      '2026-11-27T17:00:00.000Z',
    );
  });

  test('B13.3 a day whose hour of the due word has passed stays so until it ends, in the member’s own zone', () => {
    const settings: ReminderSettings = {
      ...DEFAULT_REMINDERS,
      digest: { ...DEFAULT_REMINDERS.digest, ...OFF },
    };
    const dayAt = (
      now: string,
      decidedUntil: string,
      dueDay: string | null,
      zone = 'Europe/Oslo',
    ) => dueReminders(now, member(settings, zone, decidedUntil, dueDay)).dueDay;
    const day = { date: '2026-11-27', until: '2026-11-27T23:00:00.000Z' };
    expect(dayAt('2026-11-27T07:59:59.000Z', '2026-11-27T07:00:00.000Z', null)).toBeNull();
    expect(dayAt('2026-11-27T08:00:00.000Z', '2026-11-27T07:59:59.000Z', null)).toEqual(day);
    expect(dayAt('2026-11-27T17:00:00.000Z', '2026-11-27T08:00:00.000Z', day.date)).toEqual(day);
    expect(dayAt('2026-11-27T23:00:00.000Z', '2026-11-27T08:00:00.000Z', day.date)).toBeNull();
    // Whoever comes at noon is not told of the morning.
    expect(dayAt('2026-11-27T12:00:00.000Z', '2026-11-27T12:00:00.000Z', null)).toBeNull();
    // Moved to where it is still the day before: its hour is to come.
    const moved = ['2026-11-27T08:30:00.000Z', '2026-11-27T08:00:00.000Z', day.date] as const;
    expect(dayAt(...moved, 'Pacific/Honolulu')).toBeNull();
  });

  test('B13.2 Monday is the first day of the week', () => {
    expect(weekdayOf('2026-11-23')).toBe(1);
    expect(weekdayOf('2026-11-29')).toBe(7);
  });
});
