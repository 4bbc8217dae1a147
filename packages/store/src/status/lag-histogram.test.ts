import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addCounts,
  LAG_BOUNDS_MS,
  LAG_STEPS,
  quantileOf,
  stepOf,
  summaryOf,
} from './lag-histogram.ts';

const countsOf = (times: readonly number[]) => {
  const counts = Array<number>(LAG_STEPS).fill(0);
  for (const ms of times) counts[stepOf(ms)] = (counts[stepOf(ms)] ?? 0) + 1;
  return counts;
};

describe('how long changes take (B11.6)', () => {
  it('B11.6 a time falls into the step that ends at or above it', () => {
    expect(stepOf(-400)).toBe(0);
    expect(stepOf(250)).toBe(0);
    expect(stepOf(251)).toBe(1);
    expect(stepOf(90_000_000)).toBe(LAG_STEPS - 1);
  });

  it('B11.6 p50 and p99 lie in the step of the true one, whatever the times', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 86_400_000 }), { minLength: 1, maxLength: 300 }),
        fc.constantFrom(0.5, 0.99),
        (times, part) => {
          const sorted = [...times].sort((a, b) => a - b);
          const truth = sorted[Math.ceil(part * sorted.length) - 1] ?? 0;
          const said = quantileOf(countsOf(times), part) ?? -1;
          const step = stepOf(truth);
          expect(said).toBeGreaterThanOrEqual(LAG_BOUNDS_MS[step - 1] ?? 0);
          expect(said).toBeLessThanOrEqual(LAG_BOUNDS_MS[step] ?? Number.POSITIVE_INFINITY);
        },
      ),
    );
  });

  it('nothing measured says nothing, and hours add up', () => {
    expect(summaryOf(countsOf([]))).toEqual({ count: 0, p50Ms: null, p99Ms: null });
    const both = addCounts([countsOf([300, 400]), countsOf([300])]);
    expect(summaryOf(both).count).toBe(3);
    expect(addCounts([])).toHaveLength(LAG_STEPS);
  });
});
