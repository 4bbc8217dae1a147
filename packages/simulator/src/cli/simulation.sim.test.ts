import { availableParallelism } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BRANCHES, FAULTS } from '../index.ts';
import { MUTANTS } from '../mutants/index.ts';
import { readRegressions } from '../regressions.ts';
import { coverageOf, isCovered } from '../report.ts';
import { type Bundle, bundle, ROOT } from './bundle.ts';
import { runCampaign, runSeed } from './campaign.ts';
import { freshSeedFor } from './fresh-seeds.ts';
import { canary, hunt } from './hunt.ts';
import { REGRESSIONS } from './main.ts';
import { commandOf } from './options.ts';
import { Pool } from './pool.ts';

const CORES = availableParallelism();

/** Of each family of rules the one that falls first; `npm run sim:mutants` hunts all of them. */
const QUICK_MUTANTS = ['R1', 'R4', 'R7', 'echo-by-author'];
/** Each of them is caught within a few dozen seeds; what takes longer has stopped biting. */
const QUICK_SEEDS = 1_000;

const FRESH_SECONDS = 60;
/** One failing seed is red; a few more may show what they have in common. */
const FRESH_FAILURES_MAX = 3;

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

  it('holds for a minute on fresh seeds, which the commit chooses', async () => {
    const firstSeed = await freshSeedFor(ROOT);
    const { tally, failures } = await runCampaign({
      pool,
      options: {},
      firstSeed,
      runs: null,
      seconds: FRESH_SECONDS,
      failuresMax: FRESH_FAILURES_MAX,
    });
    console.info(`simulation: ${tally.runs} fresh seeds from ${firstSeed} on`);
    const told = failures.map(
      ({ seed, violations }) =>
        `${commandOf(seed, {}, null)}: ${violations[0]?.id} ${violations[0]?.message}`,
    );
    expect(told).toEqual([]);
    expect(tally.runs).toBeGreaterThan(0);
    expect(isCovered(coverageOf(tally.counters, FAULTS, BRANCHES), tally.runs)).toBe(true);
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
