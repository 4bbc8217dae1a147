import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import type { Command as Program } from 'commander';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../config/config.ts';
import { type RunningTandem, startTestServer } from '../testing/index.ts';
import { startReceiver } from '../testing/receiver.ts';
import { tandemCommand } from '../testing/tandem-command.ts';
import { buildProgram } from './main.ts';

type Command = ReturnType<typeof tandemCommand>;

let folder: string;
let database: TestDatabase;
let tandem: RunningTandem;
let run: Command['run'];
let json: Command['json'];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-remote-'));
  database = await testDatabase();
  tandem = await startTestServer({
    databaseUrl: database.url,
    worker: true,
    webhookPrivateNetworks: true,
  });
  const wren = tandem.client();
  await wren.signUp('Wren');
  const { token } = (await wren.send('POST', '/api/v1/tokens', { name: 'command line' })).json;
  ({ run, json } = tandemCommand({
    TANDEM_DATA_DIR: folder,
    TANDEM_URL: tandem.url,
    TANDEM_TOKEN: token,
  }));
});
afterAll(async () => {
  await tandem?.close();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

describe('tandem, with a running Tandem', () => {
  test('a task is added, listed, edited, completed, deleted, restored, and has its history', async () => {
    const task = await json(
      'tasks',
      'add',
      'Call Osterly',
      '--due',
      '2026-11-24',
      '--type',
      'call',
    );
    expect(task).toMatchObject({ name: 'Call Osterly', type: 'call', dueDate: '2026-11-24' });
    const listed = await run(['tasks', 'list', '--view', 'all', '--text', 'Osterly']);
    expect(listed.out).toBe(`[ ] 2026-11-24    Call Osterly  ${task.id}\n`);
    expect((await json('tasks', 'edit', task.id, '--due', 'none')).dueDate).toBeNull();
    expect((await run(['tasks', 'done', task.id])).out).toBe('Completed: 1.\n');
    expect((await run(['tasks', 'delete', task.id])).out).toBe('Moved to Trash: 1.\n');
    expect((await run(['tasks', 'restore', task.id])).out).toBe('Restored: 1.\n');
    expect((await run(['tasks', 'show', task.id])).out).toContain('[x]');
    const { entries } = await json('tasks', 'history', task.id);
    expect(entries.map(({ kind }: { kind: string }) => kind)).toEqual([
      'restored',
      'deleted',
      'edited',
      'edited',
      'created',
    ]);
  });

  test('CSV goes out and comes back; a bad row is named and answers 1', async () => {
    const file = join(folder, 'tasks.csv');
    const exported = await run(['tasks', 'export', '--out', file], {}, true);
    expect(exported.err).toContain('Exporting');
    expect(exported.err.endsWith('\r\u001b[2K')).toBe(true);
    expect((await run(['tasks', 'export', '--out', file])).code).toBe(1);
    const again = await run(['tasks', 'import', file]);
    expect([again.code, again.out]).toEqual([0, '0 added, 0 changed, 1 are as they were.\n']);
    writeFileSync(file, `${readFileSync(file, 'utf8')},,call,,,24.11.2026\r\n`);
    const bad = await run(['tasks', 'import', file, '--dry-run']);
    expect(bad.code).toBe(1);
    expect(bad.out).toContain('line 3, name: must not be empty');
  });

  test('a webhook is added, tried, looked at, switched off and removed', async () => {
    const receiver = await startReceiver();
    const { id, secret } = await json('webhooks', 'add', 'Ours', receiver.url);
    expect(secret).toMatch(/^whsec_/);
    const delivery = await json('webhooks', 'ping', id);
    expect((await run(['webhooks', 'log', id])).out).toContain(delivery.id);
    expect((await json('webhooks', 'send', id, delivery.id)).eventId).toBe(delivery.eventId);
    expect((await json('webhooks', 'secret', id)).secret).not.toBe(secret);
    expect((await run(['webhooks', 'off', id])).out).toContain('  off  ');
    expect((await json('webhooks', 'on', id)).state).toBe('on');
    expect((await run(['webhooks', 'list'])).out).toContain(receiver.url);
    expect((await run(['webhooks', 'delete', id])).code).toBe(0);
    await receiver.close();
  });

  test('tokens are listed and revoked, sync says where it stands', async () => {
    const { tokens } = await json('token', 'list');
    expect(tokens).toMatchObject([{ name: 'command line' }]);
    expect((await json('sync', 'status')).state).toBe('off');
    expect((await json('sync', 'problems')).problems).toEqual([]);
    expect((await run(['sync', 'now'])).err).toMatch(/^tandem: .*Salesforce/);
    const missing = await run(['token', 'revoke', '00000000-0000-4000-8000-000000000000']);
    expect(missing.code).toBe(1);
  });

  test('says what is wrong: no token, a bad one, nobody there, a task that is not, wrong words', async () => {
    expect((await run(['tasks', 'list'], { TANDEM_TOKEN: '' })).err).toContain('TANDEM_TOKEN');
    expect(await run(['tasks', 'list'], { TANDEM_TOKEN: 'tdm_x' })).toMatchObject({ code: 1 });
    const away = await run(['tasks', 'list'], { TANDEM_URL: 'http://127.0.0.1:9' });
    expect([away.code, away.err]).toEqual([1, expect.stringContaining('does not answer at')]);
    const done = await run(['tasks', 'done', '00000000-0000-4000-8000-000000000000']);
    expect([done.code, done.out]).toEqual([1, expect.stringContaining('00000000-0000')]);
    expect((await run(['tasks', 'list', '--view', 'someday'])).code).toBe(2);
    expect((await run(['tasks', 'frobnicate'])).code).toBe(2);
  });

  test('every command, however deep, has help with an example and speaks JSON', async () => {
    const cli = { config: () => readConfig({}), out: process.stdout, err: process.stderr };
    const program = buildProgram({ ...cli, stopSignal: async () => '', exitCode: 0 });
    const paths = leaves(program).map((path) => path.slice(1));
    expect(paths.length).toBeGreaterThan(35);
    for (const path of paths) {
      const { code, out } = await run([...path, '--help']);
      expect(code, path.join(' ')).toBe(0);
      expect(out, path.join(' ')).toMatch(/Examples?:\n {2}(tandem|[A-Z_]+=)/);
      expect(out, path.join(' ')).toContain('--json');
    }
  });
});

function leaves(command: Program, path: string[] = []): string[][] {
  const here = [...path, command.name()];
  if (command.commands.length === 0) return [here];
  return command.commands.flatMap((child) => leaves(child, here));
}
