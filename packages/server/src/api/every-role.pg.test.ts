import { ENDPOINTS, type EndpointContract, type EndpointName } from '@tandem/api';
import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMO_PASSWORD } from '../demo/people.ts';
import { seedDemo } from '../demo/seed-demo.ts';
import { fingerprint } from '../testing/fingerprint.ts';
import { GOOD_BODY } from '../testing/good-requests.ts';
import { type RunningTandem, startTestServer, type TestClient } from '../testing/index.ts';
import { MAY, mayCall } from './every-role.table.ts';

const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';
/** In every name of the first workspace, so that a word of it is found wherever it comes out. */
const MARK = 'Zq7';
const QUERY: Partial<Record<EndpointName, string>> = { searchRecords: '?q=ada' };
const rows = Object.entries(ENDPOINTS) as [EndpointName, EndpointContract][];
const closed = rows.filter(([name]) => MAY[name] !== 'anybody');
const withId = rows.filter(([, { path }]) => path.includes('{id}'));
const addressOf = (name: EndpointName, { path }: EndpointContract, id = UNKNOWN_ID) =>
  path.replace('{id}', id).replace('{deliveryId}', UNKNOWN_ID) + (QUERY[name] ?? '');

let database: TestDatabase;
let tandem: RunningTandem;
let outsider: TestClient;
let revoked: TestClient;
let removed: TestClient;
let clients: Record<'admin' | 'manager' | 'rep', TestClient>;
let ids: Readonly<Record<string, string>>;

async function signIn(email: string): Promise<TestClient> {
  const client = tandem.client();
  await client.send('POST', '/api/auth/sign-in/email', { email, password: DEMO_PASSWORD });
  return client;
}

const userIdOf = async (client: TestClient): Promise<string> =>
  (await client.get('/api/v1/me')).json.userId;

beforeAll(async () => {
  database = await testDatabase();
  tandem = await startTestServer({ databaseUrl: database.url });
  await seedDemo(tandem.services);
  clients = {
    admin: await signIn('mara@aldermoor.example'),
    manager: await signIn('priya@aldermoor.example'),
    rep: await signIn('tomas@aldermoor.example'),
  };
  const { admin } = clients;
  const make = async (path: string, body: object) => {
    const { status, json } = await admin.send('POST', `/api/v1/${path}`, body);
    expect(status).toBe(201);
    return json;
  };
  await admin.send('PATCH', `/api/v1/members/${await userIdOf(clients.manager)}`, {
    role: 'manager',
  });
  await admin.send('PATCH', '/api/v1/workspace', { name: `${MARK} Aldermoor` });
  removed = await signIn('linwei@aldermoor.example');
  const leaver = await userIdOf(removed);
  removed.token = (await removed.send('POST', '/api/v1/tokens', { name: 'kept' })).json.token;
  expect((await admin.send('DELETE', `/api/v1/members/${leaver}`)).status).toBe(204);
  revoked = tandem.client();
  const { id, token } = await make('tokens', { name: 'revoked' });
  await admin.send('DELETE', `/api/v1/tokens/${id}`);
  revoked.token = token;
  outsider = tandem.client();
  await outsider.signUp('Otto Outside');
  ids = {
    tasks: (await make('tasks', { name: `${MARK} only for Mara`, details: MARK })).id,
    tokens: (await make('tokens', { name: `${MARK} token` })).id,
    views: (await make('views', { name: `${MARK} view`, query: {} })).id,
    webhooks: (await make('webhooks', { name: `${MARK} hook`, url: 'https://hooks.example/x' })).id,
    invitations: (await make('invitations', { role: 'rep' })).id,
    members: await userIdOf(clients.rep),
    sessions: (await admin.get('/api/v1/sessions')).json.sessions[0].id,
  };
});
afterAll(async () => {
  await tandem?.close();
  await database?.drop();
});

describe('the table of who may call what', () => {
  test('B12.1 the people of this test are what the server takes them for', async () => {
    for (const [role, client] of Object.entries(clients)) {
      expect((await client.get('/api/v1/me')).json.role).toBe(role);
    }
  });

  test.each(rows)('B12.1 %s says so in its contract', (name, { who }) => {
    expect(who).toBe(MAY[name]);
  });
});

describe.each(['admin', 'manager', 'rep'] as const)('as %s', (role) => {
  // What ends or makes a session belongs to nobody's role; it is called as nobody below.
  test.each(closed)('B12.1 %s answers as this role may expect', async (name, contract) => {
    const call = () =>
      clients[role].send(contract.method, addressOf(name, contract), GOOD_BODY[name]);
    if (mayCall(role, name)) {
      const { json } = await call();
      expect(['not_signed_in', 'not_allowed', 'internal']).not.toContain(json?.code);
    } else {
      const before = await fingerprint(database.url);
      const reply = await call();
      expect([reply.status, reply.json.code]).toEqual([403, 'not_allowed']);
      expect(await fingerprint(database.url)).toEqual(before);
    }
  });
});

describe.each(['nobody', 'a revoked token', 'a removed member', 'a removed member’s token'])(
  'as %s',
  (caller) => {
    const client = (): TestClient => {
      if (caller === 'a revoked token') return revoked;
      if (caller === 'a removed member’s token') return removed;
      const one = tandem.client();
      return caller === 'nobody' ? one : removed.withoutToken();
    };
    test.each(rows)('B12.1 %s is open only if the table says so', async (name, contract) => {
      const before = await fingerprint(database.url);
      const { method } = contract;
      const reply = await client().send(method, addressOf(name, contract), GOOD_BODY[name]);
      const isRefused = reply.status === 401 && reply.json.code === 'not_signed_in';
      expect(isRefused).toBe(MAY[name] !== 'anybody');
      if (isRefused) expect(await fingerprint(database.url)).toEqual(before);
      expect(reply.text).not.toContain(MARK);
    });
  },
);

describe('as the admin of another workspace', () => {
  test.each(withId)('B12.1 %s finds nothing of any kind by its id', async (name, contract) => {
    const { path, method } = contract;
    const kind = /^\/api\/v1\/(\w+)\/\{id\}/.exec(path)?.[1] ?? '';
    // Problems are named by `link:<id>`; none of ours is to be found by any other name either.
    const id = ids[kind] ?? ids.tasks;
    const before = await fingerprint(database.url);
    const reply = await outsider.send(method, addressOf(name, contract, id), GOOD_BODY[name]);
    expect([reply.status, reply.json.code]).toEqual([404, 'not_found']);
    expect(await fingerprint(database.url)).toEqual(before);
  });

  test.each(closed.filter(([, { path }]) => !path.includes('{id}')))(
    'B12.1 %s shows no word of ours',
    async (name, { method, path }) => {
      const query = method === 'GET' ? (QUERY[name] ?? '') : '';
      const reply = await outsider.send(method, path + query, GOOD_BODY[name]);
      expect(reply.text).not.toContain(MARK);
      for (const id of Object.values(ids)) expect(reply.text).not.toContain(id);
    },
  );

  test('B12.5 nobody of ours can be looked through', async () => {
    for (const path of ['tasks', 'tasks/counts']) {
      const reply = await outsider.get(`/api/v1/${path}?as=${ids.members}`);
      expect([reply.status, reply.json.errors]).toMatchObject([400, [{ field: 'as' }]]);
    }
  });
});

test('B12.3 every endpoint with an id of a kind is tried with a real one', () => {
  const kinds = withId.map(([, { path }]) => /^\/api\/v1\/(.+)\/\{id\}/.exec(path)?.[1]);
  expect([...new Set(kinds)].sort()).toEqual([...Object.keys(ids), 'sync/problems'].sort());
});
