import fc from 'fast-check';
import { expect, test } from 'vitest';
import { httpDate, instantOf, instantOfHttpDate, plainDateOf } from './dates.ts';

const wholeSecond = fc
  .integer({ min: Date.UTC(1700, 0, 1) / 1000, max: Date.UTC(4000, 11, 31) / 1000 })
  .map((seconds) => new Date(seconds * 1000));

test("Salesforce's datetimes become ISO instants in UTC", () => {
  expect(instantOf('2026-09-14T18:29:24.000+0000')).toBe('2026-09-14T18:29:24.000Z');
  expect(instantOf('2026-09-14T18:29:24.000Z')).toBe('2026-09-14T18:29:24.000Z');
  expect(instantOf('2026-09-14T18:29:24+02:00')).toBe('2026-09-14T16:29:24.000Z');
  expect(instantOf('2026-09-14T18:29:24-0930')).toBe('2026-09-15T03:59:24.000Z');
});

test('every instant survives the way through both spellings Salesforce uses', () => {
  fc.assert(
    fc.property(wholeSecond, (date) => {
      const iso = date.toISOString();
      expect(instantOf(iso.replace('Z', '+0000'))).toBe(iso);
      expect(instantOfHttpDate(httpDate(iso))).toBe(iso);
    }),
  );
});

test('an HTTP date drops milliseconds, so that the guard never claims to have seen a later second', () => {
  expect(httpDate('2026-11-24T08:30:00.999Z')).toBe('Tue, 24 Nov 2026 08:30:00 GMT');
});

test('text that is no datetime is null, not a guess', () => {
  for (const value of [
    null,
    12,
    '',
    '2026-09-14',
    '14 Sep 2026',
    '2026-13-14T18:29:24.000Z',
    '2026-09-14T18:29:24',
  ]) {
    expect(instantOf(value)).toBeNull();
  }
  for (const value of [null, '', '0', '2026-09-14T18:29:24Z', 'Tue, 99 Nov 2026 08:30:00 GMT']) {
    expect(instantOfHttpDate(value)).toBeNull();
  }
});

test('B1.1 a due date is passed on as text, whatever day it is', () => {
  fc.assert(
    fc.property(wholeSecond, (date) => {
      const day = date.toISOString().slice(0, 10);
      expect(plainDateOf(day)).toBe(day);
    }),
  );
  expect(plainDateOf('2026-09-14T00:00:00.000Z')).toBeNull();
  expect(plainDateOf(null)).toBeNull();
});
