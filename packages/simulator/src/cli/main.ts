import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BRANCHES, FAULTS, FIELDS } from '../index.ts';
import { MUTANTS } from '../mutants/index.ts';
import { readRegressions } from '../regressions.ts';
import { averagesText, coverageLines, coverageOf, isCovered } from '../report.ts';
import { BundleError, bundle, ROOT } from './bundle.ts';
import { type Campaign, runCampaign, runSeed } from './campaign.ts';
import { tellFailure } from './failures.ts';
import type { Failure } from './jobs.ts';
import { type CliOptions, parseOptions, UsageError } from './options.ts';
import type { Output } from './output.ts';
import { Pool } from './pool.ts';
import { revisionOf } from './revision.ts';

export const REGRESSIONS = join(ROOT, 'packages', 'simulator', 'regressions');

/** Failing seeds after which a campaign ends, and how many are taken apart, of each rule the first. */
const FAILURES_MAX = 20;
const SHRUNK_MAX = 3;

/** `npm run sim`. The last line is always "N runs, V violations, X runs/s"; the exit code 1 when anything is red. */
export async function main(args: readonly string[], out: Output): Promise<number> {
  let options: CliOptions;
  try {
    const mutants = MUTANTS.map(({ name }) => name);
    options = parseOptions(args, { faults: FAULTS, fields: FIELDS, mutants });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    out.line(error.message);
    return 2;
  }
  const mutant = MUTANTS.find(({ name }) => name === options.mutant) ?? null;
  const bundled = await bundle(mutant).catch((error: unknown) => {
    if (!(error instanceof BundleError)) throw error;
    out.line(error.message);
    return null;
  });
  if (bundled === null) return 1;
  const pool = new Pool(bundled.file, options.jobs);
  try {
    return options.one === null
      ? await runMany(pool, options, out)
      : await runOne(pool, options, options.one, out);
  } finally {
    pool.close();
    await bundled.remove();
  }
}

async function runMany(pool: Pool, options: CliOptions, out: Output): Promise<number> {
  const whole = options.mutant === null && options.sim.canary !== true;
  const revision = await revisionOf(ROOT);
  const broken = whole ? await runRegressions(pool, out) : 0;
  out.line(
    `Seeds from ${options.seed} on at ${revision}, ${options.jobs} ${options.jobs === 1 ? 'process' : 'processes'}` +
      `${Object.keys(options.sim).length === 0 ? '' : `, options ${JSON.stringify(options.sim)}`}`,
  );
  const result = await runCampaign({
    pool,
    options: options.sim,
    firstSeed: options.seed,
    runs: options.runs,
    seconds: options.seconds,
    failuresMax: FAILURES_MAX,
    onProgress: (soFar) => out.live(lastLine(soFar)),
  });
  const toShrink = options.shrink ? firstOfEachRule(result.failures).slice(0, SHRUNK_MAX) : [];
  for (const failure of result.failures)
    await tellFailure({
      failure,
      pool,
      out,
      revision,
      options: options.sim,
      mutant: options.mutant,
      shrinkIt: toShrink.includes(failure),
    });
  const { tally } = result;
  const coverage = coverageOf(tally.counters, FAULTS, BRANCHES);
  // Whoever switches faults off does not expect to meet them, and an early end meets little.
  const judged = whole && options.sim.faultsOff === undefined && result.failures.length === 0;
  const covered = !judged || isCovered(coverage, tally.runs);
  for (const line of coverageLines(coverage, tally.runs)) out.line(line);
  out.line(averagesText(tally));
  if (options.json !== null)
    writeFileSync(
      options.json,
      `${JSON.stringify({ revision, options, regressionsBroken: broken, ...result, coverage }, null, 2)}\n`,
    );
  out.line(
    `${(tally.runs / result.seconds / pool.size).toFixed(0)} runs/s on each of ${pool.size}, ` +
      `${(tally.cpuMs / Math.max(tally.runs, 1)).toFixed(2)} ms of a processor a run`,
  );
  out.line(lastLine(result, broken));
  return tally.violations + broken === 0 && covered ? 0 : 1;
}

async function runOne(pool: Pool, options: CliOptions, seed: number, out: Output): Promise<number> {
  const begun = performance.now();
  const report = await runSeed(pool, seed, options.sim);
  const seconds = (performance.now() - begun) / 1000;
  for (const line of report.trace) out.line(line);
  for (const { id, message, step } of report.violations)
    out.line(`✗ ${id} at step ${step}: ${message}`);
  out.line(
    `Seed ${seed}: ${report.steps} steps, ${report.actions} actions, faults ${report.faultsOn.join(', ') || 'none'}, ` +
      `trace hash ${report.traceHash}`,
  );
  out.line(`1 runs, ${report.violations.length} violations, ${(1 / seconds).toFixed(0)} runs/s`);
  return report.violations.length === 0 ? 0 : 1;
}

/** Runs what failed once, and gives back how many fail again. */
async function runRegressions(pool: Pool, out: Output): Promise<number> {
  const regressions = readRegressions(REGRESSIONS);
  let broken = 0;
  for (const { seed, options, rule, was, file } of regressions) {
    const report = await runSeed(pool, seed, options);
    if (report.violations.length === 0) continue;
    broken += 1;
    out.line(`✗ ${file} fails again: ${rule}, ${was}`);
    for (const { id, message } of report.violations) out.line(`    ${id}: ${message}`);
  }
  out.line(`${regressions.length} regressions, ${broken} of them fail`);
  return broken;
}

function firstOfEachRule(failures: readonly Failure[]): readonly Failure[] {
  const rules = failures.map(({ violations }) => violations[0]?.id);
  return failures.filter((_, index) => rules.indexOf(rules[index]) === index);
}

function lastLine({ tally, seconds }: Campaign, broken = 0): string {
  const speed = tally.runs / Math.max(seconds, 0.001);
  return `${tally.runs} runs, ${tally.violations + broken} violations, ${speed.toFixed(0)} runs/s`;
}
