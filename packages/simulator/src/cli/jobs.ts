import type { RunReport, SimOptions, Violation } from '../index.ts';

/** What the parent asks of a worker process, and what it gets back. Plain data: it crosses a pipe. */
export type Job =
  | {
      readonly kind: 'batch';
      readonly from: number;
      readonly count: number;
      readonly options: SimOptions;
    }
  | { readonly kind: 'one'; readonly seed: number; readonly options: SimOptions };

export type Answer =
  | { readonly kind: 'batch'; readonly tally: Tally; readonly failures: readonly Failure[] }
  | { readonly kind: 'one'; readonly report: RunReport };

export interface Failure {
  readonly seed: number;
  readonly violations: readonly Violation[];
  readonly actions: number;
  readonly faultsOn: readonly string[];
}

/** Sums over many runs. */
export interface Tally {
  readonly runs: number;
  readonly violations: number;
  readonly steps: number;
  readonly actions: number;
  readonly engineWrites: number;
  readonly conflicts: number;
  /** What the worker's process took for them, of all its threads. */
  readonly cpuMs: number;
  readonly counters: Readonly<Record<string, number>>;
}

export const EMPTY_TALLY: Tally = {
  runs: 0,
  violations: 0,
  steps: 0,
  actions: 0,
  engineWrites: 0,
  conflicts: 0,
  cpuMs: 0,
  counters: {},
};

export function tallyOf(report: RunReport): Tally {
  const { steps, actions, engineWrites, conflicts, counters } = report;
  const violations = report.violations.length;
  return { runs: 1, violations, steps, actions, engineWrites, conflicts, cpuMs: 0, counters };
}

export function addTallies(a: Tally, b: Tally): Tally {
  const counters: Record<string, number> = { ...a.counters };
  for (const [key, value] of Object.entries(b.counters))
    counters[key] = (counters[key] ?? 0) + value;
  return {
    runs: a.runs + b.runs,
    violations: a.violations + b.violations,
    steps: a.steps + b.steps,
    actions: a.actions + b.actions,
    engineWrites: a.engineWrites + b.engineWrites,
    conflicts: a.conflicts + b.conflicts,
    cpuMs: a.cpuMs + b.cpuMs,
    counters,
  };
}

export function failureOf(report: RunReport): Failure {
  const { seed, actions, faultsOn } = report;
  return { seed, violations: report.violations.slice(0, VIOLATIONS_KEPT), actions, faultsOn };
}

/** One mistake breaks many rules in the steps after it; the first few say what it was. */
const VIOLATIONS_KEPT = 5;

/** A run that came to no end of its own. */
export function brokenRun(seed: number, violation: Violation): RunReport {
  return {
    seed,
    violations: [violation],
    traceHash: '',
    steps: 0,
    actions: 0,
    faultsOn: [],
    counters: {},
    trace: [],
    engineWrites: 0,
    conflicts: 0,
  };
}
