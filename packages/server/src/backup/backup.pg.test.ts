import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand } from '../cli/main.ts';
import { fingerprint } from '../testing/fingerprint.ts';
import { startTestServer } from '../testing/index.ts';

let folder: string;
let file: string;
let source: TestDatabase;
let original: Readonly<Record<string, string>>;

async function run(databaseUrl: string, ...args: string[]) {
  const written: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      written.push(String(chunk));
      done();
    },
  });
  const env = { TANDEM_DATABASE_URL: databaseUrl, TANDEM_DATA_DIR: folder };
  const code = await runCommand(args, env, { out: sink, err: sink });
  return { code, text: written.join('') };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-backup-'));
  file = join(folder, 'tandem.backup.gz');
  source = await testDatabase();
  const tandem = await startTestServer({ databaseUrl: source.url });
  const wren = tandem.client();
  await wren.signUp('Wren');
  const details = 'Zeile\nmit "Anführung", \\ und 🚲 und \u2028';
  for (let n = 0; n < 30; n += 1) {
    const dueDate = n % 3 === 0 ? null : '2026-11-24';
    const { json } = await wren.send('POST', '/api/v1/tasks', {
      name: `Task ${n}`,
      details,
      dueDate,
    });
    if (n % 5 === 0) await wren.send('PATCH', `/api/v1/tasks/${json.id}`, { status: 'complete' });
  }
  await wren.send('POST', '/api/v1/tokens', { name: 'a token' });
  await tandem.close();
  original = await fingerprint(source.url);
});
afterAll(async () => {
  await source?.drop();
  rmSync(folder, { recursive: true, force: true });
});

describe('backup and restore', () => {
  test('bring every row of every table back exactly, and Tandem goes on from there', async () => {
    expect(await run(source.url, 'backup', file)).toMatchObject({ code: 0 });
    const target = await testDatabase();
    expect(await run(target.url, 'restore', file)).toMatchObject({ code: 0 });
    expect(await fingerprint(target.url)).toEqual(original);
    const tandem = await startTestServer({ databaseUrl: target.url });
    const wren = tandem.client();
    const credentials = { email: 'wren@tandem.example', password: 'correct-horse' };
    expect((await wren.send('POST', '/api/auth/sign-in/email', credentials)).status).toBe(200);
    const made = await wren.send('POST', '/api/v1/tasks', { name: 'After the restore' });
    expect(made.status).toBe(201);
    await tandem.close();
    await target.drop();
  });

  test('a full database, another file and a cut file are refused in a sentence, and nothing changes', async () => {
    const target = await testDatabase();
    const cut = join(folder, 'cut.gz');
    writeFileSync(cut, readFileSync(file).subarray(0, 900));
    const empty = await fingerprint(target.url);
    for (const [bad, words] of [
      [cut, /damaged|too early/],
      [join(folder, 'none.gz'), /no file/],
    ] as const) {
      const { code, text } = await run(target.url, 'restore', bad);
      expect(code).toBe(1);
      expect(text).toMatch(words);
      expect(await fingerprint(target.url)).toEqual(empty);
    }
    const full = await run(source.url, 'restore', file);
    expect(full.code).toBe(1);
    expect(full.text).toContain('not empty');
    expect(await fingerprint(source.url)).toEqual(original);
    await target.drop();
  });

  test('an existing file is not overwritten', async () => {
    const before = readFileSync(file);
    const { code, text } = await run(source.url, 'backup', file);
    expect(code).toBe(1);
    expect(text).toContain('exists already');
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});

describe('export', () => {
  test('writes every task of the workspace as a JSON line, and no secret', async () => {
    const { code, text } = await run(source.url, 'export');
    expect(code).toBe(0);
    const lines = text.split('\n').filter((line) => line.startsWith('{'));
    const rows = lines.map((line) => JSON.parse(line) as { table: string; row: object });
    expect(rows.filter(({ table }) => table === 'tasks')).toHaveLength(30);
    expect(rows.find(({ table }) => table === 'api_tokens')?.row).not.toHaveProperty('hash');
  });
});
