import type { Tally } from './cli/jobs.ts';

/**
 * From so many runs on, a fault or a branch that was never reached is a hole in the proof. The rarest of them
 * is met about once in a thousand runs.
 */
export const COVERAGE_RUNS_MIN = 20_000;

export interface Coverage {
  readonly faultsUnseen: readonly string[];
  readonly branchesUnseen: readonly string[];
  readonly pairsSeen: number;
  readonly pairsPossible: number;
  readonly pairsUnseen: readonly string[];
}

/** What was reached, from the counters `fault:…`, `branch:…` and `pair:fault×branch`. */
export function coverageOf(
  counters: Tally['counters'],
  faults: readonly string[],
  branches: readonly string[],
): Coverage {
  const seen = (key: string) => (counters[key] ?? 0) > 0;
  const pairs = Object.keys(counters).filter((key) => key.startsWith('pair:') && seen(key));
  // A branch has the same name in both phases here; only such as were met at all can be met with a fault.
  const met = [...new Set(pairs.map((key) => key.slice(key.indexOf('×') + 1)))].sort();
  const pairsUnseen = faults.flatMap((fault) =>
    met.filter((branch) => !seen(`pair:${fault}×${branch}`)).map((branch) => `${fault}×${branch}`),
  );
  const pairsPossible = faults.length * met.length;
  return {
    faultsUnseen: faults.filter((fault) => !seen(`fault:${fault}`)),
    branchesUnseen: branches.filter((branch) => !seen(`branch:${branch}`)),
    pairsSeen: pairsPossible - pairsUnseen.length,
    pairsPossible,
    pairsUnseen,
  };
}

/** Enough to see a pattern in; the file of `--json` has all. */
const PAIRS_SHOWN = 20;

export function coverageLines(coverage: Coverage, runs: number): readonly string[] {
  const { faultsUnseen, branchesUnseen, pairsSeen, pairsPossible, pairsUnseen } = coverage;
  const pairs = `${pairsSeen} of ${pairsPossible} pairs of fault and branch met`;
  if (runs < COVERAGE_RUNS_MIN)
    return [`Coverage: ${pairs}; holes are judged from ${COVERAGE_RUNS_MIN} runs on`];
  const holes = [...faultsUnseen.map((name) => `fault ${name}`), ...branchesUnseen];
  const more = pairsUnseen.length - PAIRS_SHOWN;
  const shown = pairsUnseen.slice(0, PAIRS_SHOWN).join(', ');
  return [
    `Coverage: ${holes.length === 0 ? 'every fault and branch met' : 'holes'}; ${pairs}`,
    ...holes.map((name) => `✗ never met: ${name}`),
    ...(shown === '' ? [] : [`  pairs never met: ${shown}${more > 0 ? `, and ${more} more` : ''}`]),
  ];
}

export function isCovered(coverage: Coverage, runs: number): boolean {
  const holes = coverage.faultsUnseen.length + coverage.branchesUnseen.length;
  return runs < COVERAGE_RUNS_MIN || holes === 0;
}

export function averagesText(tally: Tally): string {
  const each = (sum: number) => (sum / Math.max(tally.runs, 1)).toFixed(1);
  const { steps, actions, engineWrites, conflicts } = tally;
  return (
    `Each run: ${each(steps)} steps, ${each(actions)} actions of people, ` +
    `${each(engineWrites)} writes of the engine, ${each(conflicts)} conflicts`
  );
}

/** Plain columns for a terminal; `markdown` for a page. */
export function tableText(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  markdown = false,
): string {
  const all = [head, ...rows];
  if (markdown) {
    const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
    return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
  }
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
