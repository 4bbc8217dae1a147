import { ENDPOINTS, EVENTS_PATH } from '@tandem/api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signUnsubscription } from '../reminders/unsubscribe-token.ts';
import { fingerprint } from '../testing/fingerprint.ts';
import type { TestClient } from '../testing/index.ts';
import {
  LOCKED_OUT,
  MARK,
  ROLES,
  type RoleWorld,
  startRoleWorld,
  userIdOf,
} from '../testing/role-world.ts';

/** Answered without being endpoints of the contract; `GET /` is the web page, which is the same for everybody. */
const BESIDES = [
  'GET /',
  'GET /api/openapi.json',
  `GET ${EVENTS_PATH}`,
  'GET /api/v1/salesforce/callback',
  'GET /healthz',
  'GET /metrics',
  'GET /readyz',
  'GET /unsubscribe',
  'POST /unsubscribe',
];
const CALLERS = [
  ...ROLES.map((role) => [role, (world: RoleWorld) => world.clients[role]] as const),
  ...ROLES.map(
    (role) => [`the other ${role}`, (world: RoleWorld) => world.outsiders[role]] as const,
  ),
  ...LOCKED_OUT.map((who) => [who, (world: RoleWorld) => world.lockedOut(who)] as const),
];

let world: RoleWorld;
let before: Awaited<ReturnType<typeof fingerprint>>;
beforeAll(async () => {
  world = await startRoleWorld();
  before = await fingerprint(world.databaseUrl);
});
afterAll(() => world?.close());

const saysNothingOfOurs = (text: string) => {
  expect(text).not.toContain(MARK);
  expect(text).not.toContain('aldermoor.example');
  for (const id of Object.values(world.ids)) expect(text).not.toContain(id);
};

/** The stream as far as it has come when `until` is in it; null: refused. */
async function hear(
  client: TestClient,
  until: string,
  onceOpen = async () => {},
): Promise<string | null> {
  const stop = new AbortController();
  const headers: Record<string, string> =
    client.token === null
      ? { cookie: client.cookieHeader }
      : { authorization: `Bearer ${client.token}` };
  const response = await fetch(world.tandem.url + EVENTS_PATH, { headers, signal: stop.signal });
  if (response.status !== 200) {
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ code: 'not_signed_in' });
    return null;
  }
  await onceOpen();
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (!text.includes(until)) {
    const chunk = await reader?.read();
    if (chunk === undefined || chunk.done) throw new Error(`The stream ended after: ${text}`);
    text += chunk.value;
  }
  stop.abort();
  return text;
}

test('B12.1 the server answers at no address but the table’s and those of this file', async () => {
  const known = Object.values(ENDPOINTS).map(
    ({ method, path }) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
  );
  const answered = routesOf(world.tandem.app.printRoutes({ commonPrefix: false }));
  expect(answered).toEqual([...new Set([...known, ...BESIDES])].sort());
});

describe.each(CALLERS)('as %s', (name, clientOf) => {
  const isIn = !(LOCKED_OUT as readonly string[]).includes(name);

  test('B12.1 events are for members', async () => {
    const text = await hear(clientOf(world), 'retry:');
    expect(text === null).toBe(!isIn);
  });

  test('B12.1 an answer from Salesforce that this browser did not ask for connects nobody', async () => {
    const reply = await clientOf(world).get('/api/v1/salesforce/callback?code=x&state=y');
    expect([reply.status, reply.headers.get('location')]).toEqual([
      302,
      '/settings/salesforce?error=wrong_session',
    ]);
  });

  test('B12.1 the API’s description is the same for everybody', async () => {
    const reply = await clientOf(world).get('/api/openapi.json');
    expect(reply.status).toBe(200);
    expect(reply.text).toBe((await world.tandem.client().get('/api/openapi.json')).text);
    expect(reply.text).not.toContain(MARK);
  });

  test('B12.1 health and figures name no person, no workspace and no task', async () => {
    for (const path of ['/healthz', '/readyz', '/metrics']) {
      const reply = await clientOf(world).get(path);
      expect(reply.status).toBe(200);
      saysNothingOfOurs(reply.text);
    }
  });

  test('B12.1 mails are ended by a link of ours only, and never by looking at it', async () => {
    const client = clientOf(world);
    const asked = {
      workspaceId: '00000000-0000-4000-8000-000000000000',
      userId: await userIdOf(world.clients.admin),
      kind: 'digest',
    } as const;
    const forged = signUnsubscription(asked, Buffer.alloc(32));
    for (const query of ['', '?t=', '?t=x.y', `?t=${forged}`]) {
      for (const method of ['GET', 'POST']) {
        const reply = await client.send(method, `/unsubscribe${query}`);
        expect(reply.status).toBe(400);
        saysNothingOfOurs(reply.text);
      }
    }
    const real = signUnsubscription(asked, world.tandem.services.unsubscribeKey);
    const page = await client.get(`/unsubscribe?t=${real}`);
    expect(page.status).toBe(200);
    saysNothingOfOurs(page.text);
  });
});

test('B12.1 and none of this has changed anything', async () => {
  expect(await fingerprint(world.databaseUrl)).toEqual(before);
});

test.each(ROLES)('B12.1 the other workspace’s %s hears nothing of ours', async (role) => {
  const client = world.outsiders[role];
  const own = await client.send('POST', '/api/v1/tasks', { name: 'Own, later than theirs' });
  const { admin } = world.clients;
  const text = await hear(client, own.json.id, async () => {
    const patch = { name: `${MARK} changed for ${role}` };
    const theirs = await admin.send('PATCH', `/api/v1/tasks/${world.ids.tasks}`, patch);
    expect(theirs.status).toBe(200);
    await client.send('PATCH', `/api/v1/tasks/${own.json.id}`, { details: 'Comes after theirs' });
  });
  expect(text).toContain(own.json.id);
  saysNothingOfOurs(text ?? '');
});

/** Fastify prints a tree; a line's depth is where its text begins. */
function routesOf(tree: string): readonly string[] {
  const path: string[] = [];
  const routes = new Set<string>();
  for (const line of tree.split('\n')) {
    const [, before = '', part = '', methods = ''] =
      /^([ │├└─]*)(\S*)(?: \(([^)]*)\))?$/.exec(line) ?? [];
    path.splice(before.length / 4 - 1, Number.POSITIVE_INFINITY, part);
    for (const method of methods.split(', ')) {
      // A HEAD goes with each GET.
      if (method !== '' && method !== 'HEAD') routes.add(`${method} ${path.join('')}`);
    }
  }
  return [...routes].sort();
}
