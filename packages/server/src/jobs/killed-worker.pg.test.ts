import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandbox, type Sandbox } from '@tandem/sandbox';
import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { killOutright, PROGRAM_STARTS_MS_MAX, spawnTandem } from '../testing/command.ts';
import {
  connectSalesforce,
  eventually,
  type RunningTandem,
  startTestServer,
  type TestClient,
} from '../testing/index.ts';
import { asUser, sandboxControl } from '../testing/sandbox-control.ts';
import { TEST_SECRET_KEY } from '../testing/test-server.ts';
import { SWEEP_MS } from './sweeper.ts';

const MARA = { username: 'mara@aldermoor.example' };
/** Longer than it takes to see the call and to kill its caller; the org still acts on it after that. */
const ORG_THINKS_MS = 8_000;
/** A busy machine, and what the next worker itself has to do. */
const SLACK_MS = 60_000;

let folder: string;
let database: TestDatabase;
let sandbox: Sandbox;
let tandem: RunningTandem;
let mara: TestClient;
const workers: ReturnType<typeof spawnTandem>[] = [];

function startWorkerProcess() {
  const worker = spawnTandem(['worker'], {
    TANDEM_DATABASE_URL: database.url,
    TANDEM_DATA_DIR: folder,
    TANDEM_SECRET_KEY: TEST_SECRET_KEY,
    TANDEM_SALESFORCE_LOGIN_URL: sandbox.url,
  });
  workers.push(worker);
  return worker;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-killed-'));
  database = await testDatabase();
  sandbox = await createSandbox({ seed: 'empty' });
  // The pages only: all work is done by the processes beside it.
  tandem = await startTestServer({ databaseUrl: database.url, salesforceUrl: sandbox.url });
  mara = tandem.client();
  await mara.signUp('Mara');
  await connectSalesforce(mara, tandem.url, MARA);
  await mara.send('PUT', '/api/v1/sync/settings', { mode: 'on' });
  startWorkerProcess();
  startWorkerProcess();
  await eventually(async () => {
    expect((await mara.get('/api/v1/sync/status')).json.state).toBe('in_step');
  }, PROGRAM_STARTS_MS_MAX);
}, PROGRAM_STARTS_MS_MAX + 60_000);
afterAll(async () => {
  for (const { child } of workers) await killOutright(child);
  await tandem?.close();
  await sandbox?.close();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

const stateOf = async (id: string) => (await mara.get(`/api/v1/tasks/${id}`)).json.sync.state;

test('I9 R8 a worker killed in the middle of a create is replaced within its lease, and makes no second task', async () => {
  const slow = { kind: 'latency', ms: ORG_THINKS_MS, match: { bodyContains: 'Sent once' } };
  await sandboxControl(sandbox, 'faults', slow);
  const { id } = (await mara.send('POST', '/api/v1/tasks', { name: 'Sent once' })).json;

  await eventually(async () => {
    const reply = await fetch(`${sandbox.url}/__sandbox__/faults`);
    expect(await reply.json()).toMatchObject({ faults: [{ fired: 1 }] });
  });
  const { rows } = await tandem.services.db.pool.query<{ holder: string; leaseMs: number }>(
    `select lease_holder as holder,
       1000 * extract(epoch from lease_until - now())::float8 as "leaseMs"
     from tandem.connections where lease_until > now()`,
  );
  const { holder = '', leaseMs = 0 } = rows[0] ?? {};
  const busy = workers.find(({ pid }) => holder.startsWith(`${pid}-`));
  if (busy === undefined) throw new Error(`No worker of ours is ${holder}.`);
  await killOutright(busy.child);
  expect(await stateOf(id)).toBe('sending');

  const msMax = leaseMs + SWEEP_MS + SLACK_MS;
  await eventually(async () => expect(await stateOf(id)).toBe('in_step'), msMax);
  const { records } = sandbox.org.query(
    `SELECT Id FROM Task WHERE Subject = 'Sent once'`,
    asUser(sandbox, MARA.username),
    { all: true },
  );
  expect(records).toHaveLength(1);

  // The one that is left goes on as if nothing had been.
  await mara.send('PATCH', `/api/v1/tasks/${id}`, { priority: 'high' });
  await eventually(async () => {
    const found = sandbox.org.retrieve(
      'Task',
      String(records[0]?.Id),
      asUser(sandbox, MARA.username),
    );
    expect(found).toMatchObject({ Priority: 'High' });
  });
});
