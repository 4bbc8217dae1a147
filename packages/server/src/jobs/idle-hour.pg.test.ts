import { instantMs, shift } from '@tandem/engine';
import {
  addMember,
  createSyncStore,
  type Database,
  ensureWorkspace,
  openDatabase,
  saveConnection,
  switchOn,
} from '@tandem/store';
import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import { POLL_IDLE_MS, type SyncPorts, syncConnection } from '@tandem/sync';
import { SalesforceDouble, TestClock } from '@tandem/sync/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** E3 on the real store: what a team costs its org while nobody does anything. */

const PEOPLE = 100;
/** Turns at once, as in a worker process. */
const WORKERS = 4;
const HOUR_MS = 60 * 60_000;
const ORG = '00D000000000001AAA';

let database: TestDatabase;
let db: Database;

beforeAll(async () => {
  database = await testDatabase();
  db = openDatabase(database.url);
});
afterAll(async () => {
  await db?.close();
  await database?.drop();
});

interface Seat {
  readonly key: { readonly workspaceId: string; readonly connectionId: string };
  readonly salesforce: SalesforceDouble;
}

test(`E3 an idle hour of ${PEOPLE} people of one org costs it one call per poll interval`, async () => {
  const clock = new TestClock();
  const seats: Seat[] = [];
  const { workspaceId } = await ensureWorkspace(db, await person(0), clock.now());
  for (let number = 1; number <= PEOPLE; number += 1) {
    seats.push(await seat(workspaceId, number, clock));
  }
  // One of them has View All Data.
  for (const [index, { salesforce }] of seats.entries()) salesforce.seesAll = index === 0;

  // Everybody's import and first polls.
  const wakes = new Map(seats.map((each) => [each, clock.now()]));
  await live(wakes, clock, 3 * 60_000);
  const before = callsOf(seats);
  await live(wakes, clock, HOUR_MS);
  const calls = callsOf(seats) - before;
  const floor = HOUR_MS / POLL_IDLE_MS;
  console.info(`economy: an idle hour of ${PEOPLE} people: ${calls} calls, floor ${floor}`);
  expect(calls).toBeLessThanOrEqual(floor);
  expect(calls).toBeGreaterThan(floor / 2);
}, 600_000);

async function person(number: number): Promise<{ id: string; name: string }> {
  const user = { id: `user${number}`, name: `Person ${number}` };
  await db.pool.query(
    `insert into auth."user" ("id", "name", "email", "emailVerified") values ($1, $2, $3, true)`,
    [user.id, user.name, `${user.id}@aldermoor.example`],
  );
  return user;
}

async function seat(workspaceId: string, number: number, clock: TestClock): Promise<Seat> {
  const { id: userId } = await person(number);
  const actor = await addMember(db, workspaceId, { userId, role: 'rep' }, clock.now());
  const salesforceUserId = `005${String(number).padStart(12, '0')}AAA`;
  const saved = await saveConnection(
    db,
    actor,
    {
      orgId: ORG,
      orgName: 'Aldermoor',
      salesforceUserId,
      username: `${userId}@aldermoor.example`,
      displayName: userId,
      instanceUrl: 'http://127.0.0.1:1',
      loginUrl: 'http://127.0.0.1:1',
      tokens: Buffer.from('sealed'),
    },
    clock.now(),
  );
  if (saved.kind !== 'ok') throw new Error(saved.kind);
  await db.pool.query('update tandem.orgs set creation_key_field = true');
  await switchOn(db, actor, clock.now(), clock.now());
  const { connectionId } = saved.connection;
  const salesforce = new SalesforceDouble(clock.now, salesforceUserId);
  return { key: { workspaceId, connectionId }, salesforce };
}

/** Each works when it asked to be woken; the clock moves from one such moment to the next. */
async function live(wakes: Map<Seat, string>, clock: TestClock, ms: number): Promise<void> {
  const end = shift(clock.now(), ms);
  for (;;) {
    const at = Math.min(...[...wakes.values()].map(instantMs));
    if (at > instantMs(end)) break;
    clock.advance(Math.max(0, at - instantMs(clock.now())));
    const due = [...wakes].filter(([, wakeAt]) => instantMs(wakeAt) <= at).slice(0, WORKERS);
    await Promise.all(
      due.map(async ([who]) => {
        const outcome = await syncConnection(portsOf(who, clock), who.key, { holder: 'test' });
        if (outcome.kind !== 'ran') throw new Error(outcome.kind);
        wakes.set(who, outcome.wakeAt);
      }),
    );
  }
  clock.advance(instantMs(end) - instantMs(clock.now()));
}

let ids = 0;

function portsOf({ salesforce }: Seat, clock: TestClock): SyncPorts {
  const store = createSyncStore(db, { clock });
  return {
    store: {
      ...store,
      // The database's own time stands still in this hour; leases tell the test's.
      acquireLease: async (...given) => {
        const lease = await store.acquireLease(...given);
        return lease === null ? null : { ...lease, at: clock.now() };
      },
    },
    salesforce,
    clock,
    ids: {
      uuid: () => {
        ids += 1;
        return `00000000-0000-4000-8000-${String(ids).padStart(12, '0')}`;
      },
    },
    random: { next: () => 0.5 },
    heartbeat: { during: (_beat, work) => work() },
    patience: { whileAway: (work) => work() },
    log: { info: () => {}, warn: () => {} },
  };
}

function callsOf(seats: readonly Seat[]): number {
  return seats.reduce((sum, { salesforce }) => sum + salesforce.calls.length, 0);
}
