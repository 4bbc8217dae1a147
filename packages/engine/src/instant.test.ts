import fc from 'fast-check';
import { expect, it } from 'vitest';
import { instantFrom } from './instant.ts';

const MS_MAX = 8.64e15;
/** Around one midnight, where the day that is remembered changes. */
const near = fc.integer({ min: -200_000_000, max: 200_000_000 });

it('an instant is written as Date writes it, whatever was written before', () => {
  const ms = fc.oneof(near, fc.double({ min: -MS_MAX, max: MS_MAX, noNaN: true }));
  const all = fc.array(ms, { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(all, (list) => {
      for (const each of list) expect(instantFrom(each)).toBe(new Date(each).toISOString());
    }),
  );
  expect(() => instantFrom(Number.NaN)).toThrow(RangeError);
});
