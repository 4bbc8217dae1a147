import { describe, expect, it } from 'vitest';
import type { T } from '../i18n/use-t.ts';
import { niceCeiling, timeText } from './time-text.ts';

const t = ((key: string, { n }: { n: string }) => `${n} ${key.split('.').at(-1)}`) as unknown as T;

describe('times and axes of the health page', () => {
  it.each([
    [0, '0 ms'],
    [940, '940 ms'],
    [1_640, '1.6 s'],
    [14_800, '15 s'],
    [89_000, '89 s'],
    [150_000, '2.5 min'],
    [3_600_000, '60 min'],
    [9_000_000, '2.5 h'],
    [200_000_000, '2.3 d'],
  ])('%d ms is said as %s', (ms, text) => {
    expect(timeText(t, 'en', ms)).toBe(text);
  });

  it('an axis ends at a round figure above all values', () => {
    expect([0, 0.3, 1, 3, 7, 12, 73, 480].map(niceCeiling)).toEqual([
      1, 0.5, 1, 5, 10, 20, 100, 500,
    ]);
  });
});
