import { createSandbox, type Sandbox } from '@tandem/sandbox';
import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMO_PASSWORD } from '../demo/people.ts';
import { seedDemo } from '../demo/seed-demo.ts';
import {
  connectSalesforce,
  type RunningTandem,
  startTestServer,
  type TestClient,
} from '../testing/index.ts';
import { sandboxControl } from '../testing/sandbox-control.ts';

let database: TestDatabase;
let sandbox: Sandbox;
let tandem: RunningTandem;
let mara: TestClient;
let tomas: TestClient;
let marasTask: string;
let tomasId: string;

async function signIn(email: string): Promise<TestClient> {
  const client = tandem.client();
  await client.send('POST', '/api/auth/sign-in/email', { email, password: DEMO_PASSWORD });
  return client;
}

beforeAll(async () => {
  database = await testDatabase();
  sandbox = await createSandbox({ seed: 'empty' });
  tandem = await startTestServer({ databaseUrl: database.url, salesforceUrl: sandbox.url });
  await seedDemo(tandem.services);
  mara = await signIn('mara@aldermoor.example');
  tomas = await signIn('tomas@aldermoor.example');
  marasTask = (await mara.send('POST', '/api/v1/tasks', { name: 'Only for Mara' })).json.id;
  tomasId = (await tomas.get('/api/v1/me')).json.userId;
});
afterAll(async () => {
  await tandem?.close();
  await sandbox?.close();
  await database?.drop();
});

describe('a rep', () => {
  test('B12.1 sees and changes own tasks only', async () => {
    expect((await tomas.get('/api/v1/tasks?view=all')).json.tasks).toHaveLength(15);
    expect((await tomas.get(`/api/v1/tasks/${marasTask}`)).status).toBe(404);
    const patch = await tomas.send('PATCH', `/api/v1/tasks/${marasTask}`, { name: 'Mine now' });
    expect(patch.status).toBe(404);
    expect((await tomas.get(`/api/v1/tasks/${marasTask}/history`)).status).toBe(404);
  });

  test('B12.1 assigns to nobody else', async () => {
    const { userId } = (await mara.get('/api/v1/me')).json;
    const made = await tomas.send('POST', '/api/v1/tasks', { name: 'For Mara', ownerId: userId });
    expect([made.status, made.json.code]).toEqual([403, 'not_allowed']);
  });

  test('B12.1 has nothing more to do with an own task once it was given to a colleague', async () => {
    const { json } = await tomas.send('POST', '/api/v1/tasks', { name: 'Made by Tomas' });
    const path = `/api/v1/tasks/${json.id}`;
    expect((await tomas.send('PATCH', path, { details: 'his' })).status).toBe(200);
    const { userId } = (await mara.get('/api/v1/me')).json;
    expect((await mara.send('PATCH', path, { ownerId: userId })).status).toBe(200);
    for (const reply of [
      await tomas.get(path),
      await tomas.get(`${path}/history`),
      await tomas.get(`${path}/sides`),
      await tomas.send('PATCH', path, { name: 'Still his' }),
      await tomas.send('PATCH', path, { ownerId: tomasId }),
      await tomas.send('DELETE', path),
      await tomas.send('POST', `${path}/restore`, {}),
      await tomas.send('POST', `${path}/send`),
    ]) {
      expect([reply.status, reply.json.code]).toEqual([404, 'not_found']);
    }
    const patch = { ownerId: tomasId };
    for (const change of [{ action: 'patch', patch }, { action: 'delete' }]) {
      const many = await tomas.send('POST', '/api/v1/tasks/bulk', { ids: [json.id], ...change });
      expect(many.json.results).toMatchObject([{ id: json.id, ok: false, code: 'not_found' }]);
    }
    expect((await mara.get(path)).json).toMatchObject({
      name: 'Made by Tomas',
      ownerId: userId,
      trashedAt: null,
    });
    await mara.send('DELETE', path);
  });

  test('B12.1 lists and counts own tasks only, and is told so', async () => {
    const { userId } = (await mara.get('/api/v1/me')).json;
    for (const path of ['/api/v1/tasks?view=all&', '/api/v1/tasks/counts?', '/api/v1/history?']) {
      for (const owner of ['all', userId]) {
        const reply = await tomas.get(`${path}owner=${owner}`);
        expect([reply.status, reply.json.code]).toEqual([403, 'not_allowed']);
      }
      const own = await tomas.get(`${path}owner=${tomasId}`);
      expect(own.json).toEqual((await tomas.get(path)).json);
    }
  });

  test('B5.1 does not change the template', async () => {
    const put = await tomas.send('PUT', '/api/v1/template', { template: 'x' });
    expect([put.status, put.json.code]).toEqual([403, 'not_allowed']);
  });

  test('B3.4 B10.2 saves own settings, but not those of the team', async () => {
    const end = await connectSalesforce(tomas, tandem.url, { username: 'tomas@aldermoor.example' });
    expect(end).toContain('connected=1');
    const settings = (await tomas.get('/api/v1/sync/settings')).json;
    const put = (body: object) => tomas.send('PUT', '/api/v1/sync/settings', body);
    // The page sends all of the form back: unchanged maps are no change.
    const { statusMap, priorityMap, conflictRule } = settings;
    const own = await put({ importWindow: '7d', statusMap, priorityMap, conflictRule });
    expect([own.status, own.json.importWindow]).toEqual([200, '7d']);
    for (const [field, value] of [
      ['statusMap', { ...statusMap, 'In Progress': 'open' }],
      ['conflictRule', 'app'],
    ] as const) {
      const reply = await put({ [field]: value });
      expect(reply.status).toBe(403);
      expect(reply.json.errors).toMatchObject([{ field }]);
    }
    expect((await tomas.get('/api/v1/sync/settings')).json.statusMap).toEqual(statusMap);
  });
});

describe('an admin', () => {
  test('B12.1 sees own tasks first, and the team’s or a colleague’s when asked', async () => {
    const owners = async (query: string) => {
      const { json } = await mara.get(`/api/v1/tasks?view=all_open&limit=500&${query}`);
      const tasks = json.tasks as { ownerId: string }[];
      return { size: tasks.length, ids: [...new Set(tasks.map(({ ownerId }) => ownerId))] };
    };
    const counted = async (query: string) =>
      (await mara.get(`/api/v1/tasks/counts?${query}`)).json.allOpen;
    const { userId } = (await mara.get('/api/v1/me')).json;
    const told = async (query: string) => {
      const { entries } = (await mara.get(`/api/v1/history?limit=200&${query}`)).json;
      return new Set(entries.map(({ task }: { task: { ownerId: string } }) => task.ownerId));
    };
    expect(await told('')).toEqual(new Set([userId]));
    expect((await told('owner=all')).size).toBeGreaterThan(1);
    const own = await owners('');
    expect(own).toEqual(await owners('owner=me'));
    expect(own.ids).toEqual([userId]);
    expect(await counted('')).toBe(own.size);
    const one = await owners(`owner=${tomasId}`);
    expect(one.ids).toEqual([tomasId]);
    expect(await counted(`owner=${tomasId}`)).toBe(one.size);
    const team = await owners('owner=all');
    expect(team.ids).toHaveLength(4);
    expect(await counted('owner=all')).toBe(team.size);
    expect(team.size).toBeGreaterThan(own.size + one.size);
  });

  test('B12.1 sees the team and assigns to it', async () => {
    const made = await mara.send('POST', '/api/v1/tasks', { name: 'For Tomas', ownerId: tomasId });
    expect(made.status).toBe(201);
    expect((await tomas.get(`/api/v1/tasks/${made.json.id}`)).status).toBe(200);
    expect((await mara.get('/api/v1/members')).json.members).toHaveLength(4);
  });

  test('B7.3 nobody connects as a Salesforce user a colleague is connected as', async () => {
    const end = await connectSalesforce(mara, tandem.url, { username: 'tomas@aldermoor.example' });
    expect(end).toBe('/settings/salesforce?error=salesforce_user_taken');
  });

  test('B3.4 sync does not start while no status stands for "complete"', async () => {
    await connectSalesforce(mara, tandem.url, { username: 'mara@aldermoor.example' });
    const put = await mara.send('PUT', '/api/v1/sync/settings', {
      mode: 'on',
      statusMap: { 'Not Started': 'open', Completed: null },
    });
    expect(put.json.errors).toMatchObject([{ field: 'statusMap' }]);
    expect((await mara.get('/api/v1/sync/settings')).json.mode).toBe('off');
  });

  test.each([
    ['record search', 'GET', '/api/v1/salesforce/search?q=ada', undefined],
    ['the preview', 'POST', '/api/v1/sync/preview', {}],
    ['switching on', 'PUT', '/api/v1/sync/settings', { mode: 'on' }],
  ])(
    'B11.8 %s that finds the authorisation revoked says so, and everybody sees it',
    async (...row) => {
      const [, method, path, body] = row;
      await connectSalesforce(mara, tandem.url, { username: 'mara@aldermoor.example' });
      const stateOf = async () => (await mara.get('/api/v1/salesforce/connection')).json.state;
      expect(await stateOf()).toBe('connected');
      await sandboxControl(sandbox, 'tokens', {
        action: 'revoke',
        username: 'mara@aldermoor.example',
      });
      for (const _ of ['noticed', 'known']) {
        const reply = await mara.send(method, path, body);
        expect([reply.status, reply.json.code]).toEqual([409, 'salesforce_sign_in']);
        expect(await stateOf()).toBe('needs_sign_in');
      }
      const polls = () =>
        tandem.services.db.pool.query(
          `delete from graphile_worker._private_jobs where key like 'poll:%' returning 1`,
        );
      await polls();
      await connectSalesforce(mara, tandem.url, { username: 'mara@aldermoor.example' });
      expect(await stateOf()).toBe('connected');
      // It polls for itself then: a teammate's poll left its new records out meanwhile (E3).
      expect((await polls()).rowCount).toBe(1);
      // Signing in again switches nothing on (B6.1).
      expect((await mara.get('/api/v1/sync/settings')).json.mode).toBe('off');
    },
  );

  test('Salesforce being away is said, and changes nothing', async () => {
    await connectSalesforce(mara, tandem.url, { username: 'mara@aldermoor.example' });
    await sandbox.close();
    const preview = await mara.send('POST', '/api/v1/sync/preview', {});
    expect([preview.status, preview.json.code]).toEqual([502, 'salesforce_unavailable']);
    const put = await mara.send('PUT', '/api/v1/sync/settings', { mode: 'on' });
    expect(put.json.code).toBe('salesforce_unavailable');
    expect((await mara.get('/api/v1/sync/settings')).json.mode).toBe('off');
  });
});
