import { MUTANTS } from '../mutants/index.ts';
import type { Mutant } from '../mutants/mutant.ts';
import { bundle } from './bundle.ts';
import { runCampaign } from './campaign.ts';
import type { Failure } from './jobs.ts';
import { Pool } from './pool.ts';

export interface Caught {
  readonly mutant: Mutant;
  /** Null: it survived. */
  readonly failure: Failure | null;
  readonly seedsRun: number;
  readonly seconds: number;
}

/** Runs a mutant from seed 1 on until it is caught. */
export async function hunt(mutant: Mutant, seedsMax: number, jobs: number): Promise<Caught> {
  const { tally, failures, seconds } = await runBundled(mutant, { runs: seedsMax, jobs });
  return { mutant, failure: failures[0] ?? null, seedsRun: tally.runs, seconds };
}

/** The same seeds on the engine as it is: whatever fails there says nothing about a mutant. */
export async function control(seeds: number, jobs: number): Promise<readonly Failure[]> {
  return (await runBundled(null, { runs: seeds, jobs })).failures;
}

/** A world that breaks a rule by itself must be reported; else the oracle is asleep. */
export async function canary(seedsMax: number, jobs: number): Promise<Failure | null> {
  return (await runBundled(null, { runs: seedsMax, jobs, canary: true })).failures[0] ?? null;
}

export function findMutants(name: string | undefined): readonly Mutant[] {
  return name === undefined ? MUTANTS : MUTANTS.filter((one) => one.name === name);
}

async function runBundled(
  mutant: Mutant | null,
  { runs, jobs, canary = false }: { runs: number; jobs: number; canary?: boolean },
) {
  const bundled = await bundle(mutant);
  const pool = new Pool(bundled.file, jobs);
  try {
    const options = canary ? { canary } : {};
    const only = { firstSeed: 1, runs, seconds: null, failuresMax: 1 };
    return await runCampaign({ pool, options, ...only });
  } finally {
    pool.close();
    await bundled.remove();
  }
}
