import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDate, relativeDay, shortDate } from './format-date.ts';
import { parseDate } from './parse-date.ts';
import {
  addDays,
  addMonths,
  compareDates,
  daysBetween,
  isPlainDate,
  monthGrid,
  toDayNumber,
  todayIn,
  weekdayOf,
} from './plain-date.ts';

const anyDate = fc.integer({ min: -300_000, max: 2_000_000 }).map((n) => addDays('1970-01-01', n));

describe('plain dates', () => {
  it('agree with the UTC calendar of the platform on every day tried', () => {
    fc.assert(
      fc.property(fc.integer({ min: -250_000, max: 900_000 }), (days) => {
        const reference = new Date(days * 86_400_000);
        expect(addDays('1970-01-01', days)).toBe(reference.toISOString().slice(0, 10));
        expect(weekdayOf(addDays('1970-01-01', days))).toBe(reference.getUTCDay());
      }),
    );
  });

  it('add and subtract without loss, over leap days and ends of years', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2100-02-28', 1)).toBe('2100-03-01');
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -5000, max: 5000 }), (date, days) => {
        expect(daysBetween(date, addDays(date, days))).toBe(days);
        expect(compareDates(date, addDays(date, days))).toBe(Math.sign(-days) + 0);
      }),
    );
  });

  it('refuse what is not a day of the calendar', () => {
    for (const text of [
      '2026-02-29',
      '2026-13-01',
      '2026-00-10',
      '2026-1-1',
      '',
      '2026-11-24T00',
    ]) {
      expect(isPlainDate(text), text).toBe(false);
    }
    expect(isPlainDate('2024-02-29')).toBe(true);
  });

  it('keep the day of the month when the other month has it', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2026-11-24', 2)).toBe('2027-01-24');
    expect(addMonths('2026-01-15', -1)).toBe('2025-12-15');
  });

  it('lay out a month in six weeks from the first day of the week', () => {
    const grid = monthGrid('2026-11-24', 1);
    expect(grid).toHaveLength(6);
    expect(grid[0]?.[0]).toBe('2026-10-26');
    expect(grid.every((week) => weekdayOf(week[0] ?? '') === 1)).toBe(true);
  });

  it('B1.3 today is the day of the zone, not of the machine', () => {
    const now = new Date('2026-11-24T10:30:00.000Z');
    expect(todayIn('Pacific/Kiritimati', now)).toBe('2026-11-25');
    expect(todayIn('Pacific/Pago_Pago', now)).toBe('2026-11-23');
    expect(todayIn('UTC', now)).toBe('2026-11-24');
  });

  it('B1.1 look the same whatever the zone of the machine', () => {
    const before = process.env.TZ;
    for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'America/Sao_Paulo', 'UTC']) {
      process.env.TZ = zone;
      expect(formatDate('2026-11-24', 'en')).toBe('24 Nov 2026');
      expect(formatDate('2026-11-24', 'zh-CN')).toBe('2026年11月24日');
    }
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  });

  it('are short in a row: a weekday within the week, the year only when it differs', () => {
    expect(shortDate('2026-11-27', '2026-11-24', 'en')).toBe('Friday');
    expect(shortDate('2026-12-24', '2026-11-24', 'en')).toBe('24 Dec');
    expect(shortDate('2027-01-02', '2026-11-24', 'en')).toBe('2 Jan 2027');
    expect(relativeDay('2026-11-25', '2026-11-24')).toBe('tomorrow');
    expect(relativeDay('2026-11-26', '2026-11-24')).toBeNull();
  });

  it('count days from the epoch', () => {
    expect(toDayNumber('1970-01-01')).toBe(0);
    expect(toDayNumber('1969-12-31')).toBe(-1);
  });
});

describe('typed dates', () => {
  // 24 November 2026 is a Tuesday.
  const today = '2026-11-24';
  const cases: Record<string, string | null> = {
    today: '2026-11-24',
    Tomorrow: '2026-11-25',
    fri: '2026-11-27',
    tue: '2026-12-01',
    'next monday': '2026-11-30',
    '+3': '2026-11-27',
    'in 2 weeks': '2026-12-08',
    '3d': '2026-11-27',
    '24 dec': '2026-12-24',
    'Dec 24th, 2027': '2027-12-24',
    '1 feb': '2027-02-01',
    '2026-12-01': '2026-12-01',
    明天: '2026-11-25',
    后天: '2026-11-26',
    周五: '2026-11-27',
    下周一: '2026-11-30',
    下周日: '2026-12-06',
    '11月30日': '2026-11-30',
    '3天后': '2026-11-27',
    '30 feb': null,
    banana: null,
    '5': null,
    '': null,
  };
  for (const [text, expected] of Object.entries(cases)) {
    it(`reads “${text}” as ${expected ?? 'nothing'}`, () => {
      expect(parseDate(text, today)).toBe(expected);
    });
  }
});
