import type { RunReport, SimOptions } from '../index.ts';
import {
  addTallies,
  brokenRun,
  EMPTY_TALLY,
  type Failure,
  failureOf,
  type Tally,
  tallyOf,
} from './jobs.ts';
import { type Pool, WorkerLost } from './pool.ts';

export interface CampaignInput {
  readonly pool: Pool;
  readonly options: SimOptions;
  readonly firstSeed: number;
  /** Null: until the time is over. */
  readonly runs: number | null;
  readonly seconds: number | null;
  /** So many failing seeds say enough; the rest of the time is better spent on mending. */
  readonly failuresMax: number;
  readonly onProgress?: (soFar: Campaign) => void;
}

export interface Campaign {
  readonly tally: Tally;
  /** Lowest seed first. */
  readonly failures: readonly Failure[];
  readonly seconds: number;
}

/** The rule that a seed breaks whose process died or did not answer. */
export const LOST = 'process';

/** Small enough that a campaign ends on time, large enough that the pipe costs nothing. */
const BATCH = 100;

/** Runs consecutive seeds on all processes of the pool. */
export async function runCampaign(input: CampaignInput): Promise<Campaign> {
  const begun = performance.now();
  const end = input.runs === null ? Number.POSITIVE_INFINITY : input.firstSeed + input.runs;
  const over = () => elapsed(begun) >= (input.seconds ?? Number.POSITIVE_INFINITY);
  let next = input.firstSeed;
  let tally = EMPTY_TALLY;
  const failures: Failure[] = [];
  const soFar = (): Campaign => ({
    tally,
    failures: [...failures].sort((a, b) => a.seed - b.seed),
    seconds: elapsed(begun),
  });

  const lane = async () => {
    while (next < end && !over() && failures.length < input.failuresMax) {
      const from = next;
      const count = Math.min(BATCH, end - from);
      next += count;
      const batch = await runBatch(input.pool, input.options, from, count);
      tally = addTallies(tally, batch.tally);
      failures.push(...batch.failures);
      input.onProgress?.(soFar());
    }
  };
  await Promise.all(Array.from({ length: input.pool.size }, lane));
  return soFar();
}

interface Batch {
  readonly tally: Tally;
  readonly failures: readonly Failure[];
}

async function runBatch(
  pool: Pool,
  options: SimOptions,
  from: number,
  count: number,
): Promise<Batch> {
  try {
    return await pool.do({ kind: 'batch', from, count, options });
  } catch (error) {
    if (!(error instanceof WorkerLost)) throw error;
    if (count === 1) return batchOf(lostRun(from, error.message));
  }
  // One of them kills its process or never ends: alone, it shows which. The others run on together.
  let sum: Batch = { tally: EMPTY_TALLY, failures: [] };
  for (let seed = from; seed < from + count; seed += 1) {
    const one = await runBatch(pool, options, seed, 1);
    sum = addBatches(sum, one);
    const rest = from + count - seed - 1;
    if (one.failures[0]?.violations[0]?.id === LOST && rest > 0)
      return addBatches(sum, await runBatch(pool, options, seed + 1, rest));
  }
  return sum;
}

function addBatches(a: Batch, b: Batch): Batch {
  return { tally: addTallies(a.tally, b.tally), failures: [...a.failures, ...b.failures] };
}

function batchOf(report: RunReport): Batch {
  return { tally: tallyOf(report), failures: [failureOf(report)] };
}

/** One seed with all it has to tell. */
export async function runSeed(pool: Pool, seed: number, options: SimOptions): Promise<RunReport> {
  try {
    return (await pool.do({ kind: 'one', seed, options })).report;
  } catch (error) {
    if (error instanceof WorkerLost) return lostRun(seed, error.message);
    throw error;
  }
}

function lostRun(seed: number, message: string): RunReport {
  return brokenRun(seed, { id: LOST, message, step: 0 });
}

function elapsed(begun: number): number {
  return (performance.now() - begun) / 1000;
}
