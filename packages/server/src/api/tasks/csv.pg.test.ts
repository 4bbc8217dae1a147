import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fingerprint } from '../../testing/fingerprint.ts';
import { type RunningTandem, startTestServer, type TestClient } from '../../testing/index.ts';

let database: TestDatabase;
let tandem: RunningTandem;
let wren: TestClient;

beforeAll(async () => {
  database = await testDatabase();
  tandem = await startTestServer({ databaseUrl: database.url });
  wren = tandem.client();
  await wren.signUp('Wren');
});
afterAll(async () => {
  await tandem?.close();
  await database?.drop();
});

const AWKWARD = [
  { name: '=HYPERLINK("http://evil.example","click")', details: 'a "quoted", b\r\nc\rd\ne' },
  { name: "'apostrophe", details: '-1', priority: 'high', dueDate: '2026-02-28' },
  { name: '采购；订单，"确认"', details: '＝1+1', type: 'call', callOutcome: '', callReason: '@x' },
  { name: '🙂 emoji, tab\tinside', status: 'complete', campaign: { name: ' x ', day: 3, step: 1 } },
  {
    name: '00042',
    person: { id: '003000000000001AAA', type: 'Contact', name: 'Ada "A" Lovelace' },
    related: { id: '001000000000001AAA', type: 'Account', name: '' },
  },
];
const FIELDS = [
  'name',
  'type',
  'status',
  'priority',
  'dueDate',
  'details',
  'person',
  'related',
  'campaign',
  'callOutcome',
  'callReason',
] as const;

const exported = (who: TestClient) => who.get('/api/v1/tasks/export');
const load = (who: TestClient, csv: string, dryRun = false) =>
  who.send('POST', '/api/v1/tasks/import', { csv, dryRun });
async function tasksOf(who: TestClient) {
  const { tasks } = (await who.get('/api/v1/tasks?view=all&sort=name&limit=500')).json;
  return (tasks as Record<string, unknown>[]).map((task) =>
    Object.fromEntries(FIELDS.map((field) => [field, task[field]])),
  );
}

describe('CSV', () => {
  test('what is exported and imported elsewhere is the same task, to the letter', async () => {
    for (const task of AWKWARD) {
      expect((await wren.send('POST', '/api/v1/tasks', task)).status).toBe(201);
    }
    const file = await exported(wren);
    expect(file.type).toBe('text/csv; charset=utf-8');
    expect(file.headers.get('content-disposition')).toMatch(/filename="tandem-tasks-.*\.csv"/);
    expect(file.text).not.toMatch(/(^|,)"?[=+\-@]/m);

    const before = await fingerprint(database.url);
    const same = await load(wren, file.text);
    expect(same.json).toMatchObject({ created: 0, changed: 0, unchanged: 5, errorCount: 0 });
    expect(await fingerprint(database.url)).toEqual(before);

    const otto = tandem.client();
    await otto.signUp('Otto');
    const bare = file.text.replaceAll(/^[0-9a-f-]{36},/gm, ',').replaceAll('wren@', 'otto@');
    const dry = await load(otto, bare, true);
    expect(dry.json).toMatchObject({ dryRun: true, created: 5, errors: [] });
    expect(await tasksOf(otto)).toEqual([]);
    expect((await load(otto, bare)).json).toMatchObject({ created: 5, changed: 0 });
    expect(await tasksOf(otto)).toEqual(await tasksOf(wren));
  });

  test('rows with an id change that task, with its history', async () => {
    const { id } = (await wren.send('POST', '/api/v1/tasks', { name: 'To change' })).json;
    const reply = await load(wren, `id,name,status\n${id},Changed,complete\n,Fresh,\n`);
    expect(reply.json).toMatchObject({ created: 1, changed: 1, unchanged: 0 });
    const task = (await wren.get(`/api/v1/tasks/${id}`)).json;
    expect(task).toMatchObject({ name: 'Changed', status: 'complete' });
    const { entries } = (await wren.get(`/api/v1/tasks/${id}/history`)).json;
    expect(entries.map(({ field }: { field: string }) => field)).toContain('status');
  });

  test('one bad row among many, and nothing is imported', async () => {
    const before = await fingerprint(database.url);
    const rows = Array.from({ length: 1_200 }, (_, index) => `Row ${index}`);
    rows[1_100] = `"bad\u0000row"`;
    const character = await load(wren, `name\n${rows.join('\n')}\n`);
    expect(character.json.errors).toMatchObject([{ line: 1_102, column: 'name' }]);
    const unknown = await load(
      wren,
      'id,name\n,ok\n00000000-0000-4000-8000-000000000000,x\nnonsense,y\n',
    );
    expect(unknown.json.errors.map(({ line }: { line: number }) => line)).toEqual([3, 4]);
    expect(unknown.json).toMatchObject({ created: 0, errorCount: 2 });
    expect(await fingerprint(database.url)).toEqual(before);
  });

  test('five thousand rows come in at once, one more is refused', async () => {
    const rows = Array.from({ length: 5_000 }, (_, index) => `Many ${index}`).join('\n');
    const more = await load(wren, `name\n${rows}\nOne more\n`);
    expect(more.json).toMatchObject({ created: 0, errors: [{ line: 5_002, column: null }] });
    expect((await load(wren, `name\n${rows}\n`)).json).toMatchObject({ created: 5_000 });
  });

  test('B12.1 a rep names nobody else as owner', async () => {
    const rep = tandem.client();
    const { userId } = await rep.signUp('Rhea');
    await tandem.services.db.pool.query(
      `update tandem.members set role = 'rep' where user_id = $1`,
      [userId],
    );
    const reply = await load(rep, 'name,owner\nx,wren@tandem.example\n');
    expect(reply.json.errors).toMatchObject([{ line: 2, column: 'owner' }]);
    expect((await rep.get('/api/v1/tasks/export?owner=all')).json.code).toBe('not_allowed');
  });
});
