import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMailbox, type Mailbox } from '@tandem/mailbox';
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
import { type Received, startReceiver } from '../testing/receiver.ts';
import { sandboxControl } from '../testing/sandbox-control.ts';
import { TEST_SECRET_KEY } from '../testing/test-server.ts';

/**
 * `tandem worker` as operators run it, a process with nothing else in it. What `logs.pg.test.ts` asks of a server with
 * its jobs is asked of it here: every text that somebody gave carries a mark, and none of them is in what it says.
 */

const MARK = 'Zq7';
const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
const today = () => day(Date.now());
const tomorrow = () => day(Date.now() + 24 * 60 * 60_000);

let folder: string;
let database: TestDatabase;
let sandbox: Sandbox;
let mailbox: Mailbox;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let tandem: RunningTandem;
let mara: TestClient;
let worker: ReturnType<typeof spawnTandem>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-lone-'));
  database = await testDatabase();
  sandbox = await createSandbox({ seed: 'empty' });
  mailbox = await createMailbox();
  receiver = await startReceiver((count) => (count % 2 === 0 ? 204 : 500));
  tandem = await startTestServer({
    databaseUrl: database.url,
    salesforceUrl: sandbox.url,
    webhookPrivateNetworks: true,
  });
  mara = tandem.client();
  await mara.signUp(`Mara ${MARK}`);
  await connectSalesforce(mara, tandem.url, { username: 'mara@aldermoor.example' });
  worker = spawnTandem(['worker'], {
    TANDEM_DATABASE_URL: database.url,
    TANDEM_DATA_DIR: folder,
    TANDEM_SECRET_KEY: TEST_SECRET_KEY,
    TANDEM_SALESFORCE_LOGIN_URL: sandbox.url,
    TANDEM_WEBHOOK_PRIVATE_NETWORKS: 'allow',
    TANDEM_SMTP_URL: mailbox.smtpUrl,
    TANDEM_MAIL_FROM: 'Tandem <tandem@aldermoor.example>',
  });
});
afterAll(async () => {
  if (worker !== undefined) await killOutright(worker.child);
  await tandem?.close();
  await receiver?.close();
  await mailbox?.close();
  await sandbox?.close();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function add(name: string, dueDate = today()): Promise<string> {
  const task = { name: `${MARK} ${name}`, details: `${MARK} details`, dueDate };
  return (await mara.send('POST', '/api/v1/tasks', task)).json.id;
}
const stateOf = async (id: string) => (await mara.get(`/api/v1/tasks/${id}`)).json.sync.state;
const says = (event: string) =>
  eventually(async () => expect(worker.output()).toContain(`"msg":"${event}"`), 30_000);

test('B12.2 a worker alone says ids and counts, and not one word of anybody', {
  timeout: PROGRAM_STARTS_MS_MAX + 240_000,
}, async () => {
  await mara.send('PUT', '/api/v1/sync/settings', { mode: 'on' });
  const good = await add('visit');
  await eventually(async () => expect(await stateOf(good)).toBe('in_step'), PROGRAM_STARTS_MS_MAX);

  await sandboxControl(sandbox, 'faults', {
    kind: 'status',
    status: 400,
    body: [{ errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: `${MARK} no`, fields: [] }],
    match: { bodyContains: `${MARK} refused` },
    times: null,
  });
  // Due when midnight has passed before the mail leaves, which speaks of what is due then.
  const refused = await add('refused', tomorrow());
  await eventually(async () => expect(await stateOf(refused)).not.toMatch(/in_step|sending/));

  const hook = { name: MARK, url: `${receiver.url}?key=${MARK}` };
  const { secret } = (await mara.send('POST', '/api/v1/webhooks', hook)).json;
  await add('told to programs');
  await says('webhook.failed');
  await eventually(async () =>
    expect(receiver.received.some(({ body }: Received) => body.includes(MARK))).toBe(true),
  );

  const { pool } = tandem.services.db;
  await pool.query(
    `insert into tandem.notices (workspace_id, user_id, kind, occurrence, at, shown, mail, mail_next_at, mail_until)
     select workspace_id, user_id, 'due', $1, now(), true, 'waiting', now(), now() + interval '1 hour'
     from tandem.members`,
    [today()],
  );
  await says('mail.sent');
  expect(mailbox.mails()[0]?.text).toContain(MARK);

  await pool.query(`
    create function tandem.refuse_link() returns trigger language plpgsql as $$
    begin raise exception '${MARK} in a link'; end $$`);
  await pool.query(
    'create trigger refuse_link before update on tandem.links for each row execute function tandem.refuse_link()',
  );
  await add('meets a broken link');
  await says('jobs.error');

  const lines = worker.output().split('\n');
  const told = lines.filter(
    (line) =>
      line.includes(MARK) ||
      line.includes(secret) ||
      line.includes(TEST_SECRET_KEY) ||
      /sandbox1!|tandem-local-secret|@aldermoor|@tandem\.example|\b00D\w{12,15}!/.test(line),
  );
  expect(told).toEqual([]);
});
