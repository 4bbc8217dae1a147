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
    expect(paths.length).toBeGreaterThan(90);
    for (const path of paths) {
      const { code, out } = await run([...path, '--help']);
      expect(code, path.join(' ')).toBe(0);
      expect(out, path.join(' ')).toMatch(/Examples?:\n {2}(tandem|[A-Z_]+=)/);
      expect(out, path.join(' ')).toContain('--json');
    }
  });
});

describe('tandem, what a team has', () => {
  test('B5.1 B5.2 B5.3 the template is previewed on real tasks, saved, and a mistake is placed', async () => {
    const call = await json('tasks', 'add', 'Ring Osterly', '--type', 'call');
    const wanted = '{{activity_type}}: {{activity_subject}}';
    expect((await run(['template', 'preview', wanted])).out).toContain(
      'Ring Osterly\n  → Call: Ring Osterly  (18 characters)\n',
    );
    expect((await json('template', 'show')).template).toBe('{{activity_subject}}');
    expect((await json('template', 'set', wanted)).template).toBe(wanted);
    expect((await run(['template', 'show'])).out).toBe(`${wanted}\n`);
    expect((await json('template', 'preview')).samples).toContainEqual(
      expect.objectContaining({ taskId: call.id, subject: 'Call: Ring Osterly' }),
    );
    const broken = await run(['template', 'set', 'x {{activity_sbject}}']);
    expect([broken.code, broken.err]).toEqual([1, expect.stringContaining('activity_sbject')]);
  });

  test('B12.1 B12.4 B12.5 somebody is invited, joins, gets a role, is looked at, hands tasks over and is removed; the log has it', async () => {
    const { link, token } = await json('team', 'invite', 'rep', '--email', 'bo@tandem.example');
    expect(link).toBe(`${tandem.url}/join#${token}`);
    expect((await run(['team', 'invitations'])).out).toContain('bo@tandem.example');
    const joined = await tandem.client().send('POST', '/api/auth/invitation/accept', {
      ...{ token, name: 'Bo', email: 'bo@tandem.example', password: 'correct-horse' },
    });
    expect(joined.status).toBe(200);
    const bo = await json('team', 'role', 'bo@tandem.example', 'manager');
    expect(bo).toMatchObject({ name: 'Bo', role: 'manager' });
    const task = await json('tasks', 'add', 'For Bo', '--owner', 'bo@tandem.example');
    expect(task.ownerId).toBe(bo.userId);
    const seen = await json('tasks', 'list', '--view', 'all', '--as', 'bo@tandem.example');
    expect(seen.tasks.map(({ id }: { id: string }) => id)).toEqual([task.id]);
    expect((await run(['tasks', 'show', task.id, '--as', 'bo@tandem.example'])).code).toBe(0);
    const nobody = await run(['tasks', 'counts', '--as', 'nobody']);
    expect([nobody.code, nobody.err]).toEqual([1, expect.stringContaining('as: ')]);
    expect((await run(['team', 'reassign', 'bo@tandem.example', 'me'])).out).toBe(
      'Reassigned: 1.\n',
    );
    expect((await run(['team', 'remove', 'bo@tandem.example'])).code).toBe(0);
    expect((await run(['team', 'members'])).out).toMatch(/Bo <bo@tandem\.example> {2}removed /);
    const other = await json('team', 'invite', 'manager');
    expect((await run(['team', 'revoke', other.id])).out).toBe(`Revoked ${other.id}.\n`);
    expect((await json('team', 'invitations')).invitations).toEqual([]);
    expect((await run(['team', 'role', 'me', 'king'])).code).toBe(2);
    const last = await run(['team', 'role', 'me', 'rep']);
    expect([last.code, last.err]).toEqual([1, 'tandem: Make somebody else an admin first.\n']);
    expect((await json('team', 'rename', 'Aldermoor')).name).toBe('Aldermoor');
    const { entries } = await json('audit', 'list', '--action', 'role_changed', '--who', 'me');
    expect(entries).toMatchObject([{ targetName: 'Bo' }]);
    const file = join(folder, 'audit.csv');
    expect((await run(['audit', 'export', '--out', file])).out).toBe(`Wrote ${file}.\n`);
    expect(readFileSync(file, 'utf8')).toContain('member_removed');
  });

  test('B13.1 B13.2 reminders change in part, are tried, and their notices are read and put away', async () => {
    expect(await json('me', 'set', '--time-zone', 'Europe/Oslo')).toMatchObject({
      timeZone: 'Europe/Oslo',
    });
    const { settings: before } = await json('reminders', 'show');
    const after = await json(
      ...[
        'reminders',
        'set',
        '--digest-at',
        '07:30',
        '--digest-days',
        '1,3',
        '--eve-browser',
        'on',
      ],
    );
    expect(after.settings).toEqual({
      ...before,
      digest: { ...before.digest, at: '07:30', days: [1, 3] },
      eve: { ...before.eve, browser: true },
    });
    expect((await run(['reminders', 'set', '--due-at', '25:00'])).err).toContain('due.at');
    expect((await run(['reminders', 'set'])).code).toBe(2);
    expect((await run(['reminders', 'preview'])).out).toMatch(/^overdue: \d+$/m);
    expect((await json('reminders', 'test')).mail).toBe('off');
    const { notices, unread } = await json('notices', 'list');
    expect([notices[0].kind, unread]).toEqual(['test', 1]);
    expect((await run(['notices', 'read', notices[0].id])).code).toBe(0);
    expect((await json('notices', 'list')).unread).toBe(0);
    expect((await run(['notices', 'clear'])).code).toBe(2);
    expect((await run(['notices', 'clear', '--all'])).code).toBe(0);
    expect((await json('notices', 'list')).notices).toEqual([]);
  });

  test('B9.1 a view is saved, listed by, changed and deleted by its name', async () => {
    const call = await json('tasks', 'add', 'By a view', '--type', 'call', '--due', '2027-05-04');
    await json('tasks', 'add', 'Not by it', '--type', 'email', '--due', '2027-05-04');
    const days = ['--from', '2027-05-01', '--to', '2027-05-31'];
    await json('views', 'add', 'May calls', '--type', 'call', ...days);
    const listed = await json('tasks', 'list', '--saved', 'May calls');
    expect(listed.tasks.map(({ id }: { id: string }) => id)).toEqual([call.id]);
    const other = await json('tasks', 'list', '--saved', 'May calls', '--view', 'no_date');
    expect(other.tasks.map(({ name }: { name: string }) => name)).not.toContain('By a view');
    expect(
      (await json('views', 'edit', 'May calls', '--name', 'Calls in May')).query,
    ).toMatchObject({
      view: 'range',
      type: 'call',
    });
    expect((await run(['views', 'list'])).out).toContain('Calls in May: ');
    expect((await run(['views', 'delete', 'Calls in May'])).code).toBe(0);
    const gone = await run(['tasks', 'list', '--saved', 'Calls in May']);
    expect([gone.code, gone.err]).toEqual([1, expect.stringContaining('"tandem views list"')]);
  });

  test('B11.4 B12.1 the history of all tasks is narrowed; sessions are listed and ended', async () => {
    const { entries } = await json('history', '--text', 'Ring Osterly', '--side', 'app');
    expect(entries).toMatchObject([{ kind: 'created', task: { name: 'Ring Osterly' } }]);
    const { sessions } = await json('sessions', 'list');
    expect(sessions).toHaveLength(1);
    expect((await run(['sessions', 'end'])).code).toBe(2);
    expect(await json('sessions', 'end', sessions[0].id)).toEqual({ ended: 1 });
    expect(await json('sessions', 'end', '--all')).toEqual({ ended: 0 });
  });
});

function leaves(command: Program, path: string[] = []): string[][] {
  const here = [...path, command.name()];
  if (command.commands.length === 0) return [here];
  return command.commands.flatMap((child) => leaves(child, here));
}
