import { afterAll, beforeAll, expect, test } from 'vitest';
import { Arsenal } from './arsenal.ts';
import { FAULT_KINDS, type FaultKind, nameOf } from './faults.ts';
import { type PlannedFault, round } from './round.ts';
import { type Stack, startStack } from './stack.ts';

/** One kill of each sort and one broken line; `npm run chaos` does the rest. */
const STRIKES = [
  'kill worker · salesforce, effect',
  'kill server · server database, commit.after',
  'kill PostgreSQL · worker database, commit.before',
  'cut line · worker database, commit.after',
];

let stack: Stack;
let arsenal: Arsenal;

beforeAll(async () => {
  stack = await startStack();
  arsenal = new Arsenal(stack);
});
afterAll(() => stack?.close());

test('I1 I2 I3 I4 L1 real processes killed at named points lose, double and revive nothing, and come to agree', {
  timeout: 240_000,
}, async () => {
  const seeds = STRIKES.map((_, index) => index + 1);
  const results = await round(stack, arsenal, seeds, (seed) => [planned(seed)]);
  const broken = results.flatMap(({ seed, violations, notes }) =>
    violations.length === 0 ? [] : [{ seed, violations, notes }],
  );
  expect(broken).toEqual([]);
  expect([...arsenal.struck.keys()].sort()).toEqual([...STRIKES].sort());
  expect([stack.server, ...stack.workers].map(({ child }) => child.endedByItself)).toEqual([
    0, 0, 0,
  ]);
});

/** Before the first task is born, so that each is sure to be met. */
function planned(seed: number): PlannedFault {
  return { kind: kindNamed(STRIKES[seed - 1] ?? ''), skip: 0, step: 0 };
}

function kindNamed(name: string): FaultKind {
  const kind = FAULT_KINDS.find((one) => nameOf(one) === name);
  if (kind === undefined) throw new Error(`There is no fault “${name}”.`);
  return kind;
}
