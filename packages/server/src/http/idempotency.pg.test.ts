import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningTandem, startTestServer, type TestClient } from '../testing/index.ts';

const HOUR_MS = 60 * 60 * 1000;
let now = Date.parse('2026-11-24T12:00:00.000Z');
let database: TestDatabase;
let tandem: RunningTandem;
let wren: TestClient;

beforeAll(async () => {
  database = await testDatabase();
  const clock = { now: () => new Date(now).toISOString() };
  tandem = await startTestServer({ databaseUrl: database.url, clock });
  wren = tandem.client();
  await wren.signUp('Wren');
});
afterAll(async () => {
  await tandem?.close();
  await database?.drop();
});

const create = (name: string, key: string, who = wren) =>
  who.send('POST', '/api/v1/tasks', { name }, { 'idempotency-key': key });
const count = async (name: string) =>
  (await wren.get(`/api/v1/tasks?view=all&text=${encodeURIComponent(name)}`)).json.tasks.length;

describe('Idempotency-Key', () => {
  test('the same request is carried out once, and answered the same to the letter', async () => {
    const first = await create('Once', 'once-1');
    const second = await create('Once', 'once-1');
    expect([second.status, second.text, second.type]).toEqual([201, first.text, first.type]);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(await count('Once')).toBe(1);
  });

  test('an answer without a body is repeated as well', async () => {
    const { id } = (await create('To trash', 'trash-0')).json;
    const trash = () =>
      wren.send('DELETE', `/api/v1/tasks/${id}`, undefined, { 'idempotency-key': 'trash-1' });
    expect((await trash()).status).toBe(204);
    expect([(await trash()).status, (await trash()).text]).toEqual([204, '']);
  });

  test('the order of fields and spelled-out defaults make no other request', async () => {
    const send = (body: object) =>
      wren.send('POST', '/api/v1/tasks', body, { 'idempotency-key': 'order-1' });
    const first = await send({ name: 'Order', priority: 'normal' });
    expect((await send({ status: 'open', name: 'Order' })).json).toEqual(first.json);
  });

  test('B12.6 what is kept of a change of password is nothing that guesses could be tried on', async () => {
    const passwords = ['correct-horse', 'battery-staple', 'correct-staple'];
    for (const [index, currentPassword] of passwords.slice(0, 2).entries()) {
      const body = { currentPassword, newPassword: passwords[index + 1] };
      const key = { 'idempotency-key': `password-${index}` };
      const changed = await wren.send('POST', '/api/v1/me/password', body, key);
      expect(changed.status).toBe(204);
    }
    const { rows } = await tandem.services.db.pool.query<{ request_hash: string }>(
      "select request_hash from tandem.idempotency_keys where key like 'password-%'",
    );
    expect(rows[0]?.request_hash).toBe(rows[1]?.request_hash);
  });

  test('another request with the same key is refused, and nothing happens', async () => {
    await create('First', 'reused-1');
    const other = await create('Second', 'reused-1');
    expect([other.status, other.json.code]).toEqual([422, 'idempotency_key_reused']);
    const elsewhere = await wren.send(
      'POST',
      '/api/v1/template/preview',
      { template: 'x' },
      { 'idempotency-key': 'reused-1' },
    );
    expect(elsewhere.json.code).toBe('idempotency_key_reused');
    expect(await count('Second')).toBe(0);
  });

  test('of many at once one is carried out; the others get 409 or its answer', async () => {
    const replies = await Promise.all(Array.from({ length: 12 }, () => create('Race', 'race-1')));
    const bad = replies.filter(({ status }) => status !== 201);
    for (const { status, json } of bad) {
      expect([status, json.code]).toEqual([409, 'request_under_way']);
    }
    const good = replies.filter(({ status }) => status === 201);
    expect(new Set(good.map(({ json }) => json.id)).size).toBe(1);
    expect(await count('Race')).toBe(1);
  });

  test('what was refused leaves the key free', async () => {
    const bad = await wren.send(
      'PATCH',
      '/api/v1/tasks/00000000-0000-4000-8000-000000000000',
      { name: 'x' },
      { 'idempotency-key': 'free-1' },
    );
    expect(bad.status).toBe(404);
    expect((await create('Free', 'free-1')).status).toBe(201);
  });

  test('a request that broke off is never carried out a second time', async () => {
    const { pool } = tandem.services.db;
    await create('Broken', 'broken-1');
    await pool.query(
      `update tandem.idempotency_keys set status = null, reply = null where key = 'broken-1'`,
    );
    const again = await create('Broken', 'broken-1');
    expect([again.status, again.json.code]).toEqual([409, 'request_under_way']);
    expect(await count('Broken')).toBe(1);
  });

  test('keys are a person’s own, kept for 24 hours', async () => {
    const otto = tandem.client();
    await otto.signUp('Otto');
    const first = await create('Kept', 'kept-1');
    expect((await create('Kept', 'kept-1', otto)).json.id).not.toBe(first.json.id);
    now += 23 * HOUR_MS;
    expect((await create('Kept', 'kept-1')).json.id).toBe(first.json.id);
    now += 2 * HOUR_MS;
    expect((await create('Kept', 'kept-1')).json.id).not.toBe(first.json.id);
  });

  test('a secret in a kept answer is sealed', async () => {
    const made = await wren.send(
      'POST',
      '/api/v1/tokens',
      { name: 'x' },
      { 'idempotency-key': 'seal-1' },
    );
    const { rows } = await tandem.services.db.pool.query(
      `select reply from tandem.idempotency_keys where key = 'seal-1'`,
    );
    expect(rows[0].reply.toString('latin1')).not.toContain(made.json.token);
  });

  test.each([['x'.repeat(256)], ['schlüssel'], ['tab\tbed']])(
    'B12.3 the key %j is refused by name',
    async (key) => {
      const reply = await create('Bad key', key);
      expect(reply.json.errors).toMatchObject([{ field: 'Idempotency-Key' }]);
      expect(await count('Bad key')).toBe(0);
    },
  );
});
