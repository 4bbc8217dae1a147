import { task as taskSchema } from '@tandem/api';
import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningTandem, startTestServer, type TestClient } from '../../testing/index.ts';

/** Noon in London is already evening in Shanghai and still night in Honolulu. */
const NOW = '2026-11-24T12:30:00.000Z';

let database: TestDatabase;
let tandem: RunningTandem;
let wren: TestClient;
beforeAll(async () => {
  database = await testDatabase();
  tandem = await startTestServer({ databaseUrl: database.url, clock: { now: () => NOW } });
  wren = tandem.client();
  await wren.signUp('Wren');
});
afterAll(async () => {
  await tandem?.close();
  await database?.drop();
});

const create = async (body: object) => {
  const reply = await wren.send('POST', '/api/v1/tasks', body);
  expect(reply.status).toBe(201);
  return taskSchema.parse(reply.json);
};
const names = async (query: string) => {
  const reply = await wren.get(`/api/v1/tasks?${query}`);
  expect(reply.status).toBe(200);
  return (reply.json.tasks as { name: string }[]).map(({ name }) => name);
};

describe('tasks', () => {
  test('B1.1 a task keeps every field it was given', async () => {
    const given = {
      name: 'Ring Ada about the frames',
      type: 'call',
      priority: 'high',
      status: 'open',
      dueDate: '2026-11-24',
      details: 'Line one\nLine two 🚲',
      person: { id: '003000000000001AAA', type: 'Contact', name: 'Ada Fern' },
      related: { id: '001000000000001AAA', type: 'Account', name: 'Fern & Co' },
      campaign: { name: 'Spring', day: 3, step: 2 },
      callOutcome: 'Busy',
      callReason: null,
    };
    const task = await create(given);
    expect(task).toMatchObject(given);
    expect(task.sync).toMatchObject({ state: 'not_synced', reason: 'not_connected' });
    expect((await wren.get(`/api/v1/tasks/${task.id}`)).json).toEqual(task);
  });

  test('B1.2 edit, complete, reopen, delete and restore, each with its history', async () => {
    const { id } = await create({ name: 'Draft the offer' });
    const patch = (body: object) => wren.send('PATCH', `/api/v1/tasks/${id}`, body);
    expect((await patch({ name: 'Send the offer', dueDate: '2026-12-01' })).json).toMatchObject({
      name: 'Send the offer',
      dueDate: '2026-12-01',
    });
    expect((await patch({ status: 'complete' })).json.completedAt).toBe(NOW);
    expect((await patch({ status: 'open' })).json.completedAt).toBeNull();
    expect((await wren.send('DELETE', `/api/v1/tasks/${id}`)).status).toBe(204);
    expect(await names('view=all')).not.toContain('Send the offer');
    expect(await names('view=trash')).toEqual(['Send the offer']);
    const restored = await wren.send('POST', `/api/v1/tasks/${id}/restore`, {});
    expect(restored.json.trashedAt).toBeNull();
    const { entries } = (await wren.get(`/api/v1/tasks/${id}/history`)).json;
    expect(entries.map((entry: { kind: string }) => entry.kind)).toEqual(
      expect.arrayContaining(['restored', 'deleted', 'edited', 'created']),
    );
    expect(entries[0].kind).toBe('restored');
  });

  test('B1.2 many at once: those that exist change, the others are named', async () => {
    const one = await create({ name: 'Bulk one' });
    const two = await create({ name: 'Bulk two' });
    const nobody = '00000000-0000-4000-8000-000000000000';
    const reply = await wren.send('POST', '/api/v1/tasks/bulk', {
      ids: [one.id, nobody, two.id],
      action: 'patch',
      patch: { priority: 'high' },
    });
    expect(reply.json.results).toMatchObject([{ ok: true }, { ok: false }, { ok: true }]);
    expect((await wren.get(`/api/v1/tasks/${two.id}`)).json.priority).toBe('high');
  });

  test('B1.3 today follows the person’s zone, and changes with it', async () => {
    await create({ name: 'Due 24th', dueDate: '2026-11-24' });
    await create({ name: 'Due 25th', dueDate: '2026-11-25' });
    const today = async (timeZone: string) => {
      expect((await wren.send('PATCH', '/api/v1/me', { timeZone })).status).toBe(200);
      return names('view=today&text=Due');
    };
    expect(await today('Europe/London')).toEqual(['Due 24th']);
    expect(await today('Pacific/Auckland')).toEqual(['Due 25th']);
    expect(await today('Pacific/Honolulu')).toEqual(['Due 24th']);
    expect(await names('text=Due')).toEqual(['Due 24th', 'Due 25th']);
  });

  test('a list is read page by page, each task once', async () => {
    for (let n = 0; n < 7; n += 1) await create({ name: `Page ${n}` });
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const at: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const { json } = await wren.get(`/api/v1/tasks?view=all&text=Page&limit=3&sort=name${at}`);
      seen.push(...json.tasks.map(({ name }: { name: string }) => name));
      cursor = json.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6].map((n) => `Page ${n}`));
  });

  test('B6.5 sending needs a connection', async () => {
    const { id } = await create({ name: 'Stays here' });
    const reply = await wren.send('POST', `/api/v1/tasks/${id}/send`);
    expect([reply.status, reply.json.code]).toEqual([409, 'not_connected']);
  });
});

describe('template', () => {
  test('B5.1 the preview shows real tasks with their length', async () => {
    const otto = tandem.client();
    await otto.signUp('Otto');
    await otto.send('POST', '/api/v1/tasks', { name: 'Price list', type: 'email' });
    const template = '[{{Activity_Type}}] {{activity_subject}}';
    const { json } = await otto.send('POST', '/api/v1/template/preview', { template });
    expect(json.samples.map((one: { subject: string }) => one.subject)).toContain(
      '[Email] Price list',
    );
    expect((await otto.get('/api/v1/template')).json.template).toBe('{{activity_subject}}');
    await otto.send('PUT', '/api/v1/template', { template });
    expect((await otto.get('/api/v1/template')).json.template).toBe(template);
  });
});
