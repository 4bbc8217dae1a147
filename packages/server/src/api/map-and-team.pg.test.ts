import type { Salesforce, StatusValue } from '@tandem/salesforce';
import { createSandbox, type Sandbox } from '@tandem/sandbox';
import { addMember, getConnection, memberOf } from '@tandem/store';
import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readOrg } from '../connect/read-org.ts';
import {
  connectSalesforce,
  eventually,
  type RunningTandem,
  startTestServer,
  type TestClient,
} from '../testing/index.ts';
import { asUser } from '../testing/sandbox-control.ts';

let database: TestDatabase;
let sandbox: Sandbox;
let tandem: RunningTandem;
let ada: TestClient;
let adaId: string;
/** The org's own statuses, where a test wants other ones than the standard ones. */
let statuses: readonly StatusValue[] | null;

const status = (value: string, isClosed: boolean): StatusValue => ({
  value,
  label: value,
  isClosed,
  isDefault: false,
});
const OWN = [status('Offen', false), status('Wartet', false), status('Erledigt', true)];

beforeEach(async () => {
  statuses = null;
  database = await testDatabase();
  sandbox = await createSandbox({ seed: 'demo' });
  tandem = await startTestServer({
    databaseUrl: database.url,
    salesforceUrl: sandbox.url,
    worker: true,
  });
  const gateway = tandem.services.salesforce as { of: (c: never) => Salesforce };
  const { of } = gateway;
  gateway.of = (connection) => {
    const real = of(connection);
    const picklists = async () => {
      const reply = await real.picklists();
      if (reply.kind !== 'ok' || statuses === null) return reply;
      return { ...reply, value: { ...reply.value, statuses } };
    };
    return { ...real, picklists };
  };
  ada = tandem.client();
  await ada.signUp('Ada');
  adaId = (await ada.get('/api/v1/me')).json.userId;
});
afterEach(async () => {
  await tandem?.close();
  await sandbox?.close();
  await database?.drop();
});

/** A rep of Ada's workspace. */
async function colleague(name: string): Promise<TestClient> {
  const client = tandem.client();
  await client.signUp(name);
  const { db } = tandem.services;
  const admin = await memberOf(db, adaId);
  const { userId } = (await client.get('/api/v1/me')).json;
  if (admin === null) throw new Error('Ada has a workspace.');
  await db.pool.query('delete from tandem.members where user_id = $1', [userId]);
  await addMember(db, admin.workspaceId, { userId, role: 'rep' }, new Date().toISOString());
  return client;
}

const connect = (client: TestClient, who: string) =>
  connectSalesforce(client, tandem.url, { username: `${who}@aldermoor.example` });
const put = (client: TestClient, body: object) => client.send('PUT', '/api/v1/sync/settings', body);
const settings = async (client = ada) => (await client.get('/api/v1/sync/settings')).json;
const stateOf = async (client = ada) => (await client.get('/api/v1/sync/status')).json.state;

/** B6.1 B6.4: what is open in Salesforce and rested for longer than a day came in too. */
async function expectOldOf(client: TestClient, who: string): Promise<void> {
  const as = asUser(sandbox, `${who}@aldermoor.example`);
  const dayAgo = new Date(sandbox.org.clock.now() - 25 * 3_600_000).toISOString();
  const { records } = sandbox.org.query(
    `SELECT Id FROM Task WHERE OwnerId = '${as.userId}' AND Status IN ('Not Started', 'Offen')
       AND LastModifiedDate < ${dayAgo} AND CreatedDate < ${dayAgo}`,
    as,
  );
  expect(records).not.toEqual([]);
  const { tasks } = (await client.get('/api/v1/tasks?view=all_open&limit=500')).json;
  const here = tasks.map(({ sync }: { sync: { salesforceId: string } }) => sync.salesforceId);
  expect(here).toEqual(expect.arrayContaining(records.map(({ Id }) => Id)));
}

const inStep = (client = ada) =>
  eventually(async () => expect(await stateOf(client)).toBe('in_step'));

describe('an org with statuses of its own (B3.4)', () => {
  test('B3.4 does not start before an admin has confirmed the proposed map', async () => {
    await connect(ada, 'mara');
    statuses = OWN;
    const refused = await put(ada, { mode: 'on' });
    expect([refused.status, refused.json.code]).toEqual([409, 'confirm_status_map']);
    expect(await stateOf()).toBe('off');
    expect(await settings()).toMatchObject({
      statusMapConfirmed: false,
      statusMap: { Offen: 'open', Erledigt: 'complete' },
    });
    const rep = await colleague('Rolf');
    await connect(rep, 'tomas');
    expect((await put(rep, { confirmStatusMap: true })).json.code).toBe('not_allowed');
    // Connecting has read the org's real statuses; what this test gives it comes back with the next reading.
    await put(ada, { mode: 'on' });
    const everybody = { mode: 'on', importWindow: 'all_open' };
    expect((await ada.send('PUT', '/api/v1/sync/team', everybody)).json).toMatchObject({ on: 0 });
    expect((await put(ada, { mode: 'on', confirmStatusMap: true })).status).toBe(200);
    expect((await settings()).statusMapConfirmed).toBe(true);
    await inStep();
    // B6.1: who waited for it follows the team.
    await inStep(rep);
    await expectOldOf(rep, 'tomas');
  });

  test('B3.4 rests when the org loses a standard value, and goes on when the map is confirmed', async () => {
    await connect(ada, 'mara');
    await put(ada, { mode: 'on' });
    await inStep();
    statuses = OWN;
    const { db, clock } = tandem.services;
    const connection = (
      await db.pool.query(
        'select workspace_id as "workspaceId", connection_id as "connectionId", org_id as "orgId" from tandem.connections',
      )
    ).rows[0];
    const salesforce = tandem.services.salesforce.of(
      (await getConnection(db, {
        workspaceId: connection.workspaceId,
        userId: adaId,
        role: 'admin',
      })) as never,
    );
    expect(await readOrg({ db, clock }, salesforce, connection)).toBe(true);
    expect(await stateOf()).toBe('needs_map');
    const { json: task } = await ada.send('POST', '/api/v1/tasks', { name: 'Waits for the map' });
    await ada.send('POST', '/api/v1/sync/now');
    await eventually(async () => {
      const { rows } = await db.pool.query(
        'select 1 from tandem.wakes where wake_at is null and now() > $1::timestamptz',
        [task.createdAt],
      );
      expect(rows).toHaveLength(1);
    });
    const waiting = (await ada.get(`/api/v1/tasks/${task.id}`)).json.sync;
    expect(waiting.salesforceId).toBeNull();
    await put(ada, { confirmStatusMap: true });
    await eventually(async () => {
      const { sync } = (await ada.get(`/api/v1/tasks/${task.id}`)).json;
      expect(sync.salesforceId).not.toBeNull();
    });
  });

  test('B3.4 a status that the org gains is news until an admin has decided', async () => {
    await connect(ada, 'mara');
    expect((await settings()).newStatuses).toEqual([]);
    const { orgStatuses } = await settings();
    statuses = [...orgStatuses, status('Blocked', false)];
    await put(ada, { mode: 'on' });
    expect((await settings()).newStatuses).toMatchObject([{ value: 'Blocked' }]);
    await put(ada, { statusMap: { ...(await settings()).statusMap, Blocked: 'open' } });
    expect(await settings()).toMatchObject({ newStatuses: [], statusMap: { Blocked: 'open' } });
  });

  test('B3.4 a map that leaves Open or Complete without a partner is refused also while sync is on', async () => {
    await connect(ada, 'mara');
    await put(ada, { mode: 'on' });
    const { statusMap } = await settings();
    const onlyOpen = Object.entries(statusMap).filter(([, value]) => value === 'open');
    const refused = await put(ada, { statusMap: Object.fromEntries(onlyOpen) });
    expect(refused.json).toMatchObject({
      code: 'invalid_input',
      errors: [{ field: 'statusMap', message: 'must map one status to complete' }],
    });
    expect((await settings()).statusMap).toEqual(statusMap);
  });
});

describe('sync for the whole team (B6.1)', () => {
  const team = async () => (await ada.get('/api/v1/sync/team')).json;

  test('B6.1 shows the calls before, switches everybody on and locks; newcomers follow', async () => {
    await connect(ada, 'mara');
    const rep = await colleague('Rolf');
    await connect(rep, 'tomas');
    expect(await team()).toMatchObject({
      mode: 'each',
      accounts: 2,
      on: 0,
      estimate: { quiet: 2 * 1_441, busy: 2 * 3_460 },
    });
    expect((await rep.get('/api/v1/sync/team')).json.code).toBe('not_allowed');
    const on = { mode: 'on', locked: true, importWindow: 'all_open' };
    expect((await rep.send('PUT', '/api/v1/sync/team', on)).json.code).toBe('not_allowed');
    expect((await ada.send('PUT', '/api/v1/sync/team', on)).json).toMatchObject({ on: 2 });
    await inStep(rep);
    expect((await settings(rep)).team).toEqual({ mode: 'on', locked: true });
    const refused = await put(rep, { mode: 'off' });
    expect([refused.json.code, refused.json.errors[0].field]).toEqual(['not_allowed', 'mode']);
    expect((await put(rep, { mode: 'on' })).status).toBe(200);

    const newcomer = await colleague('Nele');
    await connect(newcomer, 'priya');
    expect((await settings(newcomer)).mode).toBe('on');
    await inStep(newcomer);
    await expectOldOf(newcomer, 'priya');
    // A change that does not name the window leaves it.
    await ada.send('PUT', '/api/v1/sync/team', { mode: 'on' });
    expect(await team()).toMatchObject({ locked: false, importWindow: 'all_open' });
    expect((await team()).allowance).toBeGreaterThan(0);

    await ada.send('PUT', '/api/v1/sync/team', { mode: 'off' });
    expect(await stateOf(rep)).toBe('off');
    expect((await put(rep, { mode: 'on' })).status).toBe(200);
    expect(await team()).toMatchObject({ mode: 'off', locked: false, on: 1 });
  });

  test('B6.1 what Tandem may do in Salesforce is asked there', async () => {
    await connect(ada, 'mara');
    const { json } = await ada.get('/api/v1/salesforce/access');
    expect(json.permissions.filter(({ granted }: { granted: boolean }) => !granted)).toEqual([]);
    expect(json.permissions).toHaveLength(5);
  });
});
