import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppTask, allTasks } from './support/app-tasks.ts';
import { everyRow } from './support/jsforce.ts';
import type { Person } from './support/person.ts';
import {
  LIN,
  MARA,
  PRIYA,
  SALESFORCE_PASSWORD,
  type Stack,
  startStack,
  TOMAS,
} from './support/stack.ts';
import { type Turn, turnsOf } from './support/turns.ts';

const TRIES = 1_000;
/** About one minute alone on two cores, four beside other tests; it only ends what hangs. */
const TEST_MS_MAX = 900_000;
const PEOPLE = [MARA, TOMAS, LIN, PRIYA];
/** A create, its look-up, a second create and its look-up, with one turn to spare. */
const TURNS_MAX = 6;

const CREATE = { method: 'POST', path: '/composite/sobjects' };
const LOOK_UP = { method: 'GET', path: 'queryAll.*Tandem_Key__c.*IN' };
/** How often a read is sent before it is given up: once and twice more. */
const READS = 3;

interface Trouble {
  readonly kind: 'reply_lost' | 'status';
  readonly match: object;
  /** Per person. */
  readonly times: number;
  readonly status?: number;
  readonly body?: string;
}

const LOST_CREATE: Trouble = { kind: 'reply_lost', match: CREATE, times: 1 };

/** In each of them one create per person happens and its reply is lost. What else goes wrong differs. */
const TROUBLES: readonly (readonly Trouble[])[] = [
  [LOST_CREATE],
  // The look-up fails too, more often than the client asks again: the turn ends without an answer.
  [LOST_CREATE, { kind: 'status', status: 503, match: LOOK_UP, times: READS }],
  // First a create that never happened, by an answer that does not say so; then one that did.
  [
    { kind: 'status', status: 502, body: '<h1>Bad gateway</h1>', match: CREATE, times: 1 },
    LOST_CREATE,
  ],
  // The reply to the look-up is lost too.
  [LOST_CREATE, { kind: 'reply_lost', match: LOOK_UP, times: READS }],
];

interface Colleague {
  readonly person: Person;
  readonly turn: Turn;
}

let stack: Stack;
const colleagues: Colleague[] = [];

beforeAll(async () => {
  stack = await startStack({ worker: false });
  for (const username of PEOPLE) {
    const person = await stack.person(username, username);
    const { userId } = await person.call<{ userId: string }>('GET', '/api/v1/me');
    await person.connect({ username, password: SALESFORCE_PASSWORD });
    await person.call('PUT', '/api/v1/sync/settings', { mode: 'on' });
    const turn = await turnsOf(stack, userId);
    await turn();
    colleagues.push({ person, turn });
  }
});
afterAll(() => stack?.close());

test(
  `R8 ${TRIES} creates whose reply is lost make ${TRIES} tasks, never one more`,
  async () => {
    const before = stack.sandbox.org.count('Task');
    let lost = 0;
    for (let round = 0; round < TRIES / PEOPLE.length; round += 1) {
      for (const trouble of TROUBLES[round % TROUBLES.length] ?? []) {
        await stack.control('POST', 'faults', { ...trouble, times: trouble.times * PEOPLE.length });
      }
      await Promise.all(
        colleagues.map(({ person }, index) =>
          person.call('POST', '/api/v1/tasks', { name: `Once ${round}-${index}` }),
        ),
      );
      await settle();
      lost += await lostCreates();
    }
    expect(lost).toBe(TRIES);

    const records = await everyRow<{ Id: string; Subject: string; Tandem_Key__c: string | null }>(
      await stack.jsforce(MARA),
      "SELECT Id, Subject, Tandem_Key__c FROM Task WHERE Subject LIKE 'Once %'",
    );
    expect(records).toHaveLength(TRIES);
    expect(stack.sandbox.org.count('Task') - before).toBe(TRIES);
    expect(new Set(records.map((record) => record.Subject)).size).toBe(TRIES);
    expect(new Set(records.map((record) => record.Tandem_Key__c)).size).toBe(TRIES);

    const lists = await Promise.all(colleagues.map(({ person }) => allTasks(person)));
    const linked = lists.flat().filter((task) => task.name.startsWith('Once '));
    expect(linked).toHaveLength(TRIES);
    expect(new Map(linked.map((task) => [task.name, task.sync.salesforceId]))).toEqual(
      new Map(records.map((record) => [record.Subject, record.Id])),
    );
  },
  TEST_MS_MAX,
);

/** Turn after turn, everybody at once, until everybody's newest task is in step. */
async function settle(): Promise<void> {
  for (let count = 0; count < TURNS_MAX; count += 1) {
    await Promise.all(colleagues.map(({ turn }) => turn()));
    const newest = await Promise.all(
      colleagues.map(({ person }) =>
        person.call<{ tasks: AppTask[] }>('GET', '/api/v1/tasks?view=all&sort=-createdAt&limit=1'),
      ),
    );
    if (newest.every(({ tasks }) => tasks[0]?.sync.state === 'in_step')) return;
  }
  throw new Error(`not in step after ${TURNS_MAX} turns`);
}

/** Every fault must have struck as often as it should have; how many creates lost their reply. */
async function lostCreates(): Promise<number> {
  const { faults } = await stack.control<{
    faults: { kind: string; match: { method: string }; times: number; fired: number }[];
  }>('GET', 'faults');
  await stack.control('DELETE', 'faults');
  expect(faults.filter(({ times, fired }) => fired !== times)).toEqual([]);
  return faults
    .filter(({ kind, match }) => kind === 'reply_lost' && match.method === 'POST')
    .reduce((sum, { fired }) => sum + fired, 0);
}
