import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningTandem, startTestServer, type TestClient } from '../testing/index.ts';

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

const LATE = { view: 'overdue', type: 'call', sort: '-priority' };

describe('saved views', () => {
  test('B9.1 keep filters and sort as they were given, and answer a list that takes them', async () => {
    const { json } = await wren.send('POST', '/api/v1/views', {
      name: ' Late calls ',
      query: LATE,
    });
    expect(json).toMatchObject({ name: 'Late calls', query: LATE });
    const { views } = (await wren.get('/api/v1/views')).json;
    expect(views).toEqual([json]);
    const list = await wren.get(`/api/v1/tasks?${new URLSearchParams(views[0].query)}`);
    expect(list.status).toBe(200);
  });

  test('B12.3 a name that is taken is said of the name', async () => {
    const reply = await wren.send('POST', '/api/v1/views', { name: 'LATE CALLS', query: {} });
    expect([reply.status, reply.json.errors]).toEqual([
      400,
      [{ field: 'name', message: 'is the name of another view of yours' }],
    ]);
  });

  test('B9.1 one that was saved by a newer version is shown without what this one does not know', async () => {
    await tandem.services.db.pool.query(
      `update tandem.saved_views set query = '{"view":"overdue","type":"fax","colour":"red"}'`,
    );
    const { views } = (await wren.get('/api/v1/views')).json;
    expect(views[0].query).toEqual({ view: 'overdue' });
  });

  test('B12.3 the same request twice makes one view', async () => {
    const twice = { 'idempotency-key': 'save-once' };
    const body = { name: 'Once', query: {} };
    const first = await wren.send('POST', '/api/v1/views', body, twice);
    const second = await wren.send('POST', '/api/v1/views', body, twice);
    expect([first.status, second.status, second.json.id]).toEqual([201, 201, first.json.id]);
  });
});

describe('what narrows a list', () => {
  const ADA = { id: '0035e00000AbCdEAAV', type: 'Contact', name: 'Ada Quint' };
  const BO = { id: '00Q5e00000AbCdEEAV', type: 'Lead', name: 'Bo Osterly' };
  beforeAll(async () => {
    for (const [person, type, count] of [
      [ADA, 'call', 3],
      [BO, 'email', 1],
    ] as const)
      for (let made = 0; made < count; made += 1)
        await wren.send('POST', '/api/v1/tasks', { name: `For ${person.name}`, type, person });
  });
  const counts = async (query: string) =>
    (await wren.get(`/api/v1/tasks/counts?${query}`)).json.allOpen;

  test('B9.1 the numbers on the tabs are of what the tabs would show', async () => {
    for (const query of ['', 'type=call', `personId=${BO.id}`, 'text=osterly', 'priority=high']) {
      const list = await wren.get(`/api/v1/tasks?view=all_open&${query}`);
      expect(await counts(query)).toBe(list.json.tasks.length);
    }
    expect([await counts('type=call'), await counts('syncState=not_synced')]).toEqual([3, 4]);
  });

  test('B9.1 people of tasks are found by part of a name, those with most to do first', async () => {
    const people = async (query: string) =>
      (await wren.get(`/api/v1/tasks/people${query}`)).json.people;
    expect(await people('')).toEqual([
      { ...ADA, openTasks: 3 },
      { ...BO, openTasks: 1 },
    ]);
    expect(await people('?q=OSTER')).toEqual([{ ...BO, openTasks: 1 }]);
    expect(await people(`?personId=${ADA.id}`)).toEqual([{ ...ADA, openTasks: 3 }]);
    expect(await people('?q=nobody')).toEqual([]);
  });
});
