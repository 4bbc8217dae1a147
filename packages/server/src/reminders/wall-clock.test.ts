import { describe, expect, test } from 'vitest';
import { instantOf, wallTime } from './wall-clock.ts';

const at = (date: string, time: string, zone: string) =>
  instantOf({ date, minute: Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) }, zone);

describe('what a clock on the wall shows, as a moment', () => {
  test.each([
    ['2026-11-28', '08:00', 'Europe/Oslo', '2026-11-28T07:00:00.000Z'],
    ['2026-07-28', '08:00', 'Europe/Oslo', '2026-07-28T06:00:00.000Z'],
    ['2026-11-28', '08:00', 'Asia/Shanghai', '2026-11-28T00:00:00.000Z'],
    ['2026-11-28', '08:00', 'Asia/Kathmandu', '2026-11-28T02:15:00.000Z'],
    // The earliest and nearly the latest place on earth: the same date, a day apart.
    ['2026-11-28', '08:00', 'Pacific/Kiritimati', '2026-11-27T18:00:00.000Z'],
    ['2026-11-28', '08:00', 'Pacific/Honolulu', '2026-11-28T18:00:00.000Z'],
    ['2028-02-29', '08:00', 'America/New_York', '2028-02-29T13:00:00.000Z'],
  ])('B13.2 %s %s in %s', (date, time, zone, expected) => {
    expect(at(date, time, zone)).toBe(expected);
  });

  test('B13.2 a time that the night skips is the moment the clock is put forward', () => {
    expect(at('2027-03-28', '02:30', 'Europe/Oslo')).toBe('2027-03-28T01:00:00.000Z');
    expect(at('2027-03-14', '02:00', 'America/Los_Angeles')).toBe('2027-03-14T10:00:00.000Z');
    // Half an hour only.
    expect(at('2026-10-04', '02:10', 'Australia/Lord_Howe')).toBe('2026-10-03T15:30:00.000Z');
    // At midnight: the day begins at one.
    expect(at('2026-09-06', '00:00', 'America/Santiago')).toBe('2026-09-06T04:00:00.000Z');
  });

  test('B13.2 a time that comes twice is meant the first time', () => {
    expect(at('2026-10-25', '02:30', 'Europe/Oslo')).toBe('2026-10-25T00:30:00.000Z');
    expect(at('2026-11-01', '01:00', 'America/Los_Angeles')).toBe('2026-11-01T08:00:00.000Z');
  });

  test('B13.2 a day that the zone skipped has no moments', () => {
    expect(at('2011-12-30', '08:00', 'Pacific/Apia')).toBeNull();
    expect(at('2011-12-31', '08:00', 'Pacific/Apia')).toBe('2011-12-30T18:00:00.000Z');
  });

  test('B13.2 every minute of a year is found again, on both sides of a change', () => {
    for (const zone of ['Europe/Oslo', 'America/St_Johns', 'Australia/Lord_Howe', 'Africa/Cairo']) {
      for (let hour = 0; hour < 366 * 24; hour += 7) {
        const instant = new Date(Date.UTC(2026, 0, 1, hour, 13)).toISOString();
        const found = instantOf(wallTime(instant, zone), zone) ?? '';
        // The first of the two where a time comes twice.
        const early = Date.parse(instant) - Date.parse(found);
        expect([0, 30 * 60_000, 60 * 60_000]).toContain(early);
        if (early > 0) expect(wallTime(found, zone)).toEqual(wallTime(instant, zone));
      }
    }
  });
});
