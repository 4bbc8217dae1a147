import { join, relative } from 'node:path';
import { FIELDS, type RunReport, type SimOptions } from '../index.ts';
import { writeRegression } from '../regressions.ts';
import { shrink } from '../shrink.ts';
import { ROOT } from './bundle.ts';
import { LOST, runSeed } from './campaign.ts';
import type { Failure } from './jobs.ts';
import { commandOf } from './options.ts';
import type { Output } from './output.ts';
import type { Pool } from './pool.ts';

/** Not committed: a regression belongs into the tree when its cause is known. */
const FOUND = join(ROOT, 'test-results', 'sim');

/** A shrunk case is read by a person; a longer trace is read with the command that is printed. */
const TRACE_LINES_MAX = 200;

export interface FailureInput {
  readonly failure: Failure;
  readonly pool: Pool;
  readonly out: Output;
  readonly revision: string;
  readonly options: SimOptions;
  readonly mutant: string | null;
  readonly shrinkIt: boolean;
}

/** Everything a person needs to see the failure again: commit, seed, all options, and the smallest case. */
export async function tellFailure(input: FailureInput): Promise<void> {
  const { failure, out, revision, options, mutant } = input;
  out.line('');
  for (const { id, message, step } of failure.violations)
    out.line(`✗ seed ${failure.seed}: ${id} at step ${step}: ${message}`);
  out.line(`  at ${revision}, seed ${failure.seed}, options ${JSON.stringify(options)}`);
  out.line(`  faults on: ${failure.faultsOn.join(', ') || 'none'}`);
  out.line(`  again: ${commandOf(failure.seed, options, mutant)}`);
  if (input.shrinkIt && isShrinkable(failure)) await tellShrunk(input);
}

/** A process that was lost takes half a minute a try; two runs that differ have no smaller case to look at. */
function isShrinkable({ violations, actions }: Failure): boolean {
  const rule = violations[0]?.id;
  return actions > 0 && rule !== LOST && rule !== 'determinism';
}

async function tellShrunk(input: FailureInput): Promise<void> {
  const { failure, pool, out, mutant } = input;
  const { seed } = failure;
  const rule = failure.violations[0]?.id;
  if (rule === undefined) return;
  const one = (options: SimOptions) => runSeed(pool, seed, options);
  const found = (report: RunReport) => report.violations.find(({ id }) => id === rule);
  const { options, runs } = await shrink({
    options: input.options,
    first: failure,
    fields: FIELDS,
    fails: async (smaller) => found(await one(smaller)) !== undefined,
  });
  const report = await one({ ...options, trace: true });
  const violation = found(report);
  const left = failure.actions - (options.dropActions?.length ?? 0);
  const faults = failure.faultsOn.filter((fault) => !options.faultsOff?.includes(fault));
  out.line(
    `  shrunk in ${runs} runs: ${left} of ${failure.actions} actions, faults ${faults.join(', ') || 'none'}` +
      `${options.fieldsOff?.length ? `, fields off ${options.fieldsOff.join(', ')}` : ''}`,
  );
  out.line(`  again: ${commandOf(seed, options, mutant)}`);
  for (const line of report.trace.slice(-TRACE_LINES_MAX)) out.line(`    ${line}`);
  if (violation === undefined) {
    out.line(`  ${rule} did not show again in the shrunk case: the run does not repeat.`);
    return;
  }
  out.line(`    ✗ ${violation.id} at step ${violation.step}: ${violation.message}`);
  if (mutant !== null || options.canary === true) return;
  const foundAt = `${new Date().toISOString().slice(0, 10)}, ${input.revision}`;
  const file = writeRegression(FOUND, {
    seed,
    options,
    found: foundAt,
    was: violation.message,
    rule,
  });
  out.line(`  once mended, commit ${relative(ROOT, file)} to packages/simulator/regressions/`);
}
