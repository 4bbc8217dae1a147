import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SyncStore } from '../../../sync/src/ports.ts';
import type { Actor } from '../actor.ts';
import { switchOff } from '../connections/switch.ts';
import { createTasks } from '../tasks/create-tasks.ts';
import {
  type Connected,
  jobsOf,
  LATER,
  mustLease,
  NOON,
  newTask,
  openWorld,
  underLease,
  type World,
} from '../test-world.ts';
import { dueConnections } from '../wake/due.ts';
import { wakeConnection } from '../wake/wake.ts';

describe('leases (R14, I9)', () => {
  let world: World;
  let actor: Actor;
  let key: Connected;

  beforeAll(async () => {
    world = await openWorld();
    actor = await world.workspace();
    key = await world.connect(actor);
  });
  afterAll(() => world.close());

  it('the store is what sync’s port asks for', () => {
    const port: SyncStore = world.syncStore();
    expect(Object.keys(port).sort()).toEqual([
      'acquireLease',
      'releaseLease',
      'renewLease',
      'transact',
    ]);
  });

  it('of ten workers that ask at once, one gets the lease', async () => {
    const store = world.syncStore();
    const asked = await Promise.all(
      Array.from({ length: 10 }, (_, index) => store.acquireLease(key, `worker ${index}`, 20_000)),
    );
    const got = asked.filter((lease) => lease !== null);
    expect(got).toHaveLength(1);
    expect(await store.acquireLease(key, 'late', 20_000)).toBeNull();
    if (got[0]) await store.releaseLease(got[0], null);
  });

  it('a lease that ran out passes on with a greater token, and the old one changes nothing', async () => {
    const store = world.syncStore();
    const old = await store.acquireLease(key, 'slow', -1);
    const fresh = await mustLease(store, key);
    expect(fresh.token).toBeGreaterThan(old?.token ?? 0);
    const stale = old ?? fresh;
    const write = store.transact(stale, (tx) => tx.saveConnection({ watermark: LATER }));
    await expect(write).rejects.toMatchObject({ name: 'LeaseLost' });
    await expect(store.renewLease(stale, 20_000)).rejects.toMatchObject({ name: 'LeaseLost' });
    await store.releaseLease(stale, NOON);
    const { watermark } = await store.transact(fresh, (tx) => tx.connection());
    expect(watermark).toBeNull();
    await store.renewLease(fresh, 20_000);
    await store.releaseLease(fresh, null);
    await expect(store.transact(fresh, (tx) => tx.connection())).rejects.toMatchObject({
      name: 'LeaseLost',
    });
  });

  it('nobody takes the lease while a transaction under it is open, even if its time is up', async () => {
    const store = world.syncStore();
    const lease = await store.acquireLease(key, 'slow', 0);
    if (lease === null) throw new Error('The lease is free.');
    await store.transact(lease, async (tx) => {
      expect(await store.acquireLease(key, 'other', 20_000)).toBeNull();
      await tx.saveConnection({ lastPollAt: NOON });
    });
    const next = await mustLease(store, key);
    await store.releaseLease(next, null);
  });

  it('a transaction whose work fails leaves nothing behind', async () => {
    const failing = underLease(world, key, async (tx) => {
      await tx.saveConnection({ watermark: LATER });
      throw new Error('on purpose');
    });
    await expect(failing).rejects.toThrow('on purpose');
    const { watermark } = await underLease(world, key, (tx) => tx.connection());
    expect(watermark).toBeNull();
  });

  it('an edit during a pass is not lost: giving the lease back makes its appointment', async () => {
    const store = world.syncStore();
    const lease = await mustLease(store, key);
    await createTasks(world.db, actor, [newTask(actor)], NOON);
    await store.releaseLease(lease, '2099-01-01T00:00:00.000Z');
    const [job] = await jobsOf(world, key);
    expect(Date.parse(job?.runAt ?? '')).toBeLessThan(Date.parse('2098-01-01'));
  });

  it('without one, the worker’s own wish is the appointment', async () => {
    const store = world.syncStore();
    await store.releaseLease(await mustLease(store, key), '2099-01-01T00:00:00.000Z');
    expect((await jobsOf(world, key)).map((job) => job.runAt)).toEqual([
      '2099-01-01T00:00:00.000Z',
    ]);
    await wakeConnection(world.db, key);
    const [job] = await jobsOf(world, key);
    expect(Date.parse(job?.runAt ?? '')).toBeLessThan(Date.parse('2098-01-01'));
  });

  it('a connection whose job or worker died is due, one that is worked on or off is not', async () => {
    const store = world.syncStore();
    const isDue = async () => {
      const { rows } = await world.db.pool.query<{ now: string }>(
        `select now() + interval '1 minute' as now`,
      );
      const due = await dueConnections(world.db, rows[0]?.now ?? '');
      return due.some((each) => each.connectionId === key.connectionId);
    };
    await wakeConnection(world.db, key);
    expect(await isDue()).toBe(true);
    const working = await store.acquireLease(key, 'alive', 3_600_000);
    expect(await isDue()).toBe(false);
    if (working) await store.releaseLease(working, null);
    expect(await isDue()).toBe(false);
    await store.acquireLease(key, 'killed', 1);
    expect(await isDue()).toBe(true);
    await switchOff(world.db, actor, LATER);
    expect(await isDue()).toBe(false);
  });
});
