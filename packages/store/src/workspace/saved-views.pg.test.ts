import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../actor.ts';
import { InvalidValue } from '../errors.ts';
import { LATER, NOON, openWorld, type World } from '../test-world.ts';
import { createView, deleteView, listViews, patchView } from './saved-views.ts';

const LATE = { view: 'overdue', type: 'call' };

describe('B9.1 saved views', () => {
  let world: World;
  let admin: Actor;
  let rep: Actor;
  beforeAll(async () => {
    world = await openWorld();
    admin = await world.workspace();
    rep = await world.member(admin, 'rep');
  });
  afterAll(() => world.close());

  const names = async (actor: Actor) =>
    (await listViews(world.db, actor, { limit: 200 })).views.map(({ name }) => name);
  const make = (actor: Actor, name: string, max = 50) =>
    createView(world.db, actor, { name, query: LATE }, max, NOON);

  it('B9.1 are a person’s own: an admin neither sees, changes nor deletes those of others', async () => {
    const view = await make(rep, 'Late calls');
    expect(view).toMatchObject({ name: 'Late calls', query: LATE, createdAt: NOON });
    expect(await names(rep)).toEqual(['Late calls']);
    expect(await names(admin)).toEqual([]);
    expect(await patchView(world.db, admin, view.viewId, { name: 'Mine' }, LATER)).toBeNull();
    expect(await deleteView(world.db, admin, view.viewId)).toBe(false);
    expect(await deleteView(world.db, rep, view.viewId)).toBe(true);
    expect(await deleteView(world.db, rep, view.viewId)).toBe(false);
  });

  it('B9.1 are renamed and given other filters, each without the other', async () => {
    const { viewId } = await make(rep, 'First');
    const renamed = await patchView(world.db, rep, viewId, { name: 'Second' }, LATER);
    expect(renamed).toMatchObject({ name: 'Second', query: LATE, updatedAt: LATER });
    const query = { view: 'today' };
    expect(await patchView(world.db, rep, viewId, { query }, LATER)).toMatchObject({
      name: 'Second',
      query,
    });
    await deleteView(world.db, rep, viewId);
  });

  it('B9.1 have names that nobody confuses, and one’s own may be that of a colleague', async () => {
    const { viewId } = await make(rep, 'Calls');
    const other = await make(rep, 'Mails');
    await expect(make(rep, 'CALLS')).rejects.toThrow(InvalidValue);
    const taken = patchView(world.db, rep, other.viewId, { name: 'calls' }, LATER);
    await expect(taken).rejects.toThrow('is the name of another view of yours');
    expect(await patchView(world.db, rep, viewId, { name: 'CALLS' }, LATER)).not.toBeNull();
    await deleteView(world.db, admin, (await make(admin, 'Calls')).viewId);
    for (const id of [viewId, other.viewId]) await deleteView(world.db, rep, id);
  });

  it('B12.3 are no more than allowed, also when many are made at once', async () => {
    const made = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) => make(rep, `View ${index}`, 3)),
    );
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect(await names(rep)).toHaveLength(3);
    await expect(make(rep, 'One more', 3)).rejects.toMatchObject({ field: 'name' });
  });
});
