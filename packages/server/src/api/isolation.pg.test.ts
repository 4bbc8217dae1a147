import { ENDPOINTS, type EndpointContract, type EndpointName, EVENTS_PATH } from '@tandem/api';
import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fingerprint } from '../testing/fingerprint.ts';
import { GOOD_BODY } from '../testing/good-requests.ts';
import { type RunningTandem, startTestServer, type TestClient } from '../testing/index.ts';

let database: TestDatabase;
let tandem: RunningTandem;
let wren: TestClient;
let otto: TestClient;
let wrensTask: string;
let wrensToken: string;

beforeAll(async () => {
  database = await testDatabase();
  tandem = await startTestServer({ databaseUrl: database.url });
  wren = tandem.client();
  otto = tandem.client();
  await wren.signUp('Wren');
  await otto.signUp('Otto');
  wrensTask = (await wren.send('POST', '/api/v1/tasks', { name: 'Wren only' })).json.id;
  wrensToken = (await wren.send('POST', '/api/v1/tokens', { name: 'mine' })).json.id;
});
afterAll(async () => {
  await tandem?.close();
  await database?.drop();
});

const rows = Object.entries(ENDPOINTS) as [EndpointName, EndpointContract][];
const closed = rows.filter(([, { who }]) => who !== 'anybody');

describe('nobody', () => {
  test.each(closed)('B12.1 %s asks to sign in first, and does nothing', async (name, contract) => {
    const before = await fingerprint(database.url);
    const nobody = tandem.client();
    const address = contract.path.replace('{id}', wrensTask);
    for (const token of [null, 'tdm_wrong', `tdm_${'A'.repeat(43)}`]) {
      nobody.token = token;
      const reply = await nobody.send(contract.method, address, GOOD_BODY[name]);
      expect([reply.status, reply.json.code]).toEqual([401, 'not_signed_in']);
    }
    expect(await fingerprint(database.url)).toEqual(before);
  });

  test('B12.1 hears no events, and finds no pages behind a made-up cookie', async () => {
    expect((await tandem.client().get(EVENTS_PATH)).status).toBe(401);
    const forged = { cookie: 'tandem.session_token=abc.def' };
    const reply = await tandem.client().send('GET', '/api/v1/me', undefined, forged);
    expect(reply.status).toBe(401);
  });
});

describe('another workspace', () => {
  const withTask = closed.filter(
    ([, { path }]) => path.includes('/tasks/{id}') && path.includes('{id}'),
  );
  test.each(withTask)('B12.1 %s finds nothing there, and does nothing', async (name, contract) => {
    const before = await fingerprint(database.url);
    const address = contract.path.replace('{id}', wrensTask);
    const reply = await otto.send(contract.method, address, GOOD_BODY[name]);
    expect([reply.status, reply.json.code]).toEqual([404, 'not_found']);
    expect(await fingerprint(database.url)).toEqual(before);
  });

  test('B12.1 bulk changes reach nothing of it', async () => {
    const before = await fingerprint(database.url);
    for (const body of [
      { ids: [wrensTask], action: 'delete' },
      { ids: [wrensTask], action: 'restore' },
      { ids: [wrensTask], action: 'patch', patch: { name: 'Otto was here' } },
    ]) {
      const reply = await otto.send('POST', '/api/v1/tasks/bulk', body);
      expect(reply.json.results).toMatchObject([{ id: wrensTask, ok: false, code: 'not_found' }]);
    }
    expect(await fingerprint(database.url)).toEqual(before);
  });

  test('B12.1 its lists, counts, people, tokens and problems show nothing of it', async () => {
    const list = await otto.get('/api/v1/tasks?view=all');
    expect(list.json.tasks).toEqual([]);
    expect((await otto.get('/api/v1/tasks?view=all&text=Wren')).json.tasks).toEqual([]);
    expect((await otto.get('/api/v1/tasks/counts')).json.allOpen).toBe(0);
    expect((await otto.get('/api/v1/members')).json.members).toHaveLength(1);
    expect((await otto.get('/api/v1/tokens')).json.tokens).toEqual([]);
    expect((await otto.get('/api/v1/sync/problems')).json.problems).toEqual([]);
    expect((await otto.get('/api/v1/history?owner=all')).json.entries).toEqual([]);
    expect((await otto.get('/api/v1/sync/problems/causes')).json.causes).toEqual([]);
    expect((await otto.get('/api/v1/sync/problems/export')).text.trim().split('\n')).toHaveLength(
      1,
    );
    const revoke = await otto.send('DELETE', `/api/v1/tokens/${wrensToken}`);
    expect(revoke.status).toBe(404);
    expect((await wren.get('/api/v1/tokens')).json.tokens).toHaveLength(1);
  });

  test('B12.1 nobody of it can be made an owner', async () => {
    const { userId } = (await wren.get('/api/v1/me')).json;
    const reply = await otto.send('POST', '/api/v1/tasks', { name: 'x', ownerId: userId });
    expect(reply.json.errors).toMatchObject([{ field: 'ownerId' }]);
  });

  test('B12.1 a template is a workspace’s own', async () => {
    await wren.send('PUT', '/api/v1/template', { template: 'W: {{activity_subject}}' });
    expect((await otto.get('/api/v1/template')).json.template).toBe('{{activity_subject}}');
  });
});
