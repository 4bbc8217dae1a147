import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectSalesforce, eventually, startTestServer } from '../testing/index.ts';
import { MARA, type OneRep, startOneRep } from '../testing/one-rep.ts';
import { asUser, sandboxControl } from '../testing/sandbox-control.ts';

let one: OneRep;
let database: OneRep['database'];
let sandbox: OneRep['sandbox'];
let tandem: OneRep['tandem'];
let mara: OneRep['mara'];

beforeAll(async () => {
  one = await startOneRep();
  ({ database, sandbox, tandem, mara } = one);
});
afterAll(() => one?.close());

const connection = async () => (await mara.get('/api/v1/salesforce/connection')).json;
const statusOf = async () => (await mara.get('/api/v1/sync/status')).json;

/** What the org holds, asked as its owner would. */
function salesforceTask(id: string) {
  return sandbox.org.retrieve('Task', id, asUser(sandbox, MARA.username));
}

describe('connecting', () => {
  test('before it there is nothing to sync with, said plainly', async () => {
    expect((await connection()).state).toBe('not_connected');
    const put = await mara.send('PUT', '/api/v1/sync/settings', { mode: 'on' });
    expect(put.json.code).toBe('not_connected');
    const search = await mara.get('/api/v1/salesforce/search?q=ada');
    expect(search.json.code).toBe('not_connected');
  });

  test('whoever says no at Salesforce comes back without a connection', async () => {
    const end = await connectSalesforce(mara, tandem.url, { ...MARA, answer: 'deny' });
    expect(end).toBe('/settings/salesforce?error=access_denied');
    expect((await connection()).state).toBe('not_connected');
  });

  test('an answer for somebody else, a forged or a used one is refused', async () => {
    const callback = '/api/v1/salesforce/callback';
    const forged = await mara.get(`${callback}?code=x&state=y`);
    expect(forged.headers.get('location')).toBe('/settings/salesforce?error=wrong_session');
    const otto = tandem.client();
    await otto.signUp('Otto');
    const { authorizeUrl } = (await otto.send('POST', '/api/v1/salesforce/connection')).json;
    const state = new URL(authorizeUrl).searchParams.get('state') ?? '';
    const taken = await mara.get(`${callback}?code=x&state=${encodeURIComponent(state)}`);
    expect(taken.headers.get('location')).toBe('/settings/salesforce?error=wrong_session');
    const nobody = await tandem.client().get(`${callback}?code=x&state=y`);
    expect(nobody.headers.get('location')).toBe('/settings/salesforce?error=wrong_session');
  });

  test('B6.1 the org’s own pages lead to a connection with the org’s name and picklists', async () => {
    expect(await connectSalesforce(mara, tandem.url, MARA)).toBe(
      '/settings/salesforce?connected=1',
    );
    expect(await connection()).toMatchObject({
      state: 'connected',
      username: MARA.username,
      orgId: sandbox.org.id,
      orgName: sandbox.org.name,
      creationKeyField: true,
    });
    const settings = (await mara.get('/api/v1/sync/settings')).json;
    expect(settings.mode).toBe('off');
    expect(settings.orgStatuses.map(({ value }: { value: string }) => value)).toContain(
      'In Progress',
    );
    expect(settings.statusMap).toMatchObject({ 'Not Started': 'open', Completed: 'complete' });
  });

  test('B12.2 tokens rest sealed', async () => {
    const { rows } = await tandem.services.db.pool.query('select tokens from tandem.connections');
    const [{ tokens }] = rows as { tokens: Buffer }[] as [{ tokens: Buffer }];
    expect(tokens.toString('latin1')).not.toMatch(/refreshToken|accessToken|00D/);
  });
});

describe('switching on', () => {
  test('B6.2 the preview says what Save will do, and writes nothing', async () => {
    const ctx = asUser(sandbox, MARA.username);
    for (const Subject of ['Ring Ada', 'Send samples']) {
      sandbox.org.insert('Task', { Subject, Status: 'Not Started', Priority: 'Normal' }, ctx);
    }
    await mara.send('POST', '/api/v1/tasks', { name: 'Was here before' });
    const preview = await mara.send('POST', '/api/v1/sync/preview', { importWindow: '24h' });
    expect(preview.json).toMatchObject({ import: 2, link: 0, skip: 0, stayHere: 1 });
    const all = await mara.get('/api/v1/tasks?view=all');
    expect(all.json.tasks).toHaveLength(1);
  });

  test('B6.3 Save starts the first sync at once, and status counts it', async () => {
    const put = await mara.send('PUT', '/api/v1/sync/settings', {
      mode: 'on',
      importWindow: '24h',
    });
    expect(put.status).toBe(200);
    expect(put.json.mode).toBe('on');
    await eventually(async () => {
      expect((await statusOf()).import).toMatchObject({ state: 'done', imported: 2 });
    });
    const { tasks } = (await mara.get('/api/v1/tasks?view=all&sort=name')).json;
    expect(tasks.map(({ name }: { name: string }) => name)).toEqual([
      'Ring Ada',
      'Send samples',
      'Was here before',
    ]);
    expect(tasks[0].sync).toMatchObject({ state: 'in_step', salesforceStatus: 'Not Started' });
    expect(tasks[2].sync).toMatchObject({ state: 'not_synced', reason: 'created_before_sync' });
  });

  test('B8.1 a new task and its edits reach Salesforce', async () => {
    const made = await mara.send('POST', '/api/v1/tasks', { name: 'Made in the app' });
    const path = `/api/v1/tasks/${made.json.id}`;
    const inStep = await eventually(async () => {
      const task = (await mara.get(path)).json;
      expect(task.sync.state).toBe('in_step');
      return task;
    });
    expect(inStep.sync.salesforceUrl).toBe(`${sandbox.url}/${inStep.sync.salesforceId}`);
    await mara.send('PATCH', path, { status: 'complete', dueDate: '2026-11-24' });
    await eventually(async () => {
      expect(salesforceTask(inStep.sync.salesforceId)).toMatchObject({
        Subject: 'Made in the app',
        Status: 'Completed',
        ActivityDate: '2026-11-24',
      });
    });
  });

  test('B8.2 "sync now" brings a change of Salesforce without waiting for the poll', async () => {
    const { tasks } = (await mara.get('/api/v1/tasks?view=all&text=Ring')).json;
    const ctx = asUser(sandbox, MARA.username);
    sandbox.org.update('Task', tasks[0].sync.salesforceId, { Priority: 'High' }, ctx);
    expect((await mara.send('POST', '/api/v1/sync/now')).status).toBe(204);
    await eventually(async () => {
      expect((await mara.get(`/api/v1/tasks/${tasks[0].id}`)).json.priority).toBe('high');
    });
  });

  test('B6.5 an older task is sent when its owner asks', async () => {
    const { tasks } = (await mara.get('/api/v1/tasks?view=all&text=before')).json;
    const path = `/api/v1/tasks/${tasks[0].id}`;
    expect((await mara.send('POST', `${path}/send`)).status).toBe(200);
    await eventually(async () => {
      expect((await mara.get(path)).json.sync.state).toBe('in_step');
    });
  });

  test('pickers find people and records in Salesforce', async () => {
    const ctx = asUser(sandbox, MARA.username);
    sandbox.org.insert('Contact', { FirstName: 'Ada', LastName: 'Fernsby' }, ctx);
    const { records } = (await mara.get('/api/v1/salesforce/search?q=ferns')).json;
    expect(records).toMatchObject([{ type: 'Contact', name: 'Ada Fernsby' }]);
  });
});

describe('trouble and the end', () => {
  test('B11.8 an expired access token is renewed without anybody noticing', async () => {
    await sandboxControl(sandbox, 'tokens', { action: 'expire' });
    expect((await mara.get('/api/v1/salesforce/search?q=ferns')).status).toBe(200);
  });

  test('with rotating refresh tokens, many at once in two processes still renew only once', async () => {
    await sandboxControl(sandbox, 'settings', { refreshTokenRotation: true });
    expect(sandbox.org.settings.refreshTokenRotation).toBe(true);
    const other = await startTestServer({ databaseUrl: database.url, salesforceUrl: sandbox.url });
    const program = other.client();
    program.token = (await mara.send('POST', '/api/v1/tokens', { name: 'elsewhere' })).json.token;
    for (let round = 0; round < 3; round += 1) {
      await sandboxControl(sandbox, 'tokens', { action: 'expire' });
      const searches = [mara, program, mara, program, mara, program].map((client) =>
        client.get('/api/v1/salesforce/search?q=ferns'),
      );
      const replies = await Promise.all(searches);
      expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    }
    await other.close();
  });

  test('B7.1 switching off freezes; "sync now" says so', async () => {
    await mara.send('PUT', '/api/v1/sync/settings', { mode: 'off' });
    expect((await statusOf()).state).toBe('off');
    expect((await mara.send('POST', '/api/v1/sync/now')).json.code).toBe('sync_is_off');
  });

  test('B7.1 disconnecting keeps the tasks, and the tokens are gone', async () => {
    expect((await mara.send('DELETE', '/api/v1/salesforce/connection')).status).toBe(204);
    expect((await connection()).state).toBe('disconnected');
    const { rows } = await tandem.services.db.pool.query(
      'select 1 from tandem.connections where tokens is not null',
    );
    expect(rows).toEqual([]);
    expect((await mara.get('/api/v1/tasks?view=all')).json.tasks).toHaveLength(4);
    const again = await mara.send('DELETE', '/api/v1/salesforce/connection');
    expect(again.json.code).toBe('not_connected');
  });

  test('B7.3 reconnecting the same org resumes its links', async () => {
    expect(await connectSalesforce(mara, tandem.url, MARA)).toContain('connected=1');
    expect((await connection()).state).toBe('connected');
    const { rows } = await tandem.services.db.pool.query('select 1 from tandem.connections');
    expect(rows).toHaveLength(1);
  });
});
