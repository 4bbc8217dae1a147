import type { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DUE_DATES } from './awkward/texts.ts';
import type { AppTask } from './support/app-tasks.ts';
import { allTasks } from './support/app-tasks.ts';
import { everyRow } from './support/jsforce.ts';
import type { Person } from './support/person.ts';
import { MARA, SALESFORCE_PASSWORD, type Stack, startStack } from './support/stack.ts';
import { type Turn, turnsOf } from './support/turns.ts';

/** Every zone of the tz database this Node knows, and offsets that no place has. */
const ZONES = [...Intl.supportedValuesOf('timeZone'), 'UTC', 'Etc/GMT+12', 'Etc/GMT-14'];
const continentOf = (zone: string) => zone.split('/')[0] ?? zone;
const CONTINENTS = [...new Set(ZONES.map(continentOf))];
const DATES = DUE_DATES.filter((date) => date !== null);
const machineZone = process.env.TZ;

let stack: Stack;
let mara: Person;
let jsforce: Connection;
let turn: Turn;

beforeAll(async () => {
  stack = await startStack({ worker: false, orgTime: true });
  mara = await stack.person(MARA, 'Mara Lindqvist');
  const { userId } = await mara.call<{ userId: string }>('GET', '/api/v1/me');
  await mara.connect({ username: MARA, password: SALESFORCE_PASSWORD });
  await mara.call('PUT', '/api/v1/sync/settings', { mode: 'on' });
  turn = await turnsOf(stack, userId);
  await turn();
  jsforce = await stack.jsforce(MARA);
});
afterAll(async () => {
  if (machineZone === undefined) delete process.env.TZ;
  else process.env.TZ = machineZone;
  await stack?.close();
});

/** Server, driver, sandbox and test live in this zone from here on: Node reads TZ when it is set. */
function moveTo(zone: string): void {
  process.env.TZ = zone;
  const at = new Date(Date.UTC(2026, 6, 1));
  const there = at.toLocaleString('sv-SE', { timeZone: zone });
  expect(at.toLocaleString('sv-SE'), `the process did not move to ${zone}`).toBe(there);
}

interface Pair {
  readonly zone: string;
  /** Made in the app, due `appDate`; made in Salesforce, due `sfDate`. */
  readonly appTask: string;
  readonly sfTask: string;
  appDate: string;
  sfDate: string;
}

const pairs: Pair[] = [];

describe('due dates are the same on both sides, new and edited, both ways', () => {
  test.each(CONTINENTS)('B1.1 in every time zone of %s', async (continent) => {
    for (const [index, zone] of ZONES.entries()) {
      if (continentOf(zone) === continent) await visit(zone, index);
    }
  });

  test('B1.1 all of them still, seen from a zone apart', async () => {
    expect(pairs.map(({ zone }) => zone).sort()).toEqual([...ZONES].sort());
    await expectAll(pairs);
    process.env.TZ = 'Pacific/Chatham';
    await expectAll(pairs);
  });
});

async function visit(zone: string, index: number): Promise<void> {
  moveTo(zone);
  await mara.call('PATCH', '/api/v1/me', { timeZone: zone });
  // Out of the overlap of the poll, so that each poll reads only the last few.
  stack.sandbox.org.clock.advance(20 * 60_000);

  // The pair of the zone before changes its dates here, each on the side it was not made on.
  const before = pairs.at(-1);
  const [pair] = await Promise.all([
    makePair(zone, date(2 * index), date(2 * index + 1)),
    before && editPair(before, date(2 * index + 5), date(2 * index + 9)),
  ]);
  await turn({ pollNow: true });

  pairs.push(pair);
  await Promise.all((before === undefined ? [pair] : [pair, before]).map(expectSame));
}

function date(index: number): string {
  return DATES[index % DATES.length] ?? '';
}

async function makePair(zone: string, appDate: string, sfDate: string): Promise<Pair> {
  const [{ id: appTask }, made] = await Promise.all([
    mara.call<AppTask>('POST', '/api/v1/tasks', {
      name: `From the app, ${zone}`,
      dueDate: appDate,
    }),
    jsforce.sobject('Task').create({ Subject: `From Salesforce, ${zone}`, ActivityDate: sfDate }),
  ]);
  return { zone, appTask, sfTask: made.id ?? '', appDate, sfDate };
}

async function editPair(pair: Pair, appDate: string, sfDate: string): Promise<void> {
  const changeThere = async () => {
    const inSalesforce = await recordOf(pair.appTask);
    await jsforce.sobject('Task').update({ Id: inSalesforce, ActivityDate: appDate });
  };
  const changeHere = async () => {
    const inApp = await taskOf(pair.sfTask);
    await mara.call('PATCH', `/api/v1/tasks/${inApp.id}`, { dueDate: sfDate });
  };
  await Promise.all([changeThere(), changeHere()]);
  pair.appDate = appDate;
  pair.sfDate = sfDate;
}

async function expectSame({ zone, appTask, sfTask, appDate, sfDate }: Pair): Promise<void> {
  const [app, sf] = await Promise.all([
    mara.call<AppTask>('GET', `/api/v1/tasks/${appTask}`),
    taskOf(sfTask),
  ]);
  const records = await jsforce
    .sobject('Task')
    .retrieve([app.sync.salesforceId ?? '', sfTask], { fields: ['ActivityDate'] });
  expect(
    [app.dueDate, records[0]?.ActivityDate, sf.dueDate, records[1]?.ActivityDate],
    `dates in ${zone}`,
  ).toEqual([appDate, appDate, sfDate, sfDate]);
}

/** Both lists whole, once more, now that every zone has passed. */
async function expectAll(pairs: readonly Pair[]): Promise<void> {
  const records = await everyRow<{ Id: string; Subject: string; ActivityDate: string }>(
    jsforce,
    "SELECT Id, Subject, ActivityDate FROM Task WHERE Subject LIKE 'From %'",
  );
  const wanted = Object.fromEntries(
    pairs.flatMap(({ zone, appDate, sfDate }) => [
      [`From the app, ${zone}`, appDate],
      [`From Salesforce, ${zone}`, sfDate],
    ]),
  );
  const seen = records.filter(({ Subject }) => Subject in wanted);
  expect(seen).toHaveLength(2 * pairs.length);
  expect(Object.fromEntries(seen.map((one) => [one.Subject, one.ActivityDate]))).toEqual(wanted);
  const tasks = (await allTasks(mara)).filter(({ name }) => name in wanted);
  expect(tasks).toHaveLength(2 * pairs.length);
  expect(Object.fromEntries(tasks.map(({ name, dueDate }) => [name, dueDate]))).toEqual(wanted);
}

const appIdOf = new Map<string, string>();

async function taskOf(salesforceId: string): Promise<AppTask> {
  const known = appIdOf.get(salesforceId);
  if (known !== undefined) return mara.call<AppTask>('GET', `/api/v1/tasks/${known}`);
  const page = await mara.call<{ tasks: AppTask[] }>(
    'GET',
    '/api/v1/tasks?view=all&sort=-createdAt&limit=20',
  );
  const task = page.tasks.find(({ sync }) => sync.salesforceId === salesforceId);
  if (task === undefined) throw new Error(`${salesforceId} has not arrived`);
  appIdOf.set(salesforceId, task.id);
  return task;
}

async function recordOf(taskId: string): Promise<string> {
  const { sync } = await mara.call<AppTask>('GET', `/api/v1/tasks/${taskId}`);
  if (sync.salesforceId === null) throw new Error(`${taskId} was not sent`);
  return sync.salesforceId;
}
