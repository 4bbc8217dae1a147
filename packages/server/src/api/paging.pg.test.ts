import { ENDPOINTS, type EndpointContract, type EndpointName } from '@tandem/api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startExampleWorld } from '../testing/example-world.ts';

let world: Awaited<ReturnType<typeof startExampleWorld>>;
beforeAll(async () => {
  world = await startExampleWorld();
});
afterAll(() => world?.close());

/** Every list of the API, found by its answer; how to make one more entry while it is read. */
const lists = (Object.entries(ENDPOINTS) as [EndpointName, EndpointContract][]).filter(
  ([, { reply }]) => reply !== null && 'shape' in reply && 'nextCursor' in (reply.shape as object),
);
const MORE: Partial<Record<EndpointName, (id: string) => Promise<unknown>>> = {
  listTasks: () => world.ada.send('POST', '/api/v1/tasks', { name: 'One more' }),
  taskHistory: (id) =>
    world.ada.send('PATCH', `/api/v1/tasks/${id}`, { details: crypto.randomUUID() }),
  listViews: () =>
    world.ada.send('POST', '/api/v1/views', { name: crypto.randomUUID(), query: {} }),
  listTokens: () => world.ada.send('POST', '/api/v1/tokens', { name: 'One more' }),
  listWebhooks: () => world.before('createWebhook'),
  listDeliveries: (id) => world.ada.send('POST', `/api/v1/webhooks/${id}/ping`),
  listMembers: () => world.before('patchMember'),
  listInvitations: () => world.before('revokeInvitation'),
  listSessions: () => world.before('endSession'),
  listAudit: () => world.ada.send('PATCH', '/api/v1/workspace', { name: 'Aldermoor' }),
  listProblems: () => world.before('listProblems'),
  listHistory: () => world.ada.send('POST', '/api/v1/tasks', { name: 'One more' }),
};

describe.each(lists)('%s', (name, { path }) => {
  const more = MORE[name] ?? (async () => {});
  const idOf = (item: Record<string, unknown>) => String(item.id ?? item.userId);

  async function page(address: string, query: string) {
    const reply = await world.ada.get(`${address}?${query}`);
    expect([reply.status, reply.text.slice(0, 300)]).toEqual([200, expect.anything()]);
    const { nextCursor, ...rest } = reply.json;
    const [items] = Object.values(rest) as [Record<string, unknown>[]];
    return { ids: items.map(idOf), nextCursor: nextCursor as string | null };
  }

  test('every entry comes once, page after page, also while others come in', async () => {
    const { id = '' } = await world.before(name);
    const address = path.replace('{id}', id);
    for (let made = 0; made < 5; made += 1) await more(id);
    const all = name === 'listTasks' ? 'view=all&sort=createdAt' : '';
    const before = (await page(address, `${all}&limit=200`)).ids;
    const read: string[] = [];
    let cursor: string | null = null;
    do {
      const at: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const next = await page(address, `${all}&limit=1${at}`);
      expect(next.ids.length).toBeLessThanOrEqual(1);
      read.push(...next.ids);
      cursor = next.nextCursor;
      if (read.length <= 3) await more(id);
    } while (cursor !== null && read.length < 100);
    expect(new Set(read).size).toBe(read.length);
    expect(read).toEqual(expect.arrayContaining(before));
  });

  test('B12.3 a cursor of another list, and one that was made up, is named', async () => {
    const { id = '' } = await world.before(name);
    const address = path.replace('{id}', id);
    const made = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const bad = ['x', made(['nothing', '1']), made(['history']), made({ a: 1 }), 'x'.repeat(4_001)];
    for (const cursor of bad) {
      const reply = await world.ada.get(`${address}?cursor=${cursor}`);
      expect([reply.status, reply.json.errors?.[0]?.field]).toEqual([400, 'cursor']);
    }
  });
});

test('B12.3 a list is turned over also where names are as long as they may be', async () => {
  const name = '界'.repeat(250);
  for (const end of ['a', 'b', 'c'])
    await world.ada.send('POST', '/api/v1/tasks', { name: name + end });
  const query = `view=all&sort=name&limit=1&text=${encodeURIComponent('界界')}`;
  let cursor = '';
  for (const end of ['a', 'b', 'c']) {
    const { json } = await world.ada.get(`/api/v1/tasks?${query}${cursor}`);
    expect(json.tasks[0].name).toBe(name + end);
    cursor = `&cursor=${json.nextCursor}`;
  }
});
