import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from './support/eventually.ts';
import { everyRow } from './support/jsforce.ts';
import type { Person } from './support/person.ts';
import { MARA, SALESFORCE_PASSWORD, type Stack, startStack } from './support/stack.ts';

const COUNT = 2_000;
const CALLS_MAX = 20;

let stack: Stack;
let mara: Person;

beforeAll(async () => {
  stack = await startStack({ worker: false });
  mara = await stack.person(MARA, 'Mara Lindqvist');
  await mara.connect({ username: MARA, password: SALESFORCE_PASSWORD });
});
afterAll(() => stack?.close());

/** Two minutes beside other tests; it only ends what hangs. */
const TEST_MS_MAX = 600_000;

test(
  '2,000 new tasks reach Salesforce in at most 20 API calls',
  async () => {
    await mara.call('PUT', '/api/v1/sync/settings', { mode: 'on' });
    // Written while no worker runs, as after an outage: all of them wait at once.
    for (let index = 0; index < COUNT; index += 1) {
      await mara.call('POST', '/api/v1/tasks', {
        name: `Outgoing ${index}`,
        dueDate: '2028-02-29',
        details: `Number ${index}`,
      });
    }
    await stack.control('DELETE', 'requests');
    await stack.startAnother({ worker: true });

    await eventually(
      () => mara.call<{ unsent: number; linked: number }>('GET', '/api/v1/sync/status'),
      (status) => status.unsent === 0 && status.linked >= COUNT,
      240_000,
    );
    const { requests } = await stack.control<{ requests: { counted: boolean; path: string }[] }>(
      'GET',
      'requests',
    );
    const counted = requests.filter((request) => request.counted);
    expect(counted.length).toBeLessThanOrEqual(CALLS_MAX);

    const jsforce = await stack.jsforce(MARA);
    const found = await everyRow<{
      Subject: string;
      Description: string;
      ActivityDate: string;
      Tandem_Key__c: string;
    }>(
      jsforce,
      "SELECT Subject, Description, ActivityDate, Tandem_Key__c FROM Task WHERE Subject LIKE 'Outgoing %'",
    );
    expect(found).toHaveLength(COUNT);
    expect(new Set(found.map((task) => task.Tandem_Key__c)).size).toBe(COUNT);
    expect(new Set(found.map((task) => task.Subject)).size).toBe(COUNT);
    for (const task of found) {
      expect(task.Description).toBe(task.Subject.replace('Outgoing', 'Number'));
      expect(task.ActivityDate).toBe('2028-02-29');
    }
  },
  TEST_MS_MAX,
);
