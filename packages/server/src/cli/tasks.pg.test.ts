import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectSalesforce, eventually } from '../testing/index.ts';
import { MARA, type OneRep, startOneRep } from '../testing/one-rep.ts';
import { asUser } from '../testing/sandbox-control.ts';
import { tandemCommand } from '../testing/tandem-command.ts';

/** "tandem tasks" over a running Tandem that is connected to an org. */

let one: OneRep;
let run: ReturnType<typeof tandemCommand>['run'];
let json: ReturnType<typeof tandemCommand>['json'];
let older: string;

beforeAll(async () => {
  one = await startOneRep();
  const { mara, tandem, sandbox } = one;
  const { token } = (await mara.send('POST', '/api/v1/tokens', { name: 'commands' })).json;
  ({ run, json } = tandemCommand({ TANDEM_URL: tandem.url, TANDEM_TOKEN: token }));
  older = (await json('tasks', 'add', 'Older than the sync')).id;
  const ctx = asUser(sandbox, MARA.username);
  for (const name of ['Signe', 'Nils']) {
    sandbox.org.insert('Contact', { FirstName: name, LastName: 'Osterly' }, ctx);
  }
  sandbox.org.insert('Account', { Name: 'Osterly Fisheries' }, ctx);
  await connectSalesforce(mara, tandem.url, MARA);
  await mara.send('PUT', '/api/v1/sync/settings', { mode: 'on' });
});
afterAll(() => one?.close());

describe('tandem tasks', () => {
  test('B1.1 every field of a task is set, changed in part, and taken away', async () => {
    const task = await json(
      ...['tasks', 'add', 'Call Osterly', '--type', 'call', '--due', '2026-11-24'],
      ...['--priority', 'high', '--details', 'About the freezer', '--owner', 'me'],
      ...['--person', 'Signe Osterly', '--related', 'Osterly Fisheries'],
      ...['--campaign', 'Autumn', '--campaign-day', '3', '--campaign-step', '2'],
      ...['--call-outcome', 'Left a message', '--call-reason', 'Follow-up'],
    );
    expect(task).toMatchObject({
      priority: 'high',
      details: 'About the freezer',
      person: { type: 'Contact', name: 'Signe Osterly' },
      related: { type: 'Account', name: 'Osterly Fisheries' },
      campaign: { name: 'Autumn', day: 3, step: 2 },
      callOutcome: 'Left a message',
      callReason: 'Follow-up',
    });
    const shown = (await run(['tasks', 'show', task.id])).out;
    expect(shown).toContain('Person: Signe Osterly (Contact)');
    expect(shown).toContain('Campaign: Autumn, day 3, step 2');
    const edited = await json('tasks', 'edit', task.id, '--campaign-day', '4', '--person', 'none');
    expect(edited).toMatchObject({ campaign: { name: 'Autumn', day: 4, step: 2 }, person: null });
    const cleared = await json(
      ...['tasks', 'edit', task.id, '--campaign', 'none', '--related', 'none'],
      ...['--call-outcome', 'none', '--call-reason', 'none', '--status', 'complete'],
    );
    expect(cleared).toMatchObject({
      campaign: null,
      related: null,
      callOutcome: null,
      callReason: null,
      status: 'complete',
    });
  });

  test('B1.1 a person is named as the search prints it; one that is several or nobody is not guessed', async () => {
    const { records } = await json('tasks', 'find-record', 'osterly');
    expect(records).toHaveLength(2);
    const printed = (await run(['tasks', 'find-record', 'Nils'])).out.trim();
    expect(printed).toMatch(/^Contact:003\w{15}:Nils Osterly$/);
    const task = await json('tasks', 'add', 'Write to Nils', '--person', printed);
    expect(task.person).toEqual({
      id: printed.split(':')[1],
      type: 'Contact',
      name: 'Nils Osterly',
    });
    const several = await run(['tasks', 'add', 'Whose?', '--person', 'Osterly']);
    expect(several.code).toBe(2);
    expect(several.err).toContain(`--person "${printed}"`);
    const nobody = await run(['tasks', 'add', 'Whose?', '--person', 'Nobody at all']);
    expect([nobody.code, nobody.err]).toEqual([1, expect.stringContaining('nothing was changed')]);
    expect((await json('tasks', 'list', '--view', 'all', '--text', 'Whose')).tasks).toEqual([]);
  });

  test('B1.2 a task is given to somebody by e-mail address; a stranger is named', async () => {
    const { id, ownerId } = await json('tasks', 'add', 'For me');
    expect((await run(['tasks', 'assign', 'mara@tandem.example', id])).out).toBe('Assigned: 1.\n');
    expect((await json('tasks', 'show', id)).ownerId).toBe(ownerId);
    const stranger = await run(['tasks', 'assign', 'nobody@tandem.example', id]);
    expect([stranger.code, stranger.err]).toEqual([
      1,
      expect.stringContaining('nobody@tandem.example'),
    ]);
  });

  test('B9.1 a list is narrowed by type, priority, person, sync state, words and days', async () => {
    const call = await json(
      ...['tasks', 'add', 'Narrow this', '--type', 'call', '--priority', 'high'],
      ...['--due', '2027-03-02', '--person', 'Signe Osterly'],
    );
    await json('tasks', 'add', 'Narrow that', '--type', 'email', '--due', '2027-03-05');
    await eventually(async () =>
      expect((await json('tasks', 'show', call.id)).sync.state).toBe('in_step'),
    );
    const names = async (...filters: string[]) =>
      (await json('tasks', 'list', '--text', 'narrow', ...filters)).tasks.map(
        (task: { name: string }) => task.name,
      );
    expect(await names('--view', 'all')).toEqual(['Narrow this', 'Narrow that']);
    expect(await names('--from', '2027-03-03', '--to', '2027-03-31')).toEqual(['Narrow that']);
    for (const filter of [
      ['--type', 'call'],
      ['--priority', 'high'],
      ['--person', 'Signe'],
      ['--person', call.person.id],
      ['--sync-state', 'in_step', '--to', '2027-03-02'],
    ]) {
      const view = filter.includes('--to') ? [] : ['--view', 'all'];
      expect(await names(...view, ...filter), filter.join(' ')).toEqual(['Narrow this']);
    }
    expect((await json('tasks', 'counts', '--text', 'narrow', '--type', 'call')).allOpen).toBe(1);
    expect((await run(['tasks', 'counts'])).out).toMatch(/^next 7 days: \d+$/m);
    expect((await run(['tasks', 'people', '--name', 'signe'])).out).toContain('Signe Osterly');
    const both = await run(['tasks', 'list', '--view', 'today', '--from', '2027-03-01']);
    expect([both.code, both.err]).toEqual([2, expect.stringContaining('leave --view today out')]);
  });

  test('B9.1 pages are followed up to --limit, and the cursor goes on after it', async () => {
    const list = (...more: string[]) =>
      json('tasks', 'list', '--view', 'all', '--sort', 'name', ...more);
    const { tasks } = await list();
    const first = await list('--limit', '2');
    const rest = await list('--cursor', first.nextCursor);
    expect([...first.tasks, ...rest.tasks]).toEqual(tasks);
    expect((await run(['tasks', 'list', '--view', 'all', '--limit', '2'])).out).toContain(
      'There are more: --cursor ',
    );
    const none = await run(['tasks', 'list', '--limit', '0']);
    expect([none.code, none.err]).toEqual([2, expect.stringContaining('from 1 to 10000')]);
  });

  test('B11.4 a long history is read over its pages', async () => {
    const { id } = await json('tasks', 'add', 'Much happens');
    // Five lines each, so that there is more than one page of the API has.
    for (let n = 0; n < 42; n += 1) {
      const body = {
        details: `Version ${n}`,
        callOutcome: `${n}`,
        callReason: `${n}`,
        priority: n % 2 === 0 ? 'high' : 'normal',
        type: n % 2 === 0 ? 'call' : 'email',
      };
      await one.mara.send('PATCH', `/api/v1/tasks/${id}`, body);
    }
    const short = await run(['tasks', 'history', id]);
    expect(short.out).toContain('There are more: --cursor ');
    const { entries, nextCursor } = await json('tasks', 'history', id, '--limit', '1000');
    expect(nextCursor).toBeNull();
    expect(entries.length).toBeGreaterThan(210);
    expect(entries.at(-1).kind).toBe('created');
  });

  test('B6.5 an older task is also sent to Salesforce; one that is not there is named', async () => {
    expect((await json('tasks', 'show', older)).sync.reason).toBe('created_before_sync');
    const stranger = '00000000-0000-4000-8000-000000000000';
    const sent = await run(['tasks', 'send', older, stranger]);
    expect([sent.code, sent.out]).toEqual([
      1,
      expect.stringMatching(/^On their way to Salesforce: 1\.\n00000000-/),
    ]);
    await eventually(async () =>
      expect((await json('tasks', 'show', older)).sync.state).toBe('in_step'),
    );
    expect((await run(['tasks', 'sides', older])).out).toContain(
      'name: "Older than the sync" (the same)',
    );
  });

  test('B10.2 the value that lost comes back with one command, once', async () => {
    const { id } = await json('tasks', 'add', 'Both sides');
    const salesforceId = await eventually(async () => {
      const { sync } = await json('tasks', 'show', id);
      expect(sync.state).toBe('in_step');
      return sync.salesforceId;
    });
    await one.mara.send('PUT', '/api/v1/sync/settings', { mode: 'off' });
    await json('tasks', 'edit', id, '--due', '2026-12-01');
    const ctx = asUser(one.sandbox, MARA.username);
    one.sandbox.org.update('Task', salesforceId, { ActivityDate: '2026-12-24' }, ctx);
    await one.mara.send('PUT', '/api/v1/sync/settings', { mode: 'on' });
    await eventually(async () =>
      expect((await json('tasks', 'show', id)).dueDate).toBe('2026-12-24'),
    );
    expect((await run(['tasks', 'history', id])).out).toContain(
      'lost: "2026-12-01", bring it back',
    );
    expect((await json('tasks', 'bring-back', id)).dueDate).toBe('2026-12-01');
    const again = await run(['tasks', 'bring-back', id]);
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('Nothing of this task')]);
    const wrong = await run(['tasks', 'bring-back', id, '1']);
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('entryId')]);
  });

  test('what is refused says what to do next', async () => {
    const bad = await run(['tasks', 'edit', older, '--due', '24.11.2026']);
    expect(bad.code).toBe(1);
    expect(bad.err).toMatch(
      /^tandem: dueDate: must be a date like .*\n {2}dueDate: is not a day .*\n {2}\S.* Mend those/,
    );
    const half = await run(['tasks', 'add', 'x', '--campaign-day', '3']);
    expect([half.code, half.err]).toEqual([2, expect.stringContaining('--campaign <name>')]);
    const away = await run(['tasks', 'list'], { TANDEM_URL: 'http://127.0.0.1:9' });
    expect(away.err).toContain('TANDEM_URL');
  });
});
