import { createSandbox } from '@tandem/sandbox';
import { testDatabase } from '@tandem/store/testing';
import { DEMO_PASSWORD } from '../demo/people.ts';
import { seedDemo } from '../demo/seed-demo.ts';
import type { TestClient } from './client.ts';
import { connectSalesforce } from './connect-salesforce.ts';
import { startTestServer } from './test-server.ts';

/** In every name of the first workspace, so that a word of it is found wherever it comes out. */
export const MARK = 'Zq7';
export const ROLES = ['admin', 'manager', 'rep'] as const;
type Role = (typeof ROLES)[number];
export const LOCKED_OUT = [
  'nobody',
  'a revoked token',
  'a removed member',
  'a removed member’s token',
] as const;

export type RoleWorld = Awaited<ReturnType<typeof startRoleWorld>>;

/** A workspace with something of every kind in it, its people, those who may no longer in, and a second one's people. */
export async function startRoleWorld() {
  const database = await testDatabase();
  const sandbox = await createSandbox({ seed: 'demo' });
  const tandem = await startTestServer({ databaseUrl: database.url, salesforceUrl: sandbox.url });
  await seedDemo(tandem.services);

  const signIn = async (email: string): Promise<TestClient> => {
    const client = tandem.client();
    await good(client.send('POST', '/api/auth/sign-in/email', { email, password: DEMO_PASSWORD }));
    return client;
  };
  const clients: Readonly<Record<Role, TestClient>> = {
    admin: await signIn('mara@aldermoor.example'),
    manager: await signIn('priya@aldermoor.example'),
    rep: await signIn('tomas@aldermoor.example'),
  };
  const { admin } = clients;
  const make = (path: string, body: object = {}) =>
    good(admin.send('POST', `/api/v1/${path}`, body));
  const manager = `/api/v1/members/${await userIdOf(clients.manager)}`;
  await good(admin.send('PATCH', manager, { role: 'manager' }));
  await good(admin.send('PATCH', '/api/v1/workspace', { name: `${MARK} Aldermoor` }));

  const removed = await signIn('linwei@aldermoor.example');
  removed.token = (await good(removed.send('POST', '/api/v1/tokens', { name: 'kept' }))).token;
  await good(admin.send('DELETE', `/api/v1/members/${await userIdOf(removed)}`));
  const revoked = tandem.client();
  const { id, token } = await make('tokens', { name: 'revoked' });
  await good(admin.send('DELETE', `/api/v1/tokens/${id}`));
  revoked.token = token;

  await connectSalesforce(admin, tandem.url, { username: 'mara@aldermoor.example' });
  await good(admin.send('PUT', '/api/v1/sync/settings', { mode: 'on' }));
  const tasks: string = (await make('tasks', { name: `${MARK} only for Mara`, details: MARK })).id;

  /** The link of that task, as it lies when Salesforce has refused it: `link:<id>`. */
  async function park(): Promise<string> {
    const parked = {
      code: 'STRING_TOO_LONG',
      message: `${MARK} Subject: data value too large`,
      fields: ['Subject'],
      since: '2026-11-24T09:30:00.000Z',
      retryAt: null,
      attempts: 1,
    };
    const { rows } = await tandem.services.db.pool.query<{ id: string }>(
      `update tandem.links set parked = $1, whose_move = 'user' where task_id = $2
       returning 'link:' || link_id as id`,
      [JSON.stringify(parked), tasks],
    );
    return rows[0]?.id ?? '';
  }

  const webhooks: string = (
    await make('webhooks', { name: `${MARK} hook`, url: 'https://hooks.example/x' })
  ).id;
  /** One of each kind, by the part of the path that its id stands behind. */
  const ids: Readonly<Record<string, string>> = {
    tasks,
    tokens: (await make('tokens', { name: `${MARK} token` })).id,
    views: (await make('views', { name: `${MARK} view`, query: {} })).id,
    webhooks,
    deliveries: (await make(`webhooks/${webhooks}/ping`)).id,
    invitations: (await make('invitations', { role: 'rep' })).id,
    members: await userIdOf(clients.rep),
    sessions: (await good(admin.get('/api/v1/sessions'))).sessions[0].id,
    'sync/problems': await park(),
  };

  const otto = tandem.client();
  await otto.signUp('Otto Outside');
  const join = async (role: Role, name: string): Promise<TestClient> => {
    const invitation = await good(otto.send('POST', '/api/v1/invitations', { role }));
    const client = tandem.client();
    const person = { name, email: `${role}@outside.example`, password: 'correct-horse' };
    const body = { ...person, token: invitation.token };
    await good(client.send('POST', '/api/auth/invitation/accept', body));
    return client;
  };
  const outsiders: Readonly<Record<Role, TestClient>> = {
    admin: otto,
    manager: await join('manager', 'Mo Outside'),
    rep: await join('rep', 'Rhea Outside'),
  };

  return {
    tandem,
    databaseUrl: database.url,
    clients,
    outsiders,
    ids,
    park,
    lockedOut(who: (typeof LOCKED_OUT)[number]): TestClient {
      if (who === 'nobody') return tandem.client();
      if (who === 'a revoked token') return revoked;
      return who === 'a removed member' ? removed.withoutToken() : removed;
    },
    async close() {
      await tandem.close();
      await sandbox.close();
      await database.drop();
    },
  };
}

export async function userIdOf(client: TestClient): Promise<string> {
  return (await good(client.get('/api/v1/me'))).userId;
}

/** What came back; a world that is half built would prove nothing. */
async function good(reply: ReturnType<TestClient['send']>) {
  const { status, text, json } = await reply;
  if (status >= 300) throw new Error(`${status} ${text}`);
  return json;
}
