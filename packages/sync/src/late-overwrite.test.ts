import { describe, expect, it } from 'vitest';
import { AWAY, World } from './testing/world.ts';

/**
 * What a write covers although nobody here had seen it (R9, I2, H2). Salesforce refuses a guarded write for a
 * change of a later second only, and never a bulk write or a deletion; the record as it was before comes back
 * with each reply.
 */

const MORE_THAN_IS_ALWAYS_GUARDED = 60;
const QUIET_MS = 60 * 60_000;

async function quietWorld(count: number): Promise<{ world: World; ids: readonly string[] }> {
  const world = new World();
  const ids = Array.from({ length: count }, (_, n) => world.addTask({ name: `Task ${n}` }));
  await world.settle(2);
  world.clock.advance(QUIET_MS);
  await world.run();
  world.salesforce.calls.length = 0;
  return { world, ids };
}

/** A person's act between the commit of the plan and the request's effect. */
function justBefore(world: World, method: string, act: () => void): void {
  let done = false;
  world.salesforce.mishap = (called) => {
    if (called === method && !done) {
      done = true;
      act();
    }
    return null;
  };
}

/** At its next transaction, which may have been carried out all the same. */
function storeGoesAway(world: World, carriedOut: boolean): void {
  const { store } = world;
  const transact = store.transact.bind(store);
  store.transact = async (lease, work) => {
    store.transact = transact;
    if (carriedOut) await transact(lease, work);
    throw AWAY;
  };
}

const overwrites = (world: World) =>
  world.store.state.journal.filter(({ kind }) => kind === 'late_overwrite');
const count = (world: World, method: string) =>
  world.salesforce.calls.filter((call) => call === method).length;

describe('a change that lies under a write of ours', () => {
  it('R9 I2 H2 in the bulk lane is on record, and one edit brings it back', async () => {
    const { world, ids } = await quietWorld(MORE_THAN_IS_ALWAYS_GUARDED);
    const [first = '', second = '', third = ''] = ids;
    justBefore(world, 'updateTasks', () => {
      world.salesforce.edit(world.record(first).Id, { Description: 'Theirs' });
      world.salesforce.edit(world.record(second).Id, { Priority: 'High' });
      world.salesforce.edit(world.record(third).Id, { Description: 'Mine' });
    });
    for (const id of ids) world.store.editTask(id, { details: 'Mine' });
    await world.run(false);

    expect(count(world, 'updateTasks')).toBe(1);
    expect(overwrites(world)).toMatchObject([
      { field: 'details', rule: 'R9', side: 'sf', from: 'Theirs', to: 'Mine', lost: 'Theirs' },
    ]);
    expect(world.record(first).Description).toBe('Mine');
    // What they changed beside our field is taken in at once, without waiting for a poll.
    expect(world.task(second).values).toMatchObject({ details: 'Mine', priority: 'high' });

    world.store.editTask(first, { details: 'Theirs' });
    await world.settle();
    expect(world.record(first).Description).toBe('Theirs');
    expect(overwrites(world)).toHaveLength(1);
  });

  it('R9 in the guarded lane is refused, read and merged', async () => {
    const { world, ids } = await quietWorld(1);
    const [id = ''] = ids;
    world.store.editTask(id, { details: 'Mine' });
    world.clock.advance(5_000);
    justBefore(world, 'updateTasks', () =>
      world.salesforce.edit(world.record(id).Id, { Description: 'Theirs' }),
    );
    await world.run(false);
    expect(overwrites(world)).toEqual([]);
    expect(world.task(id).values.details).toBe('Theirs');
    expect(world.store.state.journal).toContainEqual(
      expect.objectContaining({ kind: 'conflict', field: 'details', lost: 'Mine' }),
    );
  });

  it('R9 I2 in the guarded lane within the second of the revision it names is on record', async () => {
    const { world, ids } = await quietWorld(1);
    const [id = ''] = ids;
    const { Id } = world.record(id);
    world.salesforce.edit(Id, { Priority: 'High' });
    await world.run();
    world.clock.advance(400);
    // Same second, so the same revision: Salesforce cannot tell the two apart.
    world.salesforce.edit(Id, { Description: 'Theirs', ActivityDate: '2027-01-04' });
    world.clock.advance(400);
    world.store.editTask(id, { details: 'Mine' });
    await world.run(false);
    expect(world.record(id).Description).toBe('Mine');
    expect(overwrites(world)).toMatchObject([{ field: 'details', rule: 'R9', lost: 'Theirs' }]);
    expect(world.task(id).values.dueDate).toBe('2027-01-04');
  });

  it('E4 what we wrote ourselves is nobody’s change: quick edits after one another are quiet', async () => {
    const { world, ids } = await quietWorld(1);
    const [id = ''] = ids;
    for (const details of ['One', 'Two', 'Three']) {
      world.store.editTask(id, { details });
      await world.run(false);
    }
    await world.settle();
    expect(world.record(id).Description).toBe('Three');
    expect(overwrites(world)).toEqual([]);
  });

  it('R11 I2 a lost reply and a second edit after it blame nobody', async () => {
    const { world, ids } = await quietWorld(1);
    const [id = ''] = ids;
    world.salesforce.mishap = (method) =>
      method === 'updateTasks' ? { kind: 'reply_lost' } : null;
    world.store.editTask(id, { details: 'One' });
    await world.run(false);
    world.salesforce.mishap = () => null;
    world.store.editTask(id, { details: 'Two' });
    await world.settle();
    expect(world.record(id).Description).toBe('Two');
    expect(overwrites(world)).toEqual([]);
  });

  it.each(['before', 'after'])(
    'R9 is on record, once, also where the database went away %s the commit that was to tell of it',
    async (when) => {
      const { world, ids } = await quietWorld(MORE_THAN_IS_ALWAYS_GUARDED);
      const [first = ''] = ids;
      justBefore(world, 'updateTasks', () => {
        world.salesforce.edit(world.record(first).Id, { Description: 'Theirs' });
        storeGoesAway(world, when === 'after');
      });
      for (const id of ids) world.store.editTask(id, { details: 'Mine' });
      await world.run(false);
      expect(overwrites(world)).toMatchObject([{ field: 'details', rule: 'R9', lost: 'Theirs' }]);
      expect(world.store.state.journal.filter(({ kind }) => kind === 'pushed')).toHaveLength(
        ids.length,
      );
      expect(world.link(first).intents).toEqual([]);
    },
  );

  it('B10.3 I2 by a deletion is on record, value by value', async () => {
    const { world, ids } = await quietWorld(1);
    const [id = ''] = ids;
    justBefore(world, 'deleteTasks', () =>
      world.salesforce.edit(world.record(id).Id, { Description: 'Theirs', Priority: 'High' }),
    );
    world.store.trashTask(id);
    await world.run(false);
    expect(world.link(id).state).toBe('dead');
    expect(overwrites(world)).toMatchObject([
      { field: 'priority', rule: 'B10.3', lost: 'high', to: null },
      { field: 'details', rule: 'B10.3', lost: 'Theirs', to: null },
    ]);
  });
});

describe('a deletion that meets nothing', () => {
  it('B7.2 is done when the record is seen in the recycle bin', async () => {
    const { world, ids } = await quietWorld(1);
    const [id = ''] = ids;
    world.store.trashTask(id);
    justBefore(world, 'deleteTasks', () => world.salesforce.remove(world.record(id).Id));
    await world.run(false);
    expect(world.link(id)).toMatchObject({ state: 'dead', intents: [] });
    expect(world.salesforce.calls).toEqual(['deleteTasks', 'readTasks']);
  });

  it('B7.2 I4 says nothing about a record out of sight, and is carried out when it comes back', async () => {
    const { world, ids } = await quietWorld(1);
    const [id = ''] = ids;
    const record = world.record(id);
    world.salesforce.records.delete(record.Id);
    world.store.trashTask(id);
    await world.run(false);
    expect(world.link(id)).toMatchObject({ state: 'gone', intents: [] });
    expect(world.store.state.journal.filter(({ kind }) => kind === 'gone')).toEqual([]);
    await world.settle();
    expect(count(world, 'deleteTasks'), 'it is not sent again and again').toBe(1);

    world.salesforce.records.set(record.Id, record);
    world.salesforce.edit(record.Id, { Priority: 'High' });
    await world.settle();
    expect(world.salesforce.live()).toEqual([]);
    expect(world.link(id).state).toBe('dead');
    expect(world.task(id).trashed).not.toBeNull();
  });
});

describe('calls', () => {
  it('E1 2,000 updates of quiet tasks take ten calls', async () => {
    const { world, ids } = await quietWorld(2_000);
    for (const id of ids) world.store.editTask(id, { status: 'complete' });
    await world.run(false);
    expect(world.salesforce.calls).toEqual(Array.from({ length: 10 }, () => 'updateTasks'));
    expect(world.salesforce.live().every(({ IsClosed }) => IsClosed)).toBe(true);
  });

  it('E1 48 guarded updates take two calls', async () => {
    const { world, ids } = await quietWorld(48);
    for (const id of ids) world.store.editTask(id, { status: 'complete' });
    await world.run(false);
    expect(world.salesforce.calls).toEqual(['updateTasks', 'updateTasks']);
  });
});
