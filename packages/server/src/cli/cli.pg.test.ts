import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningTandem, startTestServer } from '../testing/index.ts';
import { runCommand } from './main.ts';

let folder: string;
let database: TestDatabase;
let tandem: RunningTandem;

async function run(args: string[], env: Record<string, string> = {}) {
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
    { out: into(out), err: into(err) },
  );
  return { code, out: out.join(''), err: err.join('') };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-cli-'));
  database = await testDatabase();
  tandem = await startTestServer({ databaseUrl: database.url });
  await tandem.client().signUp('Wren');
});
afterAll(async () => {
  await tandem?.close();
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

  test('status counts, and speaks JSON', async () => {
    const { code, out } = await run(['status', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out).workspaces).toMatchObject([{ members: 1, tasks: 0, connections: 0 }]);
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
      expect((await run([name, '--help'])).code).toBe(0);
    }
  });
});
