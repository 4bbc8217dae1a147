import { shift } from '@tandem/engine';
import { describe, expect, it } from 'vitest';
import { acquire } from './acquire.ts';
import { World } from './testing/world.ts';

const KEY = { workspaceId: 'w', connectionId: 'c' };
const HELD_UP_MS = 10_000;

describe('the store’s clock, as a worker takes it', () => {
  it.each([
    ['is our own, though the answer came late', 0, 0, HELD_UP_MS, 0],
    ['is our own, though the question left late', 0, HELD_UP_MS, 0, 0],
    ['is ahead of ours', 60_000, 0, 0, 60_000],
    ['is behind ours', -60_000, 0, 0, -60_000],
    ['is ahead by at least so much', 60_000, 0, HELD_UP_MS, 60_000 - HELD_UP_MS],
    ['is behind by at least so much', -60_000, HELD_UP_MS, 0, -60_000 + HELD_UP_MS],
  ])('R14 %s', async (_, ahead, before, after, taken) => {
    const world = new World();
    const acquireLease = world.store.acquireLease.bind(world.store);
    world.store.acquireLease = async (...asked) => {
      world.clock.advance(before);
      const lease = await acquireLease(...asked);
      world.clock.advance(after);
      return lease && { ...lease, at: shift(lease.at, ahead) };
    };

    expect(await acquire(world.ports, KEY, 'test')).toMatchObject({ storeOffsetMs: taken });
  });

  it('B10.2 of two edits the later one wins, though the worker was held up as its turn began', async () => {
    const world = new World();
    const id = world.addTask();
    await world.settle(2);
    world.store.editTask(id, { details: 'here, and earlier' });
    world.clock.advance(2_000);
    world.salesforce.edit(world.record(id).Id, { Description: 'there, and later' });
    world.clock.advance(2_000);
    const transact = world.store.transact.bind(world.store);
    world.store.transact = (...asked) => {
      world.store.transact = transact;
      world.clock.advance(HELD_UP_MS);
      return transact(...asked);
    };

    await world.run();

    expect(world.task(id).values.details).toBe('there, and later');
    expect(world.record(id).Description).toBe('there, and later');
  });
});
