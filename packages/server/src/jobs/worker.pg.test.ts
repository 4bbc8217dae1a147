import { Writable } from 'node:stream';
import { createSandbox, type Sandbox } from '@tandem/sandbox';
import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  connectSalesforce,
  eventually,
  type RunningTandem,
  startTestServer,
  type TestClient,
} from '../testing/index.ts';

let database: TestDatabase;
let sandbox: Sandbox;
let tandem: RunningTandem;
let mara: TestClient;
const logged: string[] = [];
const MARA = { username: 'mara@aldermoor.example' };
const SECRET_NAME = 'Confidential visit to Fernsby';

const start = () =>
  startTestServer({
    databaseUrl: database.url,
    salesforceUrl: sandbox.url,
    worker: true,
    log: pino(
      { level: 'debug' },
      new Writable({
        write(chunk, _encoding, done) {
          logged.push(String(chunk));
          done();
        },
      }),
    ),
  });

beforeAll(async () => {
  database = await testDatabase();
  sandbox = await createSandbox({ seed: 'empty' });
  tandem = await start();
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

const inStep = (id: string) =>
  eventually(async () => {
    expect((await mara.get(`/api/v1/tasks/${id}`)).json.sync.state).toBe('in_step');
  });

test('I9 a job that was lost with its worker is made again by the sweeper', async () => {
  const { id } = (await mara.send('POST', '/api/v1/tasks', { name: 'First' })).json;
  await inStep(id);
  const { rows } = await tandem.services.db.pool.query<{ id: string }>(
    `with lost as (delete from graphile_worker._private_jobs returning id)
     update tandem.wakes set wake_at = now() - interval '10 seconds' returning connection_id as id`,
  );
  expect(rows).toHaveLength(1);
  await eventually(async () => {
    const { rows: waiting } = await tandem.services.db.pool.query(
      `select 1 from tandem.wakes where wake_at < now()`,
    );
    expect(waiting).toEqual([]);
  });
});

test('a person’s edit while nothing works is sent by the next process', async () => {
  const { userId } = (await mara.get('/api/v1/me')).json;
  await tandem.close();
  const quiet = await startTestServer({ databaseUrl: database.url, worker: false });
  const { services } = quiet;
  const { createTasks, memberOf } = await import('@tandem/store');
  const actor = await memberOf(services.db, userId);
  if (actor === null) throw new Error('Mara is a member');
  const row = {
    type: 'custom',
    status: 'open',
    priority: 'normal',
    dueDate: null,
    details: SECRET_NAME,
    person: null,
    related: null,
    campaign: null,
    callOutcome: null,
    callReason: null,
  } as const;
  const [task] = await createTasks(
    services.db,
    actor,
    [{ ...row, name: SECRET_NAME, ownerId: userId }],
    services.clock.now(),
  );
  await quiet.close();
  tandem = await start();
  mara = tandem.client();
  const signIn = { email: 'mara@tandem.example', password: 'correct-horse' };
  await mara.send('POST', '/api/auth/sign-in/email', signIn);
  await inStep(task?.id ?? '');
});

test('B12.2 logs hold ids and counts, no names, details, tokens or passwords', async () => {
  await mara.get(`/api/v1/tasks?view=all&text=Confidential`);
  const text = logged.join('');
  expect(text).toContain('http.request');
  expect(text).not.toMatch(/Confidential|Fernsby|correct-horse|mara@|refresh_?token"/i);
});
