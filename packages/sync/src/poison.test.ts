import { describe, expect, it } from 'vitest';
import { LeaseLost, type SyncTx, ValueRefused } from './ports.ts';
import { policy, World } from './testing/world.ts';

const TOMAS = 'user-tomas';
const TOMAS_SF = '005000000000002AAA';
const STRANGER_SF = '005000000000009AAA';

/** A store that cannot hold a text with this in it. */
function refusing(world: World, text: string): void {
  const { store } = world.ports;
  const transact = store.transact.bind(store);
  store.transact = (lease, work) => transact(lease, (tx) => work(wrapped(tx, text)));
}

function wrapped(tx: SyncTx, text: string): SyncTx {
  const check = (rows: unknown) => {
    if (JSON.stringify(rows).includes(text)) throw new ValueRefused('not in this database');
  };
  return new Proxy(tx, {
    get(target, name) {
      const method = Reflect.get(target, name) as (...args: unknown[]) => unknown;
      if (name !== 'saveLinks' && name !== 'insertImported') return method.bind(target);
      return async (rows: unknown) => {
        check(rows);
        return method.call(target, rows);
      };
    },
  });
}

describe('poison', () => {
  it('L3 I11 one record the database cannot hold is left out by name, the others come in', async () => {
    const world = new World();
    for (let n = 0; n < 9; n += 1) world.salesforce.create({ Subject: `Good ${n}` });
    const bad = world.salesforce.create({ Subject: 'POISON' });
    refusing(world, 'POISON');
    await world.settle(2);
    expect(world.store.state.tasks.size).toBe(9);
    expect(world.store.state.skipped.get(bad.Id)).toEqual({
      salesforceId: bad.Id,
      subject: 'POISON',
      reason: 'unreadable',
      connectionId: 'c',
    });
    expect(world.store.state.connection.watermark).toBe(world.clock.now());
  });

  it('L3 B11.2 a linked record that cannot be held parks its task once, until it can', async () => {
    const world = new World();
    const ids = ['a', 'b', 'c'].map((name) => world.addTask({ name }));
    await world.settle(2);
    refusing(world, 'POISON');
    const [poisoned = '', ...others] = ids;
    world.clock.advance(1_000);
    for (const id of ids) world.salesforce.edit(world.record(id).Id, { Priority: 'High' });
    world.salesforce.edit(world.record(poisoned).Id, { Description: 'POISON' });
    await world.settle(3);
    expect(others.map((id) => world.task(id).values.priority)).toEqual(['high', 'high']);
    expect(world.link(poisoned).parked).toMatchObject({ code: 'UNREADABLE_RECORD', retryAt: null });
    const told = world.store.state.journal.filter(({ rule }) => rule === 'L3');
    expect(told).toHaveLength(1);
    world.clock.advance(1_000);
    world.salesforce.edit(world.record(poisoned).Id, { Description: 'mended' });
    await world.settle(2);
    expect(world.link(poisoned).parked).toBeNull();
    expect(world.task(poisoned).values.details).toBe('mended');
  });

  it('L3 B6.3 an import goes on past a record it cannot hold', async () => {
    const world = new World({
      watermark: null,
      import: {
        state: 'running',
        windowStart: '2026-11-23T12:00:00.000Z',
        startedAt: null,
        found: null,
        imported: 0,
        linked: 0,
        skipped: 0,
        cursor: null,
      },
    });
    for (let n = 0; n < 5; n += 1) world.salesforce.create({ Subject: `Good ${n}` });
    world.salesforce.create({ Subject: 'POISON' });
    refusing(world, 'POISON');
    await world.settle(1);
    expect(world.store.state.connection.import).toMatchObject({
      state: 'done',
      found: 6,
      imported: 5,
      skipped: 1,
    });
  });

  it('L3 I11 a task whose plan cannot be stored waits alone, until it is edited', async () => {
    const world = new World();
    refusing(world, 'POISON');
    const ids = Array.from({ length: 11 }, (_, n) => world.addTask({ name: `T${n}` }));
    const poisoned = ids[4] ?? '';
    world.store.editTask(poisoned, { details: 'POISON' });
    await world.settle(2);
    expect(world.salesforce.live()).toHaveLength(10);
    expect(world.link(poisoned)).toMatchObject({
      salesforceId: null,
      intents: [],
      parked: { code: 'UNREADABLE_RECORD' },
    });
    world.store.editTask(poisoned, { details: 'mended' });
    await world.settle(2);
    expect(world.record(poisoned).Description).toBe('mended');
    expect(world.link(poisoned).parked).toBeNull();
  });

  it('L3 I11 a deletion that cannot be stored waits alone, and holds up no other, on either side', async () => {
    const world = new World();
    const ids = Array.from({ length: 6 }, (_, n) => world.addTask({ name: `T${n}` }));
    await world.settle(2);
    const [poisoned = '', there = '', ...inApp] = ids;
    // What is edited here and deleted there is told of by this rule alone.
    refusing(world, '"rule":"B10.3"');
    for (const id of [poisoned, there]) world.salesforce.remove(world.record(id).Id);
    for (const id of inApp) world.store.trashTask(id);
    world.store.editTask(poisoned, { details: 'not sent' });
    await world.settle(2);
    expect(inApp.map((id) => world.record(id).IsDeleted)).toEqual([true, true, true, true]);
    expect(world.task(there).trashed).toBe('by_sync');
    expect(world.task(poisoned).trashed).toBeNull();
    expect(world.link(poisoned).parked).toMatchObject({ code: 'UNREADABLE_RECORD' });
  });

  it('L3 E3 a teammate’s record that cannot be held is named to the teammate', async () => {
    const world = new World({
      policy: {
        ...policy,
        owners: {
          toSf: { ...policy.owners.toSf, [TOMAS]: TOMAS_SF },
          toApp: { ...policy.owners.toApp, [TOMAS_SF]: TOMAS },
        },
      },
      teammates: {
        [TOMAS]: {
          connectionId: 'c-tomas',
          salesforceUserId: TOMAS_SF,
          newSince: '2026-01-01T00:00:00.000Z',
        },
      },
    });
    world.salesforce.seesAll = true;
    refusing(world, 'POISON');
    const bad = world.salesforce.create({ Subject: 'POISON', OwnerId: TOMAS_SF });
    const strange = world.salesforce.create({ Subject: 'POISON', OwnerId: STRANGER_SF });
    await world.settle(1);
    const { skipped } = world.store.state;
    expect(skipped.get(bad.Id)).toMatchObject({ reason: 'unreadable', connectionId: 'c-tomas' });
    expect(skipped.has(strange.Id)).toBe(false);
  });

  it('I9 L3 a lost lease and a lost database are not taken for poison', async () => {
    for (const error of [new LeaseLost(), new Error('Connection terminated')]) {
      const world = new World();
      world.salesforce.create({ Subject: 'Good' });
      let tries = 0;
      const { store } = world.ports;
      const transact = store.transact.bind(store);
      store.transact = (lease, work) =>
        transact(lease, async (tx) => {
          const insertImported = async () => {
            tries += 1;
            throw error;
          };
          return work(
            new Proxy(tx, {
              get: (target, name) =>
                name === 'insertImported'
                  ? insertImported
                  : (Reflect.get(target, name) as () => void).bind(target),
            }),
          );
        });
      const run = world.run();
      if (error instanceof LeaseLost) expect(await run).toEqual({ kind: 'busy' });
      else await expect(run).rejects.toThrow('Connection terminated');
      expect(tries).toBe(1);
      expect(world.store.state.skipped.size).toBe(0);
    }
  });

  it('B6.3 an import that has to begin again counts each record once', async () => {
    const world = new World({
      watermark: null,
      import: {
        state: 'running',
        windowStart: '2026-11-23T12:00:00.000Z',
        startedAt: null,
        found: null,
        imported: 0,
        linked: 0,
        skipped: 0,
        cursor: null,
      },
    });
    const total = 4_500;
    for (let n = 0; n < total; n += 1) {
      const status = n % 100 === 0 ? { Status: 'Deferred', IsClosed: true } : {};
      world.salesforce.create({ Subject: `T${n}`, ...status });
    }
    let pages = 0;
    world.salesforce.mishap = (method) => {
      if (method !== 'importPage') return null;
      pages += 1;
      return pages === 3 ? { kind: 'fault', code: 'INVALID_QUERY_LOCATOR' } : null;
    };
    await world.run(false);
    expect(pages).toBeGreaterThan(5);
    expect(world.store.state.connection.import).toMatchObject({
      state: 'done',
      found: total,
      imported: total - 45,
      linked: 0,
      skipped: 45,
    });
  });

  it('B7.2 a page cut short is asked for again and not read as missing records', async () => {
    const world = new World();
    const ids = Array.from({ length: 30 }, (_, n) => world.addTask({ name: `T${n}` }));
    await world.settle(2);
    const read = world.salesforce.readTasks.bind(world.salesforce);
    let calls = 0;
    world.salesforce.readTasks = async (wanted) => {
      calls += 1;
      const reply = await read(wanted);
      if (reply.kind !== 'ok' || wanted.length <= 7) return reply;
      return {
        ...reply,
        value: { ...reply.value, tasks: reply.value.tasks.slice(0, 7), next: 'x' },
      };
    };
    world.clock.advance(60 * 60_000);
    for (const id of ids) world.store.editTask(id, { details: 'new' });
    world.salesforce.mishap = (method) =>
      method === 'updateTasks' ? { kind: 'reply_lost' } : null;
    await world.run(false);
    world.salesforce.mishap = () => null;
    await world.settle(3);
    expect(calls).toBeGreaterThan(4);
    expect(ids.map((id) => world.link(id).state)).toEqual(ids.map(() => 'live'));
  });
});
