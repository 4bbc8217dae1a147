/** The seeded simulation of sync: see README.md. */
export { BRANCHES } from './branches.ts';
export { CounterSums } from './counter-sums.ts';
export { FAULTS } from './faults.ts';
export { FIELDS } from './people.ts';
export { simulate } from './simulate.ts';
export type { RunReport, SimOptions, Violation } from './types.ts';
