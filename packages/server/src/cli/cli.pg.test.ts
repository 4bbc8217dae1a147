import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { createSandbox, type Sandbox } from '@tandem/sandbox';
import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  connectSalesforce,
  eventually,
  type RunningTandem,
  startTestServer,
} from '../testing/index.ts';
import { runCommand } from './main.ts';

const MARA = { username: 'mara@aldermoor.example' };

let folder: string;
let database: TestDatabase;
let sandbox: Sandbox;
let tandem: RunningTandem;

async function run(
  args: string[],
  env: Record<string, string> = {},
  isTTY = false,
  stopSignal?: () => Promise<string>,
) {
  const out: string[] = [];
  const err: string[] = [];
  const into = (list: string[]) =>
    new Writable({
      write(chunk, _encoding, done) {
        list.push(String(chunk));
        done();
      },
    });
  const code = await runCommand(
    args,
    { TANDEM_DATABASE_URL: database.url, TANDEM_DATA_DIR: folder, ...env },
    {
      out: into(out),
      err: Object.assign(into(err), { isTTY }),
      ...(stopSignal === undefined ? {} : { stopSignal }),
    },
  );
  return { code, out: out.join(''), err: err.join('') };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-cli-'));
  database = await testDatabase();
  sandbox = await createSandbox({ seed: 'empty' });
  tandem = await startTestServer({
    databaseUrl: database.url,
    salesforceUrl: sandbox.url,
    worker: true,
  });
  const wren = tandem.client();
  await wren.signUp('Wren');
  await connectSalesforce(wren, tandem.url, MARA);
  await wren.send('PUT', '/api/v1/sync/settings', { mode: 'on' });
  await eventually(async () => {
    const status = (await wren.get('/api/v1/sync/status')).json;
    expect([status.state, status.apiUsage]).toEqual(['in_step', expect.anything()]);
  });
});
afterAll(async () => {
  await tandem?.close();
  await sandbox?.close();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the tandem command', () => {
  test('token create prints a token that works', async () => {
    const { code, out } = await run(['token', 'create', '--user', 'WREN@tandem.example']);
    expect(code).toBe(0);
    const program = tandem.client();
    program.token = out.trim();
    expect((await program.get('/api/v1/me')).json.name).toBe('Wren');
  });

  test('token create for nobody says so', async () => {
    const { code, err } = await run(['token', 'create', '--user', 'nobody@tandem.example']);
    expect(code).toBe(1);
    expect(err).toContain('nobody@tandem.example');
  });

  test('migrate can run again', async () => {
    const { code, out } = await run(['migrate']);
    expect([code, out]).toEqual([0, 'The database is up to date.\n']);
  });

  test('B11.6 status says how far each account is, in numbers, and speaks JSON', async () => {
    const { code, out } = await run(['status', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      workspaces: [{ members: 1, tasks: 0, connections: 1 }],
      accounts: [{ username: MARA.username, state: 'in_step', linked: 0, unsent: 0 }],
    });
    const read = await run(['status']);
    expect(read.out).toContain('1 people, 0 tasks, 1 Salesforce accounts.');
    expect(read.out).toMatch(
      /mara@aldermoor\.example: in step, 0 linked, 0 to send, last poll .* ago, \d+ of \d+ API calls today\./,
    );
  });

  test('R13 B11.6 status says how many of how many agree, and since when that is known', async () => {
    const { pool } = tandem.services.db;
    // The lease is ours from here on: no turn carries the comparison on, or puts back what it was.
    const compared = (next: object) =>
      pool.query(
        `update tandem.connections set comparison = $1, lease_token = lease_token + 1,
           lease_holder = 'a test', lease_until = now() + interval '1 hour'`,
        [JSON.stringify(next)],
      );
    const at = new Date(Date.now() - 3 * 60_000).toISOString();
    const numbers = { why: 'daily', cursor: null, compared: 14_201, agreed: 14_200, missing: 1 };
    await compared({ ...numbers, state: 'done', startedAt: at, finishedAt: at });
    expect((await run(['status'])).out).toContain(
      '14,200 of 14,201 agree (checked 3 minutes ago), 1 no longer shown by Salesforce, last poll',
    );
    await compared({ ...numbers, state: 'running', startedAt: at, finishedAt: null });
    expect((await run(['status'])).out).toContain('comparing, 14,201 so far, last poll');
  });

  test('B11.8 status says who must sign in again, and where', async () => {
    const { rows } = await tandem.services.db.pool.query(
      `update tandem.connections set status = 'needs_sign_in', sign_in_needed = true returning 1`,
    );
    expect(rows).toHaveLength(1);
    const { out } = await run(['status']);
    expect(out).toContain('mara@aldermoor.example: must sign in to Salesforce again');
    expect(out).toContain('Settings → Salesforce');
  });

  test('long work counts on a terminal, stays silent elsewhere, and ends with what to do next', async () => {
    const file = join(folder, 'all.gz');
    const watched = await run(['backup', file], {}, true);
    expect(watched.code).toBe(0);
    expect(watched.err).toMatch(/Backing up: \d+ rows, now \w+\.\w+/);
    expect(watched.err.endsWith('\r\u001b[2K')).toBe(true);
    expect(watched.out).toContain(`tandem restore ${file}`);

    const lines = join(folder, 'all.jsonl');
    const exported = await run(['export', '--out', lines, '--json'], {}, true);
    expect(exported.err).toContain('Exporting: ');
    const { rows } = JSON.parse(exported.out);
    expect(readFileSync(lines, 'utf8').trimEnd().split('\n')).toHaveLength(rows);
    const again = await run(['export', '--out', lines]);
    expect([again.code, again.err]).toEqual([1, `tandem: The file ${lines} exists already.\n`]);
    const nowhere = await run(['export', '--out', join(folder, 'no', 'such', 'folder')]);
    expect([nowhere.code, nowhere.out]).toEqual([1, '']);

    const target = await testDatabase();
    const env = { TANDEM_DATABASE_URL: target.url };
    const restored = await run(['restore', file, '--json'], env, true);
    expect(restored.err).toContain('Restoring: ');
    expect(JSON.parse(restored.out)).toMatchObject({ file, rows: { 'tandem.members': 1 } });
    await target.drop();
    const quiet = await run(['backup', join(folder, 'quiet.gz')]);
    expect(quiet.err).toBe('');
  });

  test('start and worker speak JSON, a line a step', async () => {
    const stop = async () => 'SIGTERM';
    for (const command of ['serve', 'worker']) {
      const { code, out } = await run([command, '--json'], { TANDEM_PORT: '0' }, false, stop);
      expect(code).toBe(0);
      const lines = out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(lines).toContainEqual(expect.objectContaining({ ready: true }));
      expect(lines.at(-1)).toEqual({ stopping: true });
    }
  });

  test('doctor names what is missing and fails; --json for programs', async () => {
    const env = { TANDEM_SALESFORCE_LOGIN_URL: 'http://127.0.0.1:9' };
    const { code, out } = await run(['doctor', '--json'], env);
    expect(code).toBe(1);
    const { findings } = JSON.parse(out);
    const bad = findings.filter(({ ok }: { ok: boolean }) => !ok);
    expect(bad.map(({ name }: { name: string }) => name)).toEqual(['salesforce']);
    expect(bad[0].sentence).toContain('TANDEM_SALESFORCE_LOGIN_URL');
  });

  test('doctor reports a database that is away in one sentence', async () => {
    const { code, out } = await run(['doctor'], {
      TANDEM_DATABASE_URL: 'postgres://127.0.0.1:9/x',
    });
    expect(code).toBe(1);
    expect(out).toMatch(/FAIL {2}The database:/);
  });

  test('a database that is away is said in one sentence', async () => {
    const { code, err } = await run(['migrate'], {
      TANDEM_DATABASE_URL: 'postgres://127.0.0.1:9/x',
    });
    expect(code).toBe(1);
    expect(err).toBe('tandem: The database does not answer. Is it running?\n');
  });

  test('bad configuration ends with the sentence, wrong use with 2', async () => {
    const bad = await run(['status'], { TANDEM_PORT: 'http' });
    expect(bad.code).toBe(1);
    expect(bad.err).toContain('TANDEM_PORT is "http"');
    expect((await run(['frobnicate'])).code).toBe(2);
    expect((await run(['token', 'create'])).code).toBe(2);
  });

  test('every command explains itself', async () => {
    const { out } = await run(['--help']);
    for (const name of [
      'serve',
      'worker',
      'migrate',
      'doctor',
      'token',
      'status',
      'export',
      'backup',
      'restore',
      'start',
    ]) {
      expect(out).toContain(name);
      const help = await run(name === 'token' ? ['token', 'create', '--help'] : [name, '--help']);
      expect(help.code).toBe(0);
      expect(help.out).toMatch(/Examples?:\n {2}/);
      expect(help.out).toContain('--json');
    }
  });
});
