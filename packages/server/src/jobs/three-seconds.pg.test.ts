import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createRecord,
  type FollowedOrg,
  flows,
  MARA,
  shows,
  startFollowedOrg,
  TOMAS,
} from '../testing/followed-org.ts';

/** B8.2: how long until what was done in Salesforce stands in the app, where change events are followed. */

const MS_MAX = 3_000;
/** The listener is hers; a teammate's change takes about a second longer. */
const TEAMMATE_MS_MAX = 5_000;
/** What Tandem waits for makes each of them late; what else the machine does, some. */
const TRIES_MAX = 5;

let one: FollowedOrg;

beforeAll(async () => {
  one = await startFollowedOrg();
});
afterAll(() => one?.close());

test.each([
  ['the listener’s own', MARA, 'mara', MS_MAX],
  ['a teammate’s', TOMAS, 'tomas', TEAMMATE_MS_MAX],
] as const)('B8.2 %s change is in the app within seconds', async (_, username, person, msMax) => {
  await flows(one);
  let quickest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < TRIES_MAX && quickest >= msMax; round += 1) {
    const start = performance.now();
    await shows(one[person], createRecord(one, username, `Round ${round}`));
    quickest = Math.min(quickest, performance.now() - start);
  }
  expect(quickest).toBeLessThan(msMax);
});
