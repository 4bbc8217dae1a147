import type { SimOptions } from '../index.ts';
import { MUTANTS } from '../mutants/index.ts';
import type { Mutant } from '../mutants/mutant.ts';
import { bundle } from './bundle.ts';
import { runCampaign, runSeed } from './campaign.ts';
import type { Failure } from './jobs.ts';
import { Pool } from './pool.ts';

export interface Caught {
  readonly mutant: Mutant;
  /** Null: it survived. */
  readonly failure: Failure | null;
  readonly seedsRun: number;
  readonly seconds: number;
}

/** Runs a mutant from seed 1 on until it fails on a seed on which the engine as it is holds. */
export async function hunt(mutant: Mutant, seedsMax: number, jobs: number): Promise<Caught> {
  const begun = performance.now();
  const [mutated, sound] = [await bundle(mutant), await bundle(null)];
  const [pool, soundPool] = [new Pool(mutated.file, jobs), new Pool(sound.file, 1)];
  const seconds = () => (performance.now() - begun) / 1000;
  try {
    let next = 1;
    while (next <= seedsMax) {
      const runs = seedsMax - next + 1;
      const { tally, failures } = await runCampaign({
        ...ONE_FAILURE,
        pool,
        runs,
        firstSeed: next,
      });
      for (const failure of failures) {
        const thrown = failure.violations.find(({ id }) => id === 'X1' || id === 'exception');
        // It no longer fits the text that it changes: that it is noticed proves nothing.
        if (thrown !== undefined) throw new Error(`${mutant.name} does not run: ${thrown.message}`);
        const { violations } = await runSeed(soundPool, failure.seed, {});
        if (violations.length === 0)
          return { mutant, failure, seedsRun: failure.seed, seconds: seconds() };
      }
      next += tally.runs;
    }
    return { mutant, failure: null, seedsRun: seedsMax, seconds: seconds() };
  } finally {
    pool.close();
    soundPool.close();
    await Promise.all([mutated.remove(), sound.remove()]);
  }
}

const ONE_FAILURE = { options: {}, seconds: null, failuresMax: 1 } as const;

/** The same seeds on the engine as it is: they must hold, or a mutant's failure would say little. */
export function control(seeds: number, jobs: number): Promise<readonly Failure[]> {
  return soundRuns(seeds, jobs, {});
}

/** A world that breaks a rule by itself must be reported; else the oracle is asleep. */
export async function canary(seedsMax: number, jobs: number): Promise<Failure | null> {
  return (await soundRuns(seedsMax, jobs, { canary: true }))[0] ?? null;
}

export function findMutants(name: string | undefined): readonly Mutant[] {
  return name === undefined ? MUTANTS : MUTANTS.filter((one) => one.name === name);
}

async function soundRuns(
  runs: number,
  jobs: number,
  options: SimOptions,
): Promise<readonly Failure[]> {
  const bundled = await bundle(null);
  const pool = new Pool(bundled.file, jobs);
  try {
    return (await runCampaign({ ...ONE_FAILURE, pool, options, runs, firstSeed: 1 })).failures;
  } finally {
    pool.close();
    await bundled.remove();
  }
}
