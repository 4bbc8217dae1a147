import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createRecord,
  eventsOf,
  type FollowedOrg,
  flows,
  MARA,
  shows,
  startFollowedOrg,
  TOMAS,
  tasksOf,
} from '../testing/followed-org.ts';
import { eventually, startTestServer } from '../testing/index.ts';
import { asUser, sandboxControl } from '../testing/sandbox-control.ts';

let one: FollowedOrg;
let database: FollowedOrg['database'];
let sandbox: FollowedOrg['sandbox'];
let mara: FollowedOrg['mara'];
let tomas: FollowedOrg['tomas'];

beforeAll(async () => {
  one = await startFollowedOrg();
  ({ database, sandbox, mara, tomas } = one);
});
afterAll(() => one?.close());

const create = (username: string, subject: string) => createRecord(one, username, subject);

async function calls(): Promise<readonly string[]> {
  const reply = await fetch(`${sandbox.url}/__sandbox__/requests`);
  const { requests } = (await reply.json()) as {
    requests: readonly { path: string; counted: boolean }[];
  };
  return requests.filter(({ counted }) => counted).map(({ path }) => path);
}

describe('an org whose change events are followed', () => {
  test('B8.2 R2 a change is in the app while polls are five minutes apart, for one call', async () => {
    await flows(one);
    const own = create(MARA, 'Of Mara');
    await shows(mara, own);
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
    await flows(one);
    const theirs = create(TOMAS, 'Of Tomas');
    await shows(tomas, theirs);
    sandbox.org.remove('Task', theirs, asUser(sandbox, TOMAS));
    await eventually(async () =>
      expect((await tasksOf(tomas)).map(({ sync }) => sync.salesforceId)).not.toContain(theirs),
    );
  });

  test('E2 what Tandem itself writes comes back as an event and costs no call', async () => {
    await flows(one);
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
    await flows(one);
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
    await flows(one);
    await sandboxControl(sandbox, 'events', { action: 'drop', times: 1 });
    const unheard = create(MARA, 'Unheard of');
    await mara.send('POST', '/api/v1/sync/now', {});
    await shows(mara, unheard);
  });

  test('B11.6 a line that is cut is said so, polls go on at once, and it comes back', async () => {
    await flows(one);
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
    await one.tandem.services.db.pool.query('update tandem.event_feeds set retry_at = now()');
    await eventually(async () => expect((await eventsOf(mara)).state).toBe('listening'));
    const metrics = await (await fetch(`${one.tandem.url}/metrics`)).text();
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
      await flows(one);
      const reply = await fetch(`${sandbox.url}/__sandbox__/events`);
      expect(((await reply.json()) as { readers: number }).readers).toBe(1);
    } finally {
      await second.close();
    }
    await flows(one);
  });
});

test('B8.2 a listener that cannot even begin gives its place back', async () => {
  await one.tandem.close();
  const said: string[] = [];
  const log = pino({}, { write: (line: string) => void said.push(line) });
  const { events } = sandbox;
  if (events === null) throw new Error('The sandbox has events.');
  one.tandem = await startTestServer({
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
  const { pool } = one.tandem.services.db;
  await eventually(async () => {
    const { rows } = await pool.query('select state, lease_holder from tandem.event_feeds');
    expect(rows).toEqual([{ state: 'lost', lease_holder: null }]);
    expect(said.join('')).toContain('events.failed');
  });
});
