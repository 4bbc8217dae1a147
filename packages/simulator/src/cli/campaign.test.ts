import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CampaignInput, LOST, runCampaign } from './campaign.ts';
import { Pool } from './pool.ts';

/** A worker of the same shape as the real one, whose seed 70 kills the process and whose seed 110 breaks I2. */
const WORKER = `
const report = (seed) => ({ seed, violations: seed === 110 ? [{ id: 'I2', message: 'lost', step: 3 }] : [] });
process.on('message', ({ from, count, options }) => {
  const seeds = Array.from({ length: count }, (_, index) => from + index);
  if (seeds.includes(70)) process.exit(9);
  const failures = seeds.map(report).filter(({ violations }) => violations.length > 0)
    .map((one) => ({ ...one, actions: 4, faultsOn: [] }));
  const counters = { [process.env.TZ]: count, [JSON.stringify(options)]: count };
  const sums = { steps: count, actions: count, engineWrites: count, conflicts: 0, cpuMs: count };
  process.send({ kind: 'batch', failures, tally: { runs: count, violations: failures.length, ...sums, counters } });
});
`;

let folder = '';
let pool: Pool;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-campaign-'));
  writeFileSync(join(folder, 'worker.mjs'), WORKER);
  pool = new Pool(join(folder, 'worker.mjs'), 2);
});
afterEach(() => {
  pool.close();
  rmSync(folder, { recursive: true, force: true });
});

const campaign = (input: Partial<CampaignInput>) =>
  runCampaign({
    pool,
    options: {},
    firstSeed: 1,
    runs: 50,
    seconds: null,
    failuresMax: 20,
    ...input,
  });

describe('a campaign', () => {
  it('runs exactly the seeds it was asked for, with their options, on all processes', async () => {
    const { tally, failures } = await campaign({
      firstSeed: 201,
      runs: 165,
      options: { canary: true },
    });
    expect(failures).toEqual([]);
    expect(tally).toMatchObject({ runs: 165, steps: 165, counters: { '{"canary":true}': 165 } });
  });

  it('runs in a time zone where a date that passes through a clock loses a day', async () => {
    const { tally } = await campaign({ runs: 10 });
    expect(tally.counters).toMatchObject({ 'America/Los_Angeles': 10 });
  });

  it('finds the seed that kills its process, and runs the others all the same', async () => {
    const { tally, failures } = await campaign({ runs: 130 });
    expect(failures.map(({ seed, violations }) => [seed, violations[0]?.id])).toEqual([
      [70, LOST],
      [110, 'I2'],
    ]);
    expect(tally).toMatchObject({ runs: 130, violations: 2 });
  });

  it('ends when enough seeds have failed, and no later than its time', async () => {
    const stopped = await campaign({ firstSeed: 101, runs: 1_000_000, failuresMax: 1 });
    expect(stopped.failures.map(({ seed }) => seed)).toEqual([110]);
    expect(stopped.tally.runs).toBeLessThan(1_000_000);
    const timed = await campaign({ firstSeed: 200, runs: null, seconds: 0.3 });
    expect(timed.tally.runs).toBeGreaterThan(0);
    // It would go on for ever; a process that answers late on a busy machine does not.
    expect(timed.seconds).toBeLessThan(30);
  });
});
