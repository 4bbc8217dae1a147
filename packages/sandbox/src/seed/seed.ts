import type { Org } from '../org/org.ts';
import { seedDemo } from './demo.ts';
import { seedPeople } from './people.ts';

const SEEDED = 'seed/demo';

/**
 * `empty`: the four people and nothing else. `demo`: also their customers and about 200 tasks.
 * Only what is missing is made, so it may be called at every start. Answers how many rows came.
 */
export function seedOrg(org: Org, kind: 'empty' | 'demo'): number {
  const before = rowCount(org);
  const people = seedPeople(org);
  if (kind === 'demo' && org.side.get(SEEDED) === undefined) {
    seedDemo(org, people);
    org.side.set(SEEDED, true);
  }
  return rowCount(org) - before;
}

function rowCount(org: Org): number {
  return org.objectNames().reduce((sum, name) => sum + org.count(name), 0);
}
