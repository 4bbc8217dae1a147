import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectSalesforce, eventually } from '../testing/index.ts';
import { MARA, type OneRep, startOneRep } from '../testing/one-rep.ts';
import { asUser } from '../testing/sandbox-control.ts';
import { tandemCommand } from '../testing/tandem-command.ts';

/** "tandem sync" from the first look to off and on again, over a real org. */

const COUNT = 24;

let folder: string;
let one: OneRep;
let run: ReturnType<typeof tandemCommand>['run'];
let json: ReturnType<typeof tandemCommand>['json'];
const say = async (...args: string[]) => (await run(args)).out;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-sync-'));
  one = await startOneRep();
  const { mara, tandem, sandbox } = one;
  const { token } = (await mara.send('POST', '/api/v1/tokens', { name: 'commands' })).json;
  ({ run, json } = tandemCommand({ TANDEM_URL: tandem.url, TANDEM_TOKEN: token }));
  await json('tasks', 'add', 'Stays here');
  const ctx = asUser(sandbox, MARA.username);
  for (let n = 0; n < COUNT; n += 1) {
    sandbox.org.insert('Task', { Subject: `Task ${n}`, Status: 'Not Started' }, ctx);
  }
  sandbox.org.insert('Task', { Subject: 'Put off', Status: 'Deferred' }, ctx);
});
afterAll(async () => {
  await one?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('tandem sync', () => {
  test('B6.1 before an account is connected each command says what is missing and where', async () => {
    expect(await say('sync', 'connection')).toContain('/settings/salesforce in a browser');
    const preview = await run(['sync', 'preview']);
    expect([preview.code, preview.err]).toEqual([
      1,
      expect.stringMatching(/Connect Salesforce.*\n {2}\S/),
    ]);
    await connectSalesforce(one.mara, one.tandem.url, MARA);
    expect(await json('sync', 'connection')).toMatchObject({
      state: 'connected',
      username: MARA.username,
    });
    const access = await run(['sync', 'access']);
    expect([access.code, access.out]).toEqual([0, expect.stringContaining('yes  create tasks')]);
  });

  test('B6.2 B6.3 a preview says what comes in; switched on, exactly that comes in, with progress', async () => {
    const preview = await json('sync', 'preview', '--window', '7d');
    expect(preview).toMatchObject({
      importWindow: '7d',
      import: COUNT + 1,
      link: 0,
      skip: 0,
      stayHere: 1,
    });
    expect(await say('sync', 'preview')).toMatch(
      /^With --window 24h: 25 to import, .* Nothing was written\.$/m,
    );
    expect((await json('sync', 'status')).state).toBe('off');
    const on = await run(['sync', 'on', '--window', '7d', '--wait'], {}, true);
    expect([on.code, on.out]).toEqual([
      0,
      'The import is done: 25 imported, 0 linked, 0 skipped.\n',
    ]);
    // How far it is shows too, unless it is done by the first look (sync-import.test.ts).
    expect(on.err).toContain('Switching on');
    expect(on.err.endsWith('\r\u001b[2K')).toBe(true);
    expect((await json('sync', 'settings', 'show')).importWindow).toBe('7d');
    expect((await json('sync', 'import')).import).toMatchObject({ state: 'done', imported: 25 });
  });

  test('B3.4 B10.2 B11.7 an admin sets maps, the conflict rule and the share; the rest stays', async () => {
    const set = (...args: string[]) => json('sync', 'settings', 'set', ...args);
    const before = await json('sync', 'settings', 'show');
    const after = await set(
      ...['--status', 'In Progress=open', '--status', 'Deferred=none', '--priority', 'Low=normal'],
      ...['--conflict', 'salesforce', '--api-share', '30', '--reopen-to-former', 'yes'],
    );
    expect(after).toMatchObject({
      mode: 'on',
      statusMap: { ...before.statusMap, 'In Progress': 'open', Deferred: null },
      priorityMap: { ...before.priorityMap, Low: 'normal' },
      conflictRule: 'salesforce',
      apiShare: 30,
      reopenToFormerStatus: true,
    });
    expect(await say('sync', 'settings', 'show')).toContain('  In Progress = open\n');
    for (const wrong of [
      [],
      ['--api-share', '4'],
      ['--status', 'Deferred'],
      ['--status', 'Deferred=later'],
    ]) {
      expect((await run(['sync', 'settings', 'set', ...wrong])).code, wrong.join(' ')).toBe(2);
    }
    expect(await set('--conflict', 'latest')).toMatchObject({
      apiShare: 30,
      conflictRule: 'latest',
    });
  });

  test('B6.1 an admin sees what all accounts would cost, and sets sync for everybody', async () => {
    expect(await say('sync', 'team', 'show')).toMatch(
      /about \d+ API calls a day .* \d+ on a busy one/,
    );
    expect(await json('sync', 'team', 'set', 'on', '--lock')).toMatchObject({
      mode: 'on',
      locked: true,
    });
    expect(await say('sync', 'settings', 'show')).toContain('for everybody, locked');
    expect((await run(['sync', 'team', 'set', 'each', '--lock'])).code).toBe(1);
    expect((await run(['sync', 'team', 'set', 'sometimes'])).code).toBe(2);
    expect((await json('sync', 'team', 'set', 'each')).locked).toBe(false);
  });

  test('B11.3 problems are listed with what to do, ignored and put back by id and by cause, and exported', async () => {
    const { id: taskId } = await json('tasks', 'add', 'Cannot go');
    await eventually(async () =>
      expect((await json('tasks', 'show', taskId)).sync.state).toBe('in_step'),
    );
    const parked = {
      code: 'STRING_TOO_LONG',
      message: 'Subject: data value too large',
      fields: ['Subject'],
      since: '2026-11-24T09:30:00.000Z',
      retryAt: null,
      attempts: 1,
    };
    await one.tandem.services.db.pool.query(
      `update tandem.links set parked = $1, whose_move = 'user' where task_id = $2`,
      [JSON.stringify(parked), taskId],
    );
    const { problems } = await json('sync', 'problems', '--cause', 'STRING_TOO_LONG');
    expect(problems).toMatchObject([{ name: 'Cannot go', taskId }]);
    const [{ id }] = problems;
    expect(await say('sync', 'problems', '--kind', 'parked')).toMatch(
      /Cannot go: STRING_TOO_LONG .*\n {4}\S/,
    );
    expect(await say('sync', 'causes')).toContain('1  STRING_TOO_LONG (parked, move: user)');
    const file = join(folder, 'problems.csv');
    expect(await say('sync', 'export-problems', '--out', file)).toBe(`Wrote ${file}.\n`);
    expect(readFileSync(file, 'utf8')).toContain('Cannot go');
    expect(await say('sync', 'ignore', id)).toBe('Done: 1.\n');
    expect((await json('sync', 'problems', '--ignored')).problems).toHaveLength(1);
    expect(await say('sync', 'put-back', '--cause', 'STRING_TOO_LONG')).toBe('Done: 1.\n');
    const retried = await run(['sync', 'retry', id, 'link:00000000-0000-4000-8000-000000000000']);
    expect([retried.code, retried.out]).toEqual([
      1,
      expect.stringMatching(/^Done: 1\.\nlink:0000/),
    ]);
    await eventually(async () =>
      expect((await json('tasks', 'show', taskId)).sync.state).toBe('in_step'),
    );
    expect((await run(['sync', 'retry'])).code).toBe(2);
    expect((await run(['sync', 'retry', id, '--cause', 'x'])).code).toBe(2);
  });

  test('B11.5 the brake’s question is asked with its numbers, and answered by "keep" and by "go_on"', async () => {
    const nothing = await run(['sync', 'answer', 'keep']);
    expect([nothing.code, nothing.err]).toEqual([1, expect.stringContaining('Nothing is waiting')]);
    const { tasks } = await json(
      'tasks',
      'list',
      '--view',
      'all',
      '--text',
      'Task',
      '--limit',
      '100',
    );
    const ctx = asUser(one.sandbox, MARA.username);
    for (const { sync } of tasks.slice(0, 12))
      one.sandbox.org.remove('Task', sync.salesforceId, ctx);
    await run(['sync', 'now']);
    await eventually(async () => expect((await json('sync', 'status')).brake).not.toBeNull());
    expect(await say('sync', 'status')).toContain('tandem sync answer go_on --count 12');
    const unseen = await run(['sync', 'answer', 'go_on']);
    expect([unseen.code, unseen.err]).toEqual([2, expect.stringContaining('12 here (to Trash)')]);
    expect((await run(['sync', 'answer', 'perhaps'])).code).toBe(2);
    expect(await say('sync', 'answer', 'go_on', '--count', '12')).toBe('Going on.\n');
    await eventually(async () =>
      expect((await json('tasks', 'list', '--view', 'trash')).tasks).toHaveLength(12),
    );
  });

  test('B11.6 R13 a comparison that was asked for says how many agree', async () => {
    const before = (await json('sync', 'status')).comparison?.finishedAt ?? null;
    const { comparison } = await json('sync', 'compare', '--wait');
    expect(comparison.state).toBe('done');
    expect(comparison.finishedAt).not.toBe(before);
    expect(await say('sync', 'status')).toMatch(/^Compared: \d+ of \d+ agree, checked /m);
    expect((await run(['sync', 'compare'])).code).toBe(0);
  });

  test('B7.1 off and disconnect freeze: nothing is deleted on either side', async () => {
    const { tasks } = await json('tasks', 'list', '--view', 'all');
    expect((await json('sync', 'off')).mode).toBe('off');
    expect(await say('sync', 'status')).toContain('"tandem sync on" does it');
    expect((await run(['sync', 'import'])).code).toBe(0);
    expect(await say('sync', 'disconnect')).toContain('Nothing was deleted');
    expect((await json('tasks', 'list', '--view', 'all')).tasks).toHaveLength(tasks.length);
    expect((await run(['sync', 'disconnect'])).code).toBe(1);
  });
});
