import { ENDPOINTS, type EndpointContract, type EndpointName } from '@tandem/api';
import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMO_PASSWORD } from '../demo/people.ts';
import { seedDemo } from '../demo/seed-demo.ts';
import { fingerprint } from '../testing/fingerprint.ts';
import { GOOD_BODY } from '../testing/good-requests.ts';
import { type RunningTandem, startTestServer, type TestClient } from '../testing/index.ts';

/**
 * Who may call what, written down a second time on purpose: a contract that is loosened by mistake
 * differs from this table. A new endpoint without a line here does not compile.
 */
const MAY: Record<EndpointName, 'anybody' | 'member' | 'admin'> = {
  listTasks: 'member',
  createTask: 'member',
  countTasks: 'member',
  bulkTasks: 'member',
  getTask: 'member',
  patchTask: 'member',
  trashTask: 'member',
  taskHistory: 'member',
  taskSides: 'member',
  listHistory: 'member',
  exportTasks: 'member',
  importTasks: 'member',
  restoreTask: 'member',
  sendTask: 'member',
  getConnection: 'member',
  startConnection: 'member',
  disconnect: 'member',
  salesforceAccess: 'member',
  searchRecords: 'member',
  getSettings: 'member',
  putSettings: 'member',
  getTeamSync: 'admin',
  putTeamSync: 'admin',
  previewSync: 'member',
  syncStatus: 'member',
  syncHealth: 'member',
  syncNow: 'member',
  compareNow: 'member',
  answerBrake: 'member',
  listProblems: 'member',
  problemCauses: 'member',
  exportProblems: 'member',
  changeProblems: 'member',
  retryProblem: 'member',
  ignoreProblem: 'member',
  getTemplate: 'member',
  putTemplate: 'admin',
  previewTemplate: 'member',
  getMe: 'member',
  patchMe: 'member',
  listMembers: 'member',
  listTaskPeople: 'member',
  listViews: 'member',
  createView: 'member',
  patchView: 'member',
  deleteView: 'member',
  listTokens: 'member',
  createToken: 'member',
  revokeToken: 'member',
  listWebhooks: 'admin',
  createWebhook: 'admin',
  getWebhook: 'admin',
  patchWebhook: 'admin',
  deleteWebhook: 'admin',
  rotateWebhookSecret: 'admin',
  pingWebhook: 'admin',
  listDeliveries: 'admin',
  sendAgain: 'admin',
  getReminders: 'member',
  putReminders: 'member',
  previewDigest: 'member',
  testReminder: 'member',
  listNotices: 'member',
  markNotices: 'member',
  forgotPassword: 'anybody',
  resetPassword: 'anybody',
  signUp: 'anybody',
  signIn: 'anybody',
  signOut: 'anybody',
  getSession: 'anybody',
};

const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';
const QUERY: Partial<Record<EndpointName, string>> = { searchRecords: '?q=ada' };
const rows = Object.entries(ENDPOINTS) as [EndpointName, EndpointContract][];
const addressOf = (name: EndpointName, { path }: EndpointContract, id = UNKNOWN_ID) =>
  path.replace('{id}', id).replace('{deliveryId}', UNKNOWN_ID) + (QUERY[name] ?? '');

let database: TestDatabase;
let tandem: RunningTandem;
let outsider: TestClient;
let clients: Record<'admin' | 'manager' | 'rep', TestClient>;
let ids: { task: string; token: string; view: string; webhook: string };

async function signIn(email: string): Promise<TestClient> {
  const client = tandem.client();
  await client.send('POST', '/api/auth/sign-in/email', { email, password: DEMO_PASSWORD });
  return client;
}

beforeAll(async () => {
  database = await testDatabase();
  tandem = await startTestServer({ databaseUrl: database.url });
  await seedDemo(tandem.services);
  clients = {
    admin: await signIn('mara@aldermoor.example'),
    manager: await signIn('priya@aldermoor.example'),
    rep: await signIn('tomas@aldermoor.example'),
  };
  const { userId } = (await clients.manager.get('/api/v1/me')).json;
  await tandem.services.db.pool.query(
    "update tandem.members set role = 'manager' where user_id = $1",
    [userId],
  );
  outsider = tandem.client();
  await outsider.signUp('Otto Outside');
  const make = async (path: string, body: object) => {
    const { status, json } = await clients.admin.send('POST', `/api/v1/${path}`, body);
    expect(status).toBe(201);
    return json.id as string;
  };
  ids = {
    task: await make('tasks', { name: 'Only for Mara' }),
    token: await make('tokens', { name: 'Mara’s' }),
    view: await make('views', { name: 'Mara’s', query: {} }),
    webhook: await make('webhooks', { name: 'Mara’s', url: 'https://hooks.example/x' }),
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
  test.each(rows.filter(([name]) => MAY[name] !== 'anybody'))(
    'B12.1 %s answers as this role may expect',
    async (name, contract) => {
      const call = () =>
        clients[role].send(contract.method, addressOf(name, contract), GOOD_BODY[name]);
      if (MAY[name] === 'admin' && role !== 'admin') {
        const before = await fingerprint(database.url);
        const reply = await call();
        expect([reply.status, reply.json.code]).toEqual([403, 'not_allowed']);
        expect(await fingerprint(database.url)).toEqual(before);
      } else {
        const { json } = await call();
        expect(['not_signed_in', 'not_allowed', 'internal']).not.toContain(json?.code);
      }
    },
  );
});

describe('as nobody', () => {
  test.each(rows)('B12.1 %s is open to the world only if the table says so', async (name, c) => {
    const reply = await tandem.client().send(c.method, addressOf(name, c), GOOD_BODY[name]);
    expect(reply.json?.code === 'not_signed_in').toBe(MAY[name] !== 'anybody');
  });
});

describe('as the admin of another workspace', () => {
  const withId = rows.filter(([, { path }]) => path.includes('{id}'));
  test.each(withId)('B12.1 %s finds nothing of any kind by its id', async (name, contract) => {
    const { path, method } = contract;
    const id = path.includes('/webhooks/')
      ? ids.webhook
      : path.includes('/tokens/')
        ? ids.token
        : path.includes('/views/')
          ? ids.view
          : ids.task;
    const before = await fingerprint(database.url);
    const reply = await outsider.send(method, addressOf(name, contract, id), GOOD_BODY[name]);
    expect([reply.status, reply.json.code]).toEqual([404, 'not_found']);
    expect(await fingerprint(database.url)).toEqual(before);
  });
});
