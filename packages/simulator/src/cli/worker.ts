import { CounterSums, type RunReport, type SimOptions, simulate } from '../index.ts';
import { type Answer, brokenRun, failureOf, type Job, type Tally, tallyOf } from './jobs.ts';

/** The process that runs seeds: takes a job from its parent, answers, and ends when the parent is gone. */
process.on('message', async (job: Job) => {
  // Errors that end a turn are a part of most worlds. Where they were made is read only of a seed that is looked at alone.
  Error.stackTraceLimit = job.kind === 'one' ? STACK_LINES : 0;
  process.send?.(await work(job));
});

const STACK_LINES = 20;

async function work(job: Job): Promise<Answer> {
  if (job.kind === 'one') return { kind: 'one', report: await run(job.seed, job.options) };
  const sum = { runs: 0, violations: 0, steps: 0, actions: 0, engineWrites: 0, conflicts: 0 };
  const sums = new CounterSums();
  const begun = process.cpuUsage();
  const failures = [];
  for (let seed = job.from; seed < job.from + job.count; seed += 1) {
    const report = await checked(seed, job.options, sums);
    const tally = tallyOf(report);
    for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += tally[key];
    if (report.violations.length > 0) failures.push(failureOf(report));
  }
  const { user, system } = process.cpuUsage(begun);
  const cpuMs = (user + system) / 1000;
  const tally: Tally = { ...sum, cpuMs, counters: sums.result() };
  return { kind: 'batch', tally, failures };
}

/** One seed in so many runs twice: a run that cannot be repeated proves nothing and cannot be mended. */
const TWICE_EVERY = 200;

async function checked(seed: number, options: SimOptions, sums: CounterSums): Promise<RunReport> {
  const report = await run(seed, options, sums);
  if (seed % TWICE_EVERY !== 0) return report;
  const again = await run(seed, options);
  if (again.traceHash === report.traceHash) return report;
  const message = `two runs of one seed differ: ${report.traceHash} and ${again.traceHash}`;
  return { ...report, violations: [...report.violations, { id: 'determinism', message, step: 0 }] };
}

/** An exception out of the engine is a finding like any other. */
async function run(seed: number, options: SimOptions, sums?: CounterSums): Promise<RunReport> {
  try {
    return await simulate(seed, options, sums);
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return brokenRun(seed, { id: 'exception', message, step: 0 });
  }
}
