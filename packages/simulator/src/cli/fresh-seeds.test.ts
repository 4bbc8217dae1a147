import { describe, expect, it } from 'vitest';
import { ROOT } from './bundle.ts';
import { firstSeedOf, freshSeedFor } from './fresh-seeds.ts';

describe('where fresh seeds begin', () => {
  it('is the same place for one commit, and another for the next', async () => {
    expect(firstSeedOf('0123456789ab')).toBe(firstSeedOf('0123456789ab'));
    expect(firstSeedOf('0123456789ab')).not.toBe(firstSeedOf('0123456789ac'));
    expect(await freshSeedFor(ROOT)).toBe(await freshSeedFor(ROOT));
  });

  it('is a whole number of 32 bits, also in a copy without git', async () => {
    const seed = await freshSeedFor('/');
    expect(Number.isSafeInteger(seed)).toBe(true);
    expect(seed).toBeGreaterThanOrEqual(0);
    expect(seed).toBeLessThan(2 ** 32);
  });
});
