import { ENDPOINTS, type EndpointContract } from '@tandem/api';
import { verifyWebhook } from '@tandem/client';
import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  eventually,
  type RunningTandem,
  startTestServer,
  type TestClient,
} from '../testing/index.ts';
import { startReceiver } from '../testing/receiver.ts';

let database: TestDatabase;
let tandem: RunningTandem;
let wren: TestClient;

beforeAll(async () => {
  database = await testDatabase();
  tandem = await startTestServer({
    databaseUrl: database.url,
    worker: true,
    webhookPrivateNetworks: true,
  });
  wren = tandem.client();
  await wren.signUp('Wren');
});
afterAll(async () => {
  await tandem?.close();
  await database?.drop();
});

async function addWebhook(url: string, events: string[] = []) {
  const reply = await wren.send('POST', '/api/v1/webhooks', { name: 'Hook', url, events });
  expect(reply.status).toBe(201);
  return reply.json as { id: string; secret: string };
}
const deliveriesOf = async (id: string) =>
  (await wren.get(`/api/v1/webhooks/${id}/deliveries`)).json.deliveries;

describe('webhooks', () => {
  test('a change is told within seconds, signed, and the log says so', async () => {
    const receiver = await startReceiver();
    const { id, secret } = await addWebhook(receiver.url, ['task.created']);
    const task = (await wren.send('POST', '/api/v1/tasks', { name: 'Tell them' })).json;
    await eventually(async () => expect(receiver.received).toHaveLength(1));
    const [message] = receiver.received;
    if (message === undefined) throw new Error('It is there.');
    const signature = String(message.headers['tandem-signature']);
    expect(verifyWebhook(message.body, signature, secret)).toBe(true);
    expect(verifyWebhook(`${message.body} `, signature, secret)).toBe(false);
    expect(verifyWebhook(message.body, signature, `${secret}x`)).toBe(false);
    expect(message.json).toMatchObject({ type: 'task.created', origin: 'app', changed: [], task });
    await eventually(async () => {
      expect(await deliveriesOf(id)).toMatchObject([
        { state: 'delivered', attempts: 1, lastStatus: 204, eventId: message.json.id },
      ]);
    });
    await wren.send('DELETE', `/api/v1/webhooks/${id}`);
    await receiver.close();
  });

  test('a receiver that says no is asked again later, and “send again” repeats the event', async () => {
    const receiver = await startReceiver((count) => (count === 1 ? 500 : 200));
    const { id } = await addWebhook(receiver.url);
    await wren.send('POST', `/api/v1/webhooks/${id}/ping`);
    const first = await eventually(async () => {
      const [delivery] = await deliveriesOf(id);
      expect(delivery).toMatchObject({ state: 'waiting', attempts: 1, lastStatus: 500 });
      return delivery;
    });
    expect(Date.parse(first.nextAt) - Date.parse(first.lastAt)).toBeGreaterThan(7_000);
    // So late that it does not come between.
    await tandem.services.db.pool.query(
      `update tandem.webhook_deliveries set next_at = now() + interval '1 hour' where delivery_id = $1`,
      [first.id],
    );
    const again = await wren.send('POST', `/api/v1/webhooks/${id}/deliveries/${first.id}/send`);
    expect(again.status).toBe(202);
    await eventually(async () => expect(receiver.received).toHaveLength(2));
    const [one, two] = receiver.received;
    expect(two?.body).toBe(one?.body);
    expect(two?.headers['tandem-event-id']).toBe(one?.headers['tandem-event-id']);
    expect(two?.headers['tandem-delivery']).not.toBe(one?.headers['tandem-delivery']);
    await wren.send('DELETE', `/api/v1/webhooks/${id}`);
    await receiver.close();
  });

  test('a secret is shown once; for a day the former one signs along with the new', async () => {
    const receiver = await startReceiver();
    const { id, secret } = await addWebhook(receiver.url);
    expect((await wren.get(`/api/v1/webhooks/${id}`)).text).not.toContain('whsec');
    const rotated = (await wren.send('POST', `/api/v1/webhooks/${id}/secret`)).json;
    expect(rotated.secret).not.toBe(secret);
    expect(Date.parse(rotated.formerSecretUntil)).toBeGreaterThan(Date.now() + 23 * 3_600_000);
    await wren.send('POST', `/api/v1/webhooks/${id}/ping`);
    await eventually(async () => expect(receiver.received).toHaveLength(1));
    const [message] = receiver.received;
    const signature = String(message?.headers['tandem-signature']);
    for (const one of [secret, rotated.secret]) {
      expect(verifyWebhook(message?.body ?? '', signature, one)).toBe(true);
    }
    const stored = await tandem.services.db.pool.query('select secret from tandem.webhooks');
    expect(stored.rows.map((row) => String(row.secret)).join()).not.toContain('whsec');
    await wren.send('DELETE', `/api/v1/webhooks/${id}`);
    await receiver.close();
  });

  test('nothing is sent to a webhook that is off, and that is said', async () => {
    const { id } = await addWebhook('http://127.0.0.1:9/');
    await wren.send('PATCH', `/api/v1/webhooks/${id}`, { state: 'off' });
    const ping = await wren.send('POST', `/api/v1/webhooks/${id}/ping`);
    expect([ping.status, ping.json.code]).toEqual([409, 'webhook_off']);
    await wren.send('DELETE', `/api/v1/webhooks/${id}`);
  });

  test('B12.1 a rep finds them closed, and another workspace finds nothing', async () => {
    const { id } = await addWebhook('http://127.0.0.1:9/');
    const { json: delivery } = await wren.send('POST', `/api/v1/webhooks/${id}/ping`);
    const otto = tandem.client();
    const { userId } = await otto.signUp('Otto');
    const calls = (Object.values(ENDPOINTS) as EndpointContract[]).filter(
      ({ tag, path }) => tag === 'Webhooks' && path.includes('{id}'),
    );
    expect(calls.length).toBeGreaterThan(6);
    const asked = async () => {
      const answers = new Set<string>();
      for (const { method, path, body } of calls) {
        const address = path.replace('{id}', id).replace('{deliveryId}', delivery.id);
        const reply = await otto.send(method, address, body && { state: 'off' });
        answers.add(`${reply.status} ${reply.json.code}`);
      }
      return [...answers];
    };
    expect(await asked()).toEqual(['404 not_found']);
    expect((await otto.get('/api/v1/webhooks')).json.webhooks).toEqual([]);
    await tandem.services.db.pool.query(
      `update tandem.members set role = 'rep' where user_id = $1`,
      [userId],
    );
    expect(await asked()).toEqual(['403 not_allowed']);
    expect((await wren.get(`/api/v1/webhooks/${id}`)).json.state).toBe('on');
    await wren.send('DELETE', `/api/v1/webhooks/${id}`);
  });

  test('a secret sealed under another key is a failure that is seen', async () => {
    const { id } = await addWebhook('http://127.0.0.1:9/');
    await tandem.services.db.pool.query(
      `update tandem.webhooks set secret = 'x' where webhook_id = $1`,
      [id],
    );
    await wren.send('POST', `/api/v1/webhooks/${id}/ping`);
    await eventually(async () => {
      expect(await deliveriesOf(id)).toMatchObject([{ lastFault: 'secret_unreadable' }]);
    });
    await wren.send('DELETE', `/api/v1/webhooks/${id}`);
  });

  test('B12.1 a private network that a webhook was led to meanwhile is not reached', async () => {
    const receiver = await startReceiver();
    const { id } = await addWebhook(receiver.url);
    const strict = await startTestServer({ databaseUrl: database.url, worker: true });
    await tandem.close();
    await wrenOn(strict).send('POST', `/api/v1/webhooks/${id}/ping`);
    await eventually(async () => {
      const log = (await wrenOn(strict).get(`/api/v1/webhooks/${id}/deliveries`)).json.deliveries;
      expect(log).toMatchObject([{ state: 'waiting', lastFault: 'address_refused' }]);
    });
    expect(receiver.received).toEqual([]);
    await strict.close();
    await receiver.close();
    tandem = await startTestServer({ databaseUrl: database.url });
  });
});

function wrenOn(server: RunningTandem): TestClient {
  const client = server.client();
  client.token = token;
  return client;
}
let token = '';
beforeAll(async () => {
  token = (await wren.send('POST', '/api/v1/tokens', { name: 'program' })).json.token;
});
