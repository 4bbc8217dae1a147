import { ENDPOINTS, type EndpointContract, type EndpointName } from '@tandem/api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fingerprint } from '../testing/fingerprint.ts';
import { GOOD_BODY } from '../testing/good-requests.ts';
import {
  LOCKED_OUT,
  MARK,
  ROLES,
  type RoleWorld,
  startRoleWorld,
  userIdOf,
} from '../testing/role-world.ts';
import { MAY, mayCall } from './every-role.table.ts';

const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';
const QUERY: Partial<Record<EndpointName, string>> = { searchRecords: '?q=ada' };
const rows = Object.entries(ENDPOINTS) as [EndpointName, EndpointContract][];
const closed = rows.filter(([name]) => MAY[name] !== 'anybody');
const open = rows.filter(([name]) => MAY[name] === 'anybody');
const withId = rows.filter(([, { path }]) => path.includes('{id}'));
const withoutId = closed.filter(([, { path }]) => !path.includes('{id}'));
const kindOf = ({ path }: EndpointContract) => /^\/api\/v1\/(.+)\/\{id\}/.exec(path)?.[1] ?? '';
const addressOf = (
  name: EndpointName,
  { path }: EndpointContract,
  id = UNKNOWN_ID,
  deliveryId = UNKNOWN_ID,
) => path.replace('{id}', id).replace('{deliveryId}', deliveryId) + (QUERY[name] ?? '');

let world: RoleWorld;
beforeAll(async () => {
  world = await startRoleWorld();
});
afterAll(() => world?.close());
const printed = () => fingerprint(world.databaseUrl);
/** The address of what the first workspace really has. */
const oursAt = (name: EndpointName, contract: EndpointContract) =>
  addressOf(name, contract, world.ids[kindOf(contract)], world.ids.deliveries);

describe('the table of who may call what', () => {
  test('B12.1 the people of this test are what the server takes them for', async () => {
    for (const people of [world.clients, world.outsiders]) {
      for (const role of ROLES) {
        expect((await people[role].get('/api/v1/me')).json.role).toBe(role);
      }
    }
  });

  test.each(rows)('B12.1 %s says so in its contract', (name, { who }) => {
    expect(who).toBe(MAY[name]);
  });
});

/** One look at every table before the calls of a group and one after them: a look takes longer than fifty calls. */
function changesNothing(): void {
  let before: Awaited<ReturnType<typeof printed>>;
  beforeAll(async () => {
    before = await printed();
  });
  test('B12.1 and none of these calls has changed anything', async () => {
    expect(await printed()).toEqual(before);
  });
}

describe.each(ROLES)('as %s', (role) => {
  const call = (name: EndpointName, contract: EndpointContract) =>
    world.clients[role].send(contract.method, addressOf(name, contract), GOOD_BODY[name]);
  // What ends or makes a session belongs to nobody's role; it is called as nobody below.
  test.each(closed.filter(([name]) => mayCall(role, name)))(
    'B12.1 %s answers this role',
    async (name, contract) => {
      const { json } = await call(name, contract);
      expect(['not_signed_in', 'not_allowed', 'internal']).not.toContain(json?.code);
    },
  );

  describe('what is for others', () => {
    test.each(closed.filter(([name]) => !mayCall(role, name)))(
      'B12.1 %s refuses this role',
      async (name, contract) => {
        const reply = await call(name, contract);
        expect([reply.status, reply.json.code]).toEqual([403, 'not_allowed']);
      },
    );
    changesNothing();
  });
});

describe.each(LOCKED_OUT)('as %s', (caller) => {
  const call = (name: EndpointName, contract: EndpointContract) =>
    world.lockedOut(caller).send(contract.method, oursAt(name, contract), GOOD_BODY[name]);

  describe('what the table closes', () => {
    test.each(closed)('B12.1 %s asks to sign in', async (name, contract) => {
      const reply = await call(name, contract);
      expect([reply.status, reply.json.code]).toEqual([401, 'not_signed_in']);
      expect(reply.text).not.toContain(MARK);
    });
    changesNothing();
  });

  test.each(open)('B12.1 %s is open, and says no word of ours', async (name, contract) => {
    const reply = await call(name, contract);
    expect(reply.json?.code).not.toBe('not_signed_in');
    expect(reply.text).not.toContain(MARK);
  });
});

describe.each(ROLES)('as the %s of another workspace', (role) => {
  describe('with our ids', () => {
    test.each(withId)('B12.1 %s finds nothing of ours', async (name, contract) => {
      const client = world.outsiders[role];
      const reply = await client.send(contract.method, oursAt(name, contract), GOOD_BODY[name]);
      const refusal = mayCall(role, name) ? [404, 'not_found'] : [403, 'not_allowed'];
      expect([reply.status, reply.json.code]).toEqual(refusal);
    });
    changesNothing();
  });

  test.each(withoutId)('B12.1 %s shows no word of ours', async (name, { method, path }) => {
    const query = method === 'GET' ? (QUERY[name] ?? '') : '';
    const reply = await world.outsiders[role].send(method, path + query, GOOD_BODY[name]);
    expect(reply.text).not.toContain(MARK);
    for (const id of Object.values(world.ids)) expect(reply.text).not.toContain(id);
  });

  test('B12.5 nobody of ours can be looked through', async () => {
    for (const path of ['tasks', 'tasks/counts']) {
      const reply = await world.outsiders[role].get(`/api/v1/${path}?as=${world.ids.members}`);
      expect([reply.status, reply.json.errors]).toMatchObject([400, [{ field: 'as' }]]);
    }
  });
});

test('B12.1 a message of our webhook is not to be had by way of a webhook of one’s own', async () => {
  const { admin } = world.outsiders;
  const body = { name: 'own', url: 'https://hooks.example/own' };
  const own = (await admin.send('POST', '/api/v1/webhooks', body)).json.id;
  const before = await printed();
  const path = addressOf('sendAgain', ENDPOINTS.sendAgain, own, world.ids.deliveries);
  const reply = await admin.send('POST', path);
  expect([reply.status, reply.json.code]).toEqual([404, 'not_found']);
  expect(await printed()).toEqual(before);
});

test('B12.1 a problem of the admin’s is nobody else’s, also within the workspace', async () => {
  for (const action of ['retry', 'ignore']) {
    const before = await printed();
    const path = `/api/v1/sync/problems/${world.ids['sync/problems']}/${action}`;
    const reply = await world.clients.rep.send('POST', path, {});
    expect([reply.status, reply.json.code]).toEqual([404, 'not_found']);
    expect(await printed()).toEqual(before);
  }
});

// Last, because what is deleted here is what everybody was to be kept from.
describe('what others do not find', () => {
  const harmlessFirst = [
    ...withId.filter(([, { method }]) => method !== 'DELETE'),
    ...withId.filter(([name, { method }]) => method === 'DELETE' && name !== 'endSession'),
    ['endSession', ENDPOINTS.endSession] as [EndpointName, EndpointContract],
  ];
  test.each(harmlessFirst)('B12.1 %s is there for whose it is', async (name, contract) => {
    if (kindOf(contract) === 'sync/problems') await world.park();
    const { admin } = world.clients;
    const reply = await admin.send(contract.method, oursAt(name, contract), GOOD_BODY[name]);
    expect([404, 401, 403]).not.toContain(reply.status);
  });

  test('B12.3 every endpoint with an id of a kind was tried with a real one', async () => {
    const kinds = new Set(withId.map(([, contract]) => kindOf(contract)));
    expect([...kinds, 'deliveries'].sort()).toEqual(Object.keys(world.ids).sort());
    expect(withId.filter(([, { path }]) => path.includes('{deliveryId}'))).not.toEqual([]);
    for (const id of Object.values(world.ids)) expect(id).toMatch(/\w{8}/);
    const { admin } = world.outsiders;
    expect(await userIdOf(admin)).not.toBe(world.ids.members);
  });
});
