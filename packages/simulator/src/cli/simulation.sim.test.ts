import { availableParallelism } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MUTANTS } from '../mutants/index.ts';
import { readRegressions } from '../regressions.ts';
import { type Bundle, bundle } from './bundle.ts';
import { runSeed } from './campaign.ts';
import { canary, hunt } from './hunt.ts';
import { REGRESSIONS } from './main.ts';
import { Pool } from './pool.ts';

const CORES = availableParallelism();

/** Of each family of rules the one that falls first; `npm run sim:mutants` hunts all of them. */
const QUICK_MUTANTS = ['R1', 'R4', 'R7', 'echo-by-author'];
/** Each of them is caught within a few dozen seeds; what takes longer has stopped biting. */
const QUICK_SEEDS = 1_000;

describe('the simulation', () => {
  let bundled: Bundle;
  let pool: Pool;
  beforeAll(async () => {
    bundled = await bundle(null);
    pool = new Pool(bundled.file, CORES);
  });
  afterAll(async () => {
    pool?.close();
    await bundled?.remove();
  });

  it('holds on every seed that failed once', async () => {
    for (const { seed, options, file } of readRegressions(REGRESSIONS)) {
      const { violations } = await runSeed(pool, seed, options);
      expect(violations, file).toEqual([]);
    }
  });

  it('runs a seed twice alike, in two processes', async () => {
    const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
    const hashes = async (own: Pool) => {
      const all: string[] = [];
      for (const seed of seeds) all.push((await runSeed(own, seed, {})).traceHash);
      return all;
    };
    const other = new Pool(bundled.file, 1);
    try {
      const first = await hashes(pool);
      expect(await hashes(other)).toEqual(first);
      expect(new Set(first).size).toBe(seeds.length);
    } finally {
      other.close();
    }
  });

  it('reports the canary, a rule that the world itself breaks', async () => {
    expect(await canary(QUICK_SEEDS, CORES)).not.toBeNull();
  });

  it.each(QUICK_MUTANTS)('catches the engine that breaks %s', async (name) => {
    const mutant = MUTANTS.find((one) => one.name === name);
    if (mutant === undefined) throw new Error(`No mutant ${name}`);
    expect((await hunt(mutant, QUICK_SEEDS, CORES)).failure).not.toBeNull();
  });
});
