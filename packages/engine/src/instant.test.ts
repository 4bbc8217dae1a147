import fc from 'fast-check';
import { expect, it } from 'vitest';
import { instantFrom, instantMs } from './instant.ts';

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

it('an instant is read as Date reads it, whatever was written before', () => {
  instantFrom(Date.parse('2026-11-24T12:00:00.000Z'));
  const part = fc.constantFrom('00', '07', '23', '24', '59', '60', '99', '1x', ' 1', '-1');
  const millis = fc.constantFrom('000', '999', '12', '1234', 'abc');
  const sign = fc.constantFrom(':', '.', ' ');
  const end = fc.constantFrom('Z', '+0000', 'z', '');
  const text = fc
    .tuple(part, sign, part, sign, part, sign, millis, end)
    .map((parts) => `2026-11-24T${parts.join('')}`);
  const written = fc.integer({ min: 1_795_400_000_000, max: 1_795_700_000_000 });
  const either = fc.oneof(
    text,
    written.map((ms) => new Date(ms).toISOString()),
  );
  fc.assert(
    fc.property(either, (each) => {
      expect(instantMs(each)).toBe(Date.parse(each));
    }),
    { numRuns: 2_000 },
  );
});
