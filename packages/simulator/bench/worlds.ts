import { bundle } from '../src/cli/bundle.ts';
import { type Campaign, runCampaign } from '../src/cli/campaign.ts';
import { Pool } from '../src/cli/pool.ts';

/** The worlds of so many seeds have been through every branch that matters, and their code is compiled. */
const WARM_UP_SEEDS = 4_000;
const MEASURED_SECONDS = 8;

/**
 * How many worlds one process of `npm run sim` runs in a second, with the full list of faults; and what a world takes
 * of a processor, which says the same where the process does not have a core for itself.
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
    return figures(await worlds(WARM_UP_SEEDS + 1, null, MEASURED_SECONDS));
  } finally {
    pool.close();
    await bundled.remove();
  }
}

function figures({ tally, seconds }: Campaign) {
  const { runs, cpuMs } = tally;
  return [
    { name: 'simulator.one_core.per_second', value: Math.round(runs / seconds), unit: 'runs/s' },
    { name: 'simulator.cpu', value: Math.round((cpuMs / runs) * 1000) / 1000, unit: 'ms/run' },
  ];
}
