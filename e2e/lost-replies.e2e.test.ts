import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppTask, allTasks } from './support/app-tasks.ts';
import { everyRow } from './support/jsforce.ts';
import type { Person } from './support/person.ts';
import { MARA, SALESFORCE_PASSWORD, type Stack, startStack } from './support/stack.ts';
import { turnsOf } from './support/turns.ts';

const TRIES = 1_000;
/** A create, its look-up, a second create and its look-up, with one turn to spare. */
const TURNS_MAX = 6;

const CREATE = { method: 'POST', path: '/composite/sobjects' };
const LOOK_UP = { method: 'GET', path: 'queryAll.*Tandem_Key__c' };

/** Every lost reply is a create that happened. What else goes wrong differs from try to try. */
const TROUBLES = [
  [{ kind: 'reply_lost', match: CREATE }],
  // The look-up fails as well, more often than the client asks again: the turn ends without an answer.
  [
    { kind: 'reply_lost', match: CREATE },
    { kind: 'status', status: 503, times: 3, match: LOOK_UP },
  ],
  // First a create that never happened, by an answer that does not say so; then one that did.
  [
    { kind: 'status', status: 502, body: '<h1>Bad gateway</h1>', match: CREATE },
    { kind: 'reply_lost', match: CREATE },
  ],
  // The reply to the look-up is lost too.
  [
    { kind: 'reply_lost', match: CREATE },
    { kind: 'reply_lost', times: 3, match: LOOK_UP },
  ],
] as const;

let stack: Stack;
let mara: Person;
let turn: Awaited<ReturnType<typeof turnsOf>>;

beforeAll(async () => {
  stack = await startStack({ worker: false });
  mara = await stack.person(MARA, 'Mara Lindqvist');
  const { userId } = await mara.call<{ userId: string }>('GET', '/api/v1/me');
  await mara.connect({ username: MARA, password: SALESFORCE_PASSWORD });
  await mara.call('PUT', '/api/v1/sync/settings', { mode: 'on' });
  turn = await turnsOf(stack, userId);
  await turn();
});
afterAll(() => stack?.close());

test(`R8 ${TRIES} creates whose reply is lost make ${TRIES} tasks, never one more`, async () => {
  const before = stack.sandbox.org.count('Task');
  let lost = 0;
  for (let index = 0; index < TRIES; index += 1) {
    for (const trouble of TROUBLES[index % TROUBLES.length] ?? []) {
      await stack.control('POST', 'faults', trouble);
    }
    const { id } = await mara.call<AppTask>('POST', '/api/v1/tasks', { name: `Once ${index}` });
    await settle(id);
    const { faults } = await stack.control<{
      faults: { kind: string; match: object; fired: number }[];
    }>('GET', 'faults');
    expect(faults.filter(({ fired }) => fired === 0)).toEqual([]);
    lost += faults.filter(({ kind, match }) => kind === 'reply_lost' && 'method' in match).length;
    await stack.control('DELETE', 'faults');
  }
  expect(lost).toBeGreaterThanOrEqual(TRIES);

  const jsforce = await stack.jsforce(MARA);
  const records = await everyRow<{ Id: string; Subject: string; Tandem_Key__c: string | null }>(
    jsforce,
    "SELECT Id, Subject, Tandem_Key__c FROM Task WHERE Subject LIKE 'Once %'",
  );
  expect(records).toHaveLength(TRIES);
  expect(stack.sandbox.org.count('Task') - before).toBe(TRIES);
  expect(new Set(records.map((record) => record.Subject)).size).toBe(TRIES);
  expect(new Set(records.map((record) => record.Tandem_Key__c)).size).toBe(TRIES);

  const linked = new Map(
    (await allTasks(mara))
      .filter((task) => task.name.startsWith('Once '))
      .map((task) => [task.name, task.sync.salesforceId]),
  );
  expect(linked).toEqual(new Map(records.map((record) => [record.Subject, record.Id])));
});

async function settle(id: string): Promise<void> {
  for (let count = 0; count < TURNS_MAX; count += 1) {
    await turn();
    const { sync } = await mara.call<AppTask>('GET', `/api/v1/tasks/${id}`);
    if (sync.state === 'in_step') return;
  }
  throw new Error(`task ${id} is not in step after ${TURNS_MAX} turns`);
}
