import { createSandbox, type Sandbox } from '@tandem/sandbox';
import { noteKeyChange, SEALED_PLACES } from '@tandem/store';
import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resealAll } from './reseal.ts';
import { connectSalesforce, type RunningTandem, startTestServer } from './testing/index.ts';
import { TEST_SECRET_KEY } from './testing/test-server.ts';
import { createVault } from './vault.ts';
import { openSecret } from './webhooks/secret.ts';

const NEW_KEY = 'the-new-key-the-new-key-the-new-key-the-new-key';

let database: TestDatabase;
let sandbox: Sandbox;
let tandem: RunningTandem;
beforeAll(async () => {
  database = await testDatabase();
  sandbox = await createSandbox({ seed: 'demo' });
});
afterAll(async () => {
  await tandem?.close();
  await sandbox?.close();
  await database?.drop();
});

async function restart(keys: { secretKey?: string; formerSecretKey?: string }): Promise<void> {
  await tandem?.close();
  tandem = await startTestServer({
    databaseUrl: database.url,
    salesforceUrl: sandbox.url,
    ...keys,
  });
}

/** How far an org's change events were read: a number of Salesforce's, and no secret. */
const PLAIN = ['tandem.event_feeds.place'];

describe('a change of the secret key', () => {
  test('B12.2 every sealed column of the database is one that a change of keys knows', async () => {
    await restart({});
    const { rows } = await tandem.services.db.pool.query<{ at: string }>(
      `select table_schema || '.' || table_name || '.' || column_name as at
       from information_schema.columns
       where table_schema in ('tandem', 'auth') and data_type = 'bytea' order by 1`,
    );
    const known = Object.values(SEALED_PLACES).map(({ table, column }) => `${table}.${column}`);
    expect(rows.map(({ at }) => at)).toEqual([...known, ...PLAIN].sort());
  });

  test('B12.2 sync, webhooks, kept answers and sessions go on through it, and the old key can go', async () => {
    const ada = tandem.client();
    await ada.signUp('Ada Quint');
    await connectSalesforce(ada, tandem.url, { username: 'mara@aldermoor.example' });
    const hook = { name: 'x', url: 'https://hooks.example/x' };
    const made = (await ada.send('POST', '/api/v1/webhooks', hook)).json;
    const rotated = (await ada.send('POST', `/api/v1/webhooks/${made.id}/secret`)).json;
    const key = { 'idempotency-key': 'once' };
    const first = await ada.send('POST', '/api/v1/tokens', { name: 'x' }, key);
    const works = async () => {
      const search = await ada.get('/api/v1/salesforce/search?q=ada');
      expect(search.status).toBe(200);
      const again = await ada.send('POST', '/api/v1/tokens', { name: 'x' }, key);
      expect(again.json).toEqual(first.json);
    };
    await works();

    await restart({ secretKey: NEW_KEY, formerSecretKey: TEST_SECRET_KEY });
    ada.moveTo(tandem.url);
    await works();
    const vault = createVault(NEW_KEY, [TEST_SECRET_KEY]);
    const { db } = tandem.services;
    // Broken off in between, it goes on with what is left.
    await expect(
      resealAll(db, vault, () => {
        throw new Error('stopped');
      }),
    ).rejects.toThrow('stopped');
    const seen: number[] = [];
    const rest = await resealAll(db, vault, (done) => seen.push(done));
    expect(rest).toMatchObject({
      unreadable: 0,
      resealed: { webhookSecrets: 1, formerWebhookSecrets: 1, keptAnswers: 1 },
    });
    expect(seen.at(-1)).toBe(3);
    const again = await resealAll(db, vault);
    expect(Object.values(again.resealed)).toEqual([0, 0, 0, 0]);
    await works();

    // A session in use has a cookie of the new key by now; the old key is nowhere any more.
    await db.pool.query(`update auth.session set "expiresAt" = now() + interval '20 days'`);
    await ada.get('/api/v1/me');
    await restart({ secretKey: NEW_KEY });
    ada.moveTo(tandem.url);
    await works();
    const { rows } = await tandem.services.db.pool.query<{ secret: Buffer }>(
      'select secret from tandem.webhooks',
    );
    const [stored] = rows;
    const plain = openSecret(createVault(NEW_KEY), made.id, stored?.secret ?? Buffer.alloc(0));
    expect(plain).toBe(rotated.secret);
  });

  test('B12.4 is in the audit log of every workspace, once for each key, and the key is not', async () => {
    const bo = tandem.client();
    await bo.signUp('Bo Quint');
    const { db } = tandem.services;
    const keyId = createVault(NEW_KEY).keyId;
    await noteKeyChange(db, keyId, '2026-11-24T12:00:00.000Z');
    await noteKeyChange(db, keyId, '2026-11-24T12:05:00.000Z');
    const { rows } = await db.pool.query<{ entries: number }>(
      `select (select count(*)::int from tandem.audit a where a.workspace_id = w.workspace_id
         and a.action = 'secret_key_changed') as entries from tandem.workspaces w`,
    );
    expect(rows).toEqual([{ entries: 1 }, { entries: 1 }]);
    const listed = await bo.get('/api/v1/audit?action=secret_key_changed');
    expect(listed.json.entries).toMatchObject([{ actorId: null }]);
    expect(listed.text).not.toContain(NEW_KEY);
    await noteKeyChange(db, createVault('other'.repeat(10)).keyId, '2026-11-25T12:00:00.000Z');
    const later = await bo.get('/api/v1/audit?action=secret_key_changed');
    expect(later.json.entries).toHaveLength(2);
  });

  test('B12.2 what neither key opens is counted and left as it is', async () => {
    const { pool } = tandem.services.db;
    await pool.query("update tandem.webhooks set secret = '\\x01deadbeef00'");
    const before = (await pool.query('select secret from tandem.webhooks')).rows;
    const result = await resealAll(tandem.services.db, createVault('other'.repeat(10), [NEW_KEY]));
    expect(result.unreadable).toBe(1);
    expect((await pool.query('select secret from tandem.webhooks')).rows).toEqual(before);
  });

  test('B12.6 a cookie that neither key signed is nobody’s', async () => {
    await restart({ secretKey: NEW_KEY, formerSecretKey: TEST_SECRET_KEY });
    for (const cookie of [
      'tandem.session_token=abc.def',
      'tandem.session_token=%',
      'tandem.session_token=',
      '=',
    ]) {
      const reply = await tandem.client().send('GET', '/api/v1/me', undefined, { cookie });
      expect(reply.status).toBe(401);
    }
  });
});
