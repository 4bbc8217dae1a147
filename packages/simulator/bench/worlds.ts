import { bundle } from '../src/cli/bundle.ts';
import { runCampaign } from '../src/cli/campaign.ts';
import { Pool } from '../src/cli/pool.ts';

/** The worlds of so many seeds have been through every branch that matters, and their code is compiled. */
const WARM_UP_SEEDS = 4_000;
const MEASURED_SECONDS = 8;

/**
 * How many worlds one core runs in a second with the full list of faults, in a process of `npm run sim`; by processor
 * time, as others may want the core too.
 */
export async function benchWorlds(): Promise<{ name: string; value: number; unit: string }[]> {
  const bundled = await bundle(null);
  const pool = new Pool(bundled.file, 1);
  const worlds = (firstSeed: number, runs: number | null, seconds: number | null) =>
    runCampaign({
      pool,
      options: {},
      firstSeed,
      runs,
      seconds,
      failuresMax: Number.POSITIVE_INFINITY,
    });
  try {
    await worlds(1, WARM_UP_SEEDS, null);
    const { tally } = await worlds(WARM_UP_SEEDS + 1, null, MEASURED_SECONDS);
    const value = Math.round(tally.runs / (tally.cpuMs / 1000));
    return [{ name: 'simulator.one_core.per_second', value, unit: 'runs/s' }];
  } finally {
    pool.close();
    await bundled.remove();
  }
}
