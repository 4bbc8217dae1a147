import { createSandbox, type Sandbox } from '@tandem/sandbox';
import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  connectSalesforce,
  eventually,
  type RunningTandem,
  startTestServer,
  type TestClient,
} from '../testing/index.ts';
import { asUser, sandboxControl } from '../testing/sandbox-control.ts';

const MARA = { username: 'mara@aldermoor.example' };

let database: TestDatabase;
let sandbox: Sandbox;
let tandem: RunningTandem;
let mara: TestClient;

beforeAll(async () => {
  database = await testDatabase();
  sandbox = await createSandbox({ seed: 'empty' });
  tandem = await startTestServer({
    databaseUrl: database.url,
    salesforceUrl: sandbox.url,
    worker: true,
  });
  mara = tandem.client();
  await mara.signUp('Mara');
  await connectSalesforce(mara, tandem.url, MARA);
  await mara.send('PUT', '/api/v1/sync/settings', { mode: 'on' });
});
afterAll(async () => {
  await tandem?.close();
  await sandbox?.close();
  await database?.drop();
});

const inSalesforce = (fields: Record<string, unknown>) => {
  const as = asUser(sandbox, MARA.username);
  return sandbox.org.insert('Task', { OwnerId: as.userId, ...fields }, as);
};
const syncNow = () => mara.send('POST', '/api/v1/sync/now', {});

test('L3 I6 a text no database holds comes in with the one sign replaced, and does not go back', async () => {
  inSalesforce({ Subject: 'Bad \u0000 one', Description: 'half \ud83d' });
  inSalesforce({ Subject: 'Good one' });
  await syncNow();
  await eventually(async () => {
    const { rows } = await tandem.services.db.pool.query(
      'select name, details from tandem.tasks order by name',
    );
    expect(rows).toEqual([
      { name: 'Bad \ufffd one', details: 'half \ufffd' },
      { name: 'Good one', details: '' },
    ]);
  });
  const { rows } = await tandem.services.db.pool.query(
    `select kind from tandem.journal where kind not in ('imported', 'created')`,
  );
  expect(rows).toEqual([]);
});

test('R7 R8 a key field that is taken away is noticed, and tasks go out without it', async () => {
  await tandem.services.db.pool.query(`update tandem.orgs set read_at = now() - interval '1 hour'`);
  await sandboxControl(sandbox, 'settings', { creationKeyField: false });
  const { id } = (await mara.send('POST', '/api/v1/tasks', { name: 'Without a key' })).json;
  await syncNow();
  await eventually(async () => {
    const { rows } = await tandem.services.db.pool.query(
      'select creation_key_field from tandem.orgs',
    );
    expect(rows).toEqual([{ creation_key_field: false }]);
  });
  await syncNow();
  await eventually(async () => {
    expect((await mara.get(`/api/v1/tasks/${id}`)).json.sync.state).toBe('in_step');
  });
});
