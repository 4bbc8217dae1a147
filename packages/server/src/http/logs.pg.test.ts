import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { createMailbox, type Mailbox } from '@tandem/mailbox';
import { createSandbox, type Sandbox } from '@tandem/sandbox';
import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from '../cli/main.ts';
import { purgeTurn, reminderTurn, watchTurn } from '../jobs/reminder-turn.ts';
import {
  connectSalesforce,
  eventually,
  type RunningTandem,
  startTestServer,
  type TestClient,
} from '../testing/index.ts';
import { type Received, startReceiver } from '../testing/receiver.ts';
import { sandboxControl } from '../testing/sandbox-control.ts';

/**
 * A busy day in which every text that a person or another system could give carries a mark, with the log at its most
 * talkative. Whatever was written there, and past it to the console, has ids and counts and not one of the marks.
 */

const MARK = 'Zq7';
const MARA = { username: 'mara@aldermoor.example' };
const PASSWORD = `${MARK}-correct-horse`;
const EMAIL = `${MARK}.mara@tandem.example`.toLowerCase();

const written: string[] = [];
/** Secrets that Tandem or the org made on the way. */
const secrets: string[] = [];
let folder: string;
let database: TestDatabase;
let sandbox: Sandbox;
let mailbox: Mailbox;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let tandem: RunningTandem;
let mara: TestClient;
const restore: (() => void)[] = [];

const into = (list: string[]) =>
  new Writable({
    write(chunk, _encoding, done) {
      list.push(String(chunk));
      done();
    },
  });

/** What a library writes past the log. */
function listenToConsole(): void {
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream);
    stream.write = ((chunk: string | Uint8Array, ...rest: never[]) => {
      written.push(String(chunk));
      return write(chunk, ...rest);
    }) as typeof stream.write;
    restore.push(() => {
      stream.write = write;
    });
  }
  for (const name of ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const) {
    const say = console[name];
    console[name] = (...words: unknown[]) => {
      written.push(words.map((word) => (word instanceof Error ? word.stack : word)).join(' '));
    };
    restore.push(() => {
      console[name] = say;
    });
  }
}

beforeAll(async () => {
  listenToConsole();
  folder = mkdtempSync(join(tmpdir(), 'tandem-logs-'));
  database = await testDatabase();
  sandbox = await createSandbox({ seed: 'demo' });
  mailbox = await createMailbox();
  receiver = await startReceiver((count) => (count % 2 === 0 ? 204 : 500));
  tandem = await startTestServer({
    databaseUrl: database.url,
    salesforceUrl: sandbox.url,
    worker: true,
    webhookPrivateNetworks: true,
    mail: { smtpUrl: mailbox.smtpUrl, from: 'Tandem <tandem@aldermoor.example>' },
    log: pino({ level: 'trace' }, into(written)),
  });
  mara = tandem.client();
  const signUp = { name: `Mara ${MARK}`, email: EMAIL, password: PASSWORD };
  expect((await mara.send('POST', '/api/auth/sign-up/email', signUp)).status).toBe(200);
});
afterAll(async () => {
  await stopOnce();
  await receiver?.close();
  await mailbox?.close();
  await sandbox?.close();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
  for (const undo of restore) undo();
});

let stopped: Promise<void> | null = null;
const stopOnce = () => (stopped ??= tandem?.close() ?? Promise.resolve());

const marked = (what: string) => `${MARK} ${what}`;
const today = () => new Date().toISOString().slice(0, 10);
async function add(name: string, more: object = {}): Promise<string> {
  const made = await mara.send('POST', '/api/v1/tasks', { name: marked(name), ...more });
  expect(made.status).toBe(201);
  return made.json.id;
}
const stateOf = async (id: string) => (await mara.get(`/api/v1/tasks/${id}`)).json.sync.state;

/** Known to be written when all of it is: what follows must not end before. */
const events = () => written.flatMap((line) => /"msg":"([\w.]+)"/.exec(line)?.[1] ?? []).sort();

test('the day: doors, tasks, CSV, sync and what Salesforce refuses', async () => {
  const wrong = { email: EMAIL, password: `${MARK}-wrong` };
  await tandem.client().send('POST', '/api/auth/sign-in/email', wrong);
  await mara.send('POST', '/api/auth/forgot-password', { email: EMAIL });
  await connectSalesforce(mara, tandem.url, MARA);
  await mara.send('PUT', '/api/v1/sync/settings', { mode: 'on' });
  await mara.send('PUT', '/api/v1/template', { template: `${MARK} {{activity_subject}}` });
  const id = await add('visit', { details: marked('details'), dueDate: today() });
  await eventually(async () => expect(await stateOf(id)).toBe('in_step'));

  const csv = `name,details\r\n${marked('by CSV')},${marked('more')}\r\n${MARK},"${'x'.repeat(40_000)}"\r\n`;
  await mara.send('POST', '/api/v1/tasks/import', { csv });
  await mara.get('/api/v1/tasks/export');
  await mara.get(`/api/v1/tasks?view=all&text=${MARK}`);
  await mara.get(`/api/v1/salesforce/search?q=${MARK}`);
  await mara.get(`/api/v1/${MARK}?q=${MARK}`);

  // The org says no in its own words, which repeat the row's.
  const refusal = [
    {
      errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      message: `${MARK} is not allowed in Subject`,
      fields: ['Subject'],
    },
  ];
  await sandboxControl(sandbox, 'faults', {
    kind: 'status',
    status: 400,
    body: refusal,
    match: { bodyContains: `${MARK} refused` },
    times: null,
  });
  const refused = await add('refused');
  await eventually(async () => expect(await stateOf(refused)).not.toMatch(/in_step|sending/));
  await sandboxControl(sandbox, 'faults', {
    kind: 'status',
    status: 503,
    body: refusal,
    match: { path: '/query' },
    times: 2,
  });
  await mara.send('POST', '/api/v1/sync/now');
  const after = await add('after the storm');
  await eventually(async () => expect(await stateOf(after)).toBe('in_step'));
});

test('bad input, and faults of the database that repeat a value', async () => {
  const bad = [
    { name: `${MARK}\u0000` },
    { name: MARK.repeat(2_000) },
    { name: MARK, dueDate: MARK },
    { name: MARK, [MARK]: MARK },
    `{"name": "${MARK}`,
  ];
  for (const body of bad) {
    expect((await mara.send('POST', '/api/v1/tasks', body)).status).toBe(400);
  }
  const { pool } = tandem.services.db;
  // Messages of PostgreSQL hold the values it would not take; some have lines that look like a stack's.
  await pool.query(`
    create function tandem.refuse_marked() returns trigger language plpgsql as $$
    begin
      raise exception E'no: %\\n    at % (/of/a/task)', new.name, new.name using detail = new.name, errcode = '23514';
    end $$`);
  await pool.query(
    `create trigger refuse_marked before insert on tandem.saved_views for each row execute function tandem.refuse_marked()`,
  );
  const reply = await mara.send('POST', '/api/v1/views', { name: marked('view'), query: {} });
  expect([reply.status, reply.json.code]).toEqual([500, 'internal']);
  await pool.query('drop trigger refuse_marked on tandem.saved_views');
  const view = { name: marked('view'), query: { text: MARK } };
  await mara.send('POST', '/api/v1/views', view);
  await mara.send('POST', '/api/v1/views', view);
  expect(events()).toContain('http.internal_error');

  // The same under a job: the worker tells of it in a sentence with the message.
  await pool.query(`
    create function tandem.refuse_link() returns trigger language plpgsql as $$
    begin raise exception '${MARK} in a link'; end $$`);
  await pool.query(
    'create trigger refuse_link before update on tandem.links for each row execute function tandem.refuse_link()',
  );
  await add('meets a broken link');
  await eventually(async () => expect(events()).toContain('jobs.error'));
  await pool.query('drop trigger refuse_link on tandem.links');
});

test('what the web server says by itself of a fault in the middle of an answer', () => {
  // As it does when a file that streams breaks off (LogController.streamError).
  const err = Object.assign(new Error(`${MARK} in a row`), { detail: MARK });
  tandem.app.log.warn({ err }, 'response terminated with an error with headers already sent');
  expect(written.at(-1)).toContain('headers already sent');
});

test('webhooks, reminders, the team, and what is exported', async () => {
  const url = `${receiver.url}?key=${MARK}`;
  const hook = await mara.send('POST', '/api/v1/webhooks', { name: marked('hook'), url });
  expect(hook.status).toBe(201);
  secrets.push(hook.json.secret);
  await mara.send('POST', '/api/v1/webhooks', { name: MARK, url: `http://127.0.0.1:9/${MARK}` });
  await add('told to programs', { dueDate: today() });
  await eventually(async () =>
    expect(receiver.received.some(({ body }: Received) => body.includes(MARK))).toBe(true),
  );
  await eventually(async () => expect(events()).toContain('webhook.failed'));
  const invitation = await mara.send('POST', '/api/v1/invitations', { role: 'rep' });
  secrets.push(invitation.json.token);
  const token = await mara.send('POST', '/api/v1/tokens', { name: marked('token') });
  secrets.push(token.json.token);
  await mara.send('PATCH', '/api/v1/me', { timeZone: 'Europe/Oslo', locale: 'en' });
  await mara.send('POST', '/api/v1/reminders/test', {});
  await watchTurn(tandem.services);
  await reminderTurn(tandem.services);
  await purgeTurn(tandem.services);
  await mara.get('/api/v1/audit');
  await mara.get('/api/v1/audit/export');
  await mara.get('/api/v1/sync/problems/export');
  await mara.send('PATCH', '/api/v1/workspace', { name: marked('Aldermoor') });
});

test('the command line says what it is asked for, and logs nothing of it', async () => {
  const program = secrets.find((text) => text.startsWith('tdm_')) ?? '';
  const run = async (args: string[], env: Record<string, string> = {}) => {
    const err: string[] = [];
    const code = await runCommand(
      args,
      {
        TANDEM_DATABASE_URL: database.url,
        TANDEM_DATA_DIR: folder,
        TANDEM_SECRET_KEY: 'only-for-tests-only-for-tests-only-for-tests',
        TANDEM_URL: tandem.url,
        TANDEM_TOKEN: program,
        ...env,
      },
      { out: into([]), err: Object.assign(into(err), { isTTY: false }) },
    );
    written.push(...err);
    return code;
  };
  expect(await run(['status'])).toBe(0);
  expect(await run(['doctor'])).toBeLessThan(2);
  expect(await run(['token', 'create', '--user', EMAIL])).toBe(0);
});

test('B12.2 a busy day leaves ids and counts in the log of server and worker, and not one word of anybody', async () => {
  await stopOnce();
  const heard = new Set(events());
  for (const one of [
    'http.request',
    'connect.done',
    'http.internal_error',
    'jobs.error',
    'webhook.failed',
  ]) {
    expect(heard).toContain(one);
  }
  const told = written.filter(
    (line) =>
      line.toLowerCase().includes(MARK.toLowerCase()) ||
      secrets.some((secret) => secret.length > 8 && line.includes(secret)) ||
      /sandbox1!|tandem-local-secret|mara@aldermoor|\b00D\w{12,15}!|\btdm_/.test(line),
  );
  expect(told).toEqual([]);
});
