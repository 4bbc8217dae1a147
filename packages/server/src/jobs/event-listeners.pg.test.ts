import { createSandbox, type Sandbox } from '@tandem/sandbox';
import { addMember, memberOf } from '@tandem/store';
import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import { POLL_WITH_EVENTS_MS } from '@tandem/sync';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  connectSalesforce,
  eventually,
  type RunningTandem,
  startTestServer,
  type TestClient,
} from '../testing/index.ts';
import { asUser, sandboxControl } from '../testing/sandbox-control.ts';

const MARA = 'mara@aldermoor.example';
const TOMAS = 'tomas@aldermoor.example';
/** B8.2. */
const SOON_MS = 3_000;

let database: TestDatabase;
let sandbox: Sandbox;
let tandem: RunningTandem;
let mara: TestClient;
let tomas: TestClient;

beforeAll(async () => {
  database = await testDatabase();
  sandbox = await createSandbox({ seed: 'empty', eventsPort: 0 });
  tandem = await startTestServer({
    databaseUrl: database.url,
    salesforceUrl: sandbox.url,
    events: sandbox.events,
    worker: true,
  });
  mara = tandem.client();
  await mara.signUp('Mara');
  await connectSalesforce(mara, tandem.url, { username: MARA });
  tomas = tandem.client();
  await tomas.signUp('Tomas');
  await joinTeam(tomas);
  await connectSalesforce(tomas, tandem.url, { username: TOMAS });
  for (const person of [mara, tomas]) {
    await person.send('PUT', '/api/v1/sync/settings', { mode: 'on' });
  }
});
afterAll(async () => {
  await tandem?.close();
  await sandbox?.close();
  await database?.drop();
});

/** Into Mara's workspace, as a rep. */
async function joinTeam(client: TestClient): Promise<void> {
  const { db } = tandem.services;
  const [admin, rep] = await Promise.all([mara, client].map((each) => each.get('/api/v1/me')));
  const boss = await memberOf(db, admin?.json.userId);
  const userId = rep?.json.userId;
  if (boss === null) throw new Error('Mara has a workspace.');
  await db.pool.query('delete from tandem.members where user_id = $1', [userId]);
  await addMember(db, boss.workspaceId, { userId, role: 'rep' }, new Date().toISOString());
}

function create(username: string, subject: string): string {
  const as = asUser(sandbox, username);
  const result = sandbox.org.insert('Task', { Subject: subject }, as);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.id;
}

interface Row {
  readonly name: string;
  readonly details: string;
  readonly sync: { readonly salesforceId: string | null };
}

async function tasksOf(client: TestClient): Promise<readonly Row[]> {
  return (await client.get('/api/v1/tasks?view=all&limit=500')).json.tasks;
}

async function shows(client: TestClient, id: string, name?: string): Promise<number> {
  const begun = performance.now();
  await eventually(async () => {
    const found = (await tasksOf(client)).find(({ sync }) => sync.salesforceId === id);
    expect(found).toBeDefined();
    if (name !== undefined) expect(found?.name).toContain(name);
  });
  return performance.now() - begun;
}

async function eventsOf(client: TestClient) {
  return (await client.get('/api/v1/sync/status')).json.events;
}

/** Events flow: somebody listens, one has come since, and both connections were told of the long pause. */
async function flows() {
  await eventually(async () => expect((await eventsOf(mara)).state).toBe('listening'));
  await shows(mara, create(MARA, 'The first event'));
  await eventually(async () => expect((await eventsOf(mara)).lastEventAt).not.toBeNull());
  for (const person of [mara, tomas]) await person.send('POST', '/api/v1/sync/now', {});
  await eventually(async () => {
    const { rows } = await tandem.services.db.pool.query<{ ms: number }>(
      'select extract(epoch from wake_at - now()) * 1000 as ms from tandem.wakes',
    );
    expect(rows).toHaveLength(2);
    for (const { ms } of rows) expect(Number(ms)).toBeGreaterThan(POLL_WITH_EVENTS_MS - 60_000);
  });
}

async function calls(): Promise<readonly string[]> {
  const reply = await fetch(`${sandbox.url}/__sandbox__/requests`);
  const { requests } = (await reply.json()) as {
    requests: readonly { path: string; counted: boolean }[];
  };
  return requests.filter(({ counted }) => counted).map(({ path }) => path);
}

describe('an org whose change events are followed', () => {
  test('B8.2 R2 a change is in the app within three seconds while polls are five minutes apart, for one call', async () => {
    await flows();
    const own = create(MARA, 'Of Mara');
    expect(await shows(mara, own)).toBeLessThan(SOON_MS);
    await fetch(`${sandbox.url}/__sandbox__/requests`, { method: 'DELETE' });
    const as = asUser(sandbox, MARA);
    sandbox.org.update('Task', own, { Description: 'Read me' }, as);
    await eventually(async () => {
      const found = (await tasksOf(mara)).find(({ sync }) => sync.salesforceId === own);
      expect(found?.details).toBe('Read me');
    });
    expect(await calls()).toHaveLength(1);
  });

  test('B8.2 E3 a teammate who may not read all of the org is told by the same events', async () => {
    await flows();
    const theirs = create(TOMAS, 'Of Tomas');
    expect(await shows(tomas, theirs)).toBeLessThan(SOON_MS + 2_000);
    sandbox.org.remove('Task', theirs, asUser(sandbox, TOMAS));
    await eventually(async () =>
      expect((await tasksOf(tomas)).map(({ sync }) => sync.salesforceId)).not.toContain(theirs),
    );
  });

  test('E2 what Tandem itself writes comes back as an event and costs no call', async () => {
    await flows();
    await fetch(`${sandbox.url}/__sandbox__/requests`, { method: 'DELETE' });
    const { id } = (await mara.send('POST', '/api/v1/tasks', { name: 'From the app' })).json;
    await eventually(async () => {
      const task = (await mara.get(`/api/v1/tasks/${id}`)).json;
      expect(task.sync.salesforceId).not.toBeNull();
    });
    const told = await eventsOf(mara);
    // A strange event after it: when that is through, the echo was, too.
    create(MARA, 'After it');
    await eventually(async () => expect((await calls()).length).toBeGreaterThan(1));
    expect((await calls()).length).toBe(2);
    expect(told.state).toBe('listening');
  });

  test('R2 an event that lies changes nothing', async () => {
    await flows();
    const id = create(MARA, 'The truth');
    await shows(mara, id);
    const before = await tasksOf(mara);
    for (const changeType of ['UPDATE', 'DELETE', 'CREATE']) {
      const fields = { Subject: 'A lie', OwnerId: asUser(sandbox, TOMAS).userId };
      await sandboxControl(sandbox, 'events', {
        action: 'emit',
        changeType,
        recordIds: [id],
        fields,
      });
    }
    await shows(mara, create(MARA, 'After the lies'));
    const after = (await tasksOf(mara)).filter(({ name }) => !name.includes('After the lies'));
    expect(after).toEqual(before);
    expect((await tasksOf(tomas)).map(({ sync }) => sync.salesforceId)).not.toContain(id);
  });

  test('L4 what no event told of is found by the poll, which then keeps its ordinary pace', async () => {
    await flows();
    await sandboxControl(sandbox, 'events', { action: 'drop', times: 1 });
    const unheard = create(MARA, 'Unheard of');
    await mara.send('POST', '/api/v1/sync/now', {});
    await shows(mara, unheard);
  });

  test('B11.6 a line that is cut is said so, polls go on at once, and it comes back', async () => {
    await flows();
    await sandboxControl(sandbox, 'events', { action: 'select', objects: [] });
    await sandboxControl(sandbox, 'events', { action: 'disconnect' });
    const missed = create(MARA, 'While nobody listened');
    await eventually(async () =>
      expect(await eventsOf(mara)).toMatchObject({ state: 'refused', code: 'EVENTS_NOT_SELECTED' }),
    );
    await shows(mara, missed);
    const health = (await mara.get('/api/v1/sync/health')).json;
    expect(health.watching).toBe('polls');
    await sandboxControl(sandbox, 'events', { action: 'select', objects: ['Task'] });
    await tandem.services.db.pool.query('update tandem.event_feeds set retry_at = now()');
    await eventually(async () => expect((await eventsOf(mara)).state).toBe('listening'));
    const metrics = await (await fetch(`${tandem.url}/metrics`)).text();
    expect(metrics).toContain('tandem_event_feeds{state="listening"} 1');
  });

  test('R14 two workers have one listener, and the other one takes over from it', async () => {
    const second = await startTestServer({
      databaseUrl: database.url,
      salesforceUrl: sandbox.url,
      events: sandbox.events,
      worker: true,
    });
    try {
      await flows();
      const reply = await fetch(`${sandbox.url}/__sandbox__/events`);
      expect(((await reply.json()) as { readers: number }).readers).toBe(1);
    } finally {
      await second.close();
    }
    await flows();
  });
});

test('B8.2 a listener that cannot even begin gives its place back', async () => {
  await tandem.close();
  const said: string[] = [];
  const log = pino({}, { write: (line: string) => void said.push(line) });
  const { events } = sandbox;
  if (events === null) throw new Error('The sandbox has events.');
  tandem = await startTestServer({
    databaseUrl: database.url,
    salesforceUrl: sandbox.url,
    events: {
      ...events,
      get certificate(): string {
        throw new Error('unreadable');
      },
    },
    worker: true,
    log,
  });
  const { pool } = tandem.services.db;
  await eventually(async () => {
    const { rows } = await pool.query('select state, lease_holder from tandem.event_feeds');
    expect(rows).toEqual([{ state: 'lost', lease_holder: null }]);
    expect(said.join('')).toContain('events.failed');
  });
});
