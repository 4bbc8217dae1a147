import { describe, expect, test } from 'vitest';
import { addDays, today, viewFilter } from './days.ts';

describe('days', () => {
  test('B1.3 today is the day where the person is', () => {
    const now = '2026-03-29T23:30:00.000Z';
    expect(today(now, 'UTC')).toBe('2026-03-29');
    expect(today(now, 'Asia/Shanghai')).toBe('2026-03-30');
    expect(today(now, 'Pacific/Kiritimati')).toBe('2026-03-30');
    expect(today(now, 'America/Los_Angeles')).toBe('2026-03-29');
    expect(today(now, null)).toBe('2026-03-29');
  });

  test('B1.3 every zone of the tz database gets a plain date', () => {
    for (const zone of Intl.supportedValuesOf('timeZone')) {
      expect(today('2026-11-24T12:00:00.000Z', zone)).toMatch(/^2026-11-2[345]$/);
    }
  });

  test('days are counted on the calendar, over months, leap days and clock changes', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2026-03-29', -1)).toBe('2026-03-28');
  });

  test('B9.1 the first page is today and tomorrow, and overdue ends yesterday', () => {
    expect(viewFilter('today_and_tomorrow', '2026-11-24', {})).toEqual({
      status: 'open',
      due: { kind: 'range', from: '2026-11-24', to: '2026-11-25' },
    });
    expect(viewFilter('overdue', '2026-11-24', {})).toEqual({
      status: 'open',
      due: { kind: 'range', from: null, to: '2026-11-23' },
    });
  });
});
