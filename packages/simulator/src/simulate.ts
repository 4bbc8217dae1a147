import type { RunReport, SimOptions } from './types.ts';

/** One world from one seed, from its first edit to its rest. */
export async function simulate(seed: number, _options: SimOptions = {}): Promise<RunReport> {
  return {
    seed,
    violations: [],
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
