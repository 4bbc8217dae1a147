import { describe, expect, it } from 'vitest';
import { EDIT_SETTLE_MS } from './pace.ts';
import { World } from './testing/world.ts';

describe('from the app to Salesforce', () => {
  it('B8.1 creates, edits, completes and deletes', async () => {
    const world = new World();
    const id = world.addTask();
    await world.run();
    expect(world.record(id)).toMatchObject({
      Subject: 'Send the offer',
      ActivityDate: '2026-11-30',
    });
    world.store.editTask(id, { details: 'Two pages', status: 'complete' });
    await world.run();
    expect(world.record(id)).toMatchObject({
      Description: 'Two pages',
      Status: 'Completed',
      Subject: 'Send the offer',
    });
    world.store.trashTask(id);
    await world.run();
    expect(world.record(id).IsDeleted).toBe(true);
    await world.settle();
    expect(world.link(id).state).toBe('dead');
  });

  it('E4 many quick edits cost one write', async () => {
    const world = new World();
    const id = world.addTask();
    await world.settle();
    world.salesforce.calls.length = 0;
    for (let edit = 1; edit <= 50; edit += 1) world.store.editTask(id, { details: `edit ${edit}` });
    await world.run(false);
    expect(world.salesforce.calls.filter((call) => call === 'updateTasks')).toHaveLength(1);
    expect(world.record(id).Description).toBe('edit 50');
  });

  it('E4 edits that come while one of the same task is on its way are one more write, in the turn they asked for', async () => {
    const world = new World();
    const [id, other] = [world.addTask(), world.addTask()];
    await world.settle();
    world.clock.advance(EDIT_SETTLE_MS);
    world.salesforce.calls.length = 0;
    const updates = () => world.salesforce.calls.filter((call) => call === 'updateTasks').length;
    world.salesforce.meanwhile = () => {
      world.salesforce.meanwhile = () => {};
      world.clock.advance(1);
      for (let edit = 1; edit <= 3; edit += 1)
        world.store.editTask(id, { details: `edit ${edit}` });
    };
    world.store.editTask(id, { details: 'edit 0' });
    world.store.editTask(other, { details: 'another' });
    await world.run(false);
    expect(updates()).toBe(1);
    expect(world.record(id).Description).toBe('edit 0');
    world.clock.advance(EDIT_SETTLE_MS);
    await world.run(false);
    expect(updates()).toBe(2);
    expect(world.record(id).Description).toBe('edit 3');
    await world.run(false);
    expect(updates()).toBe(2);
  });

  it('E2 an echo costs no write', async () => {
    const world = new World();
    world.addTask();
    await world.settle(6);
    expect(world.salesforce.calls.filter((call) => call !== 'changedSince')).toEqual([
      'createTasks',
    ]);
  });

  it('E1 2,000 new tasks go out in ten creating calls', async () => {
    const world = new World();
    for (let n = 0; n < 2_000; n += 1) world.addTask({ name: `Task ${n}` });
    await world.run();
    expect(world.salesforce.live()).toHaveLength(2_000);
    expect(world.salesforce.calls.filter((call) => call === 'createTasks')).toHaveLength(10);
  });
});

describe('from Salesforce to the app', () => {
  it('B8.2 brings creates, edits, deletes and undeletes', async () => {
    const world = new World();
    const record = world.salesforce.create({ Subject: 'Ring Ida', Priority: 'High' });
    await world.settle(1);
    const [id = ''] = [...world.store.state.tasks.keys()];
    expect(world.task(id).values).toMatchObject({ name: 'Ring Ida', priority: 'high' });
    world.salesforce.edit(record.Id, { ActivityDate: '2026-12-24' });
    await world.settle(1);
    expect(world.task(id).values.dueDate).toBe('2026-12-24');
    world.salesforce.remove(record.Id);
    await world.settle(1);
    expect(world.task(id).trashed).toBe('by_sync');
    world.clock.advance(1_000);
    world.salesforce.undelete(record.Id);
    await world.settle(1);
    expect(world.task(id).trashed).toBeNull();
    expect(world.store.state.tasks.size).toBe(1);
  });

  it('B6.3 B6.4 imports the window page by page and then goes on polling from its start', async () => {
    const startedAt = '2026-11-23T12:00:00.000Z';
    const world = new World({
      watermark: null,
      import: {
        state: 'running',
        windowStart: startedAt,
        startedAt: null,
        found: null,
        imported: 0,
        linked: 0,
        skipped: 0,
        cursor: null,
      },
    });
    for (let n = 0; n < 4_500; n += 1) world.salesforce.create({ Subject: `S ${n}` });
    world.salesforce.create({ Subject: 'Closed by our own word', Status: 'Void', IsClosed: true });
    await world.run();
    expect(world.store.state.connection.import).toMatchObject({
      state: 'done',
      found: 4_501,
      imported: 4_500,
      skipped: 1,
    });
    expect(world.store.state.tasks.size).toBe(4_500);
    expect([...world.store.state.skipped.values()]).toMatchObject([
      { reason: 'unmapped_closed_status' },
    ]);
    expect(world.salesforce.calls.filter((call) => call.endsWith('Tasks'))).toEqual([]);
  });
});

describe('lost replies', () => {
  it('R7 R8 a create whose reply is lost is found by its key and never repeated', async () => {
    const world = new World();
    for (let n = 0; n < 1_000; n += 1) {
      const id = world.addTask({ name: `Task ${n}` });
      world.salesforce.mishap = (method) =>
        method === 'createTasks' ? { kind: 'reply_lost' } : null;
      await world.run();
      world.salesforce.mishap = () => null;
      world.clock.advance(3_000);
      await world.run(false);
      expect(world.record(id).Subject).toBe(`Task ${n}`);
    }
    expect(world.salesforce.live()).toHaveLength(1_000);
  }, 60_000);

  it('R8 a create that never arrived is sent again', async () => {
    const world = new World();
    const id = world.addTask();
    world.salesforce.mishap = (method) =>
      method === 'createTasks' ? { kind: 'request_lost' } : null;
    await world.run();
    world.salesforce.mishap = () => null;
    await world.settle(1);
    expect(world.record(id).Subject).toBe('Send the offer');
    expect(world.salesforce.live()).toHaveLength(1);
  });

  it('R8 the poll may find the newborn before anyone looks for it', async () => {
    const world = new World();
    world.addTask();
    world.salesforce.mishap = (method) =>
      method === 'createTasks' ? { kind: 'reply_lost' } : null;
    await world.run();
    world.salesforce.mishap = (method) =>
      method === 'findByCreationKey' ? { kind: 'fault', code: 'SERVER_UNAVAILABLE' } : null;
    await world.settle(2);
    world.salesforce.mishap = () => null;
    await world.settle(2);
    expect(world.store.state.tasks.size).toBe(1);
    expect(world.salesforce.live()).toHaveLength(1);
  });

  it('R10 an update whose reply is lost converges without a second value', async () => {
    const world = new World();
    const id = world.addTask();
    await world.settle(1);
    world.store.editTask(id, { dueDate: '2026-12-31' });
    world.salesforce.mishap = (method) =>
      method === 'updateTasks' ? { kind: 'reply_lost' } : null;
    await world.run();
    world.salesforce.mishap = () => null;
    await world.settle(2);
    expect(world.record(id).ActivityDate).toBe('2026-12-31');
    expect(world.link(id).intents).toEqual([]);
    expect(world.task(id).values.dueDate).toBe('2026-12-31');
  });
});

describe('both sides at once', () => {
  it('R9 a lively record is written under a guard, and a change that slipped in is merged', async () => {
    const world = new World();
    const id = world.addTask();
    await world.settle(1);
    world.clock.advance(2_000);
    world.store.editTask(id, { details: 'Mine' });
    world.salesforce.edit(world.record(id).Id, { ActivityDate: '2027-01-05' });
    await world.run(false); // without a poll first: the guard has to notice
    expect(world.record(id)).toMatchObject({ Description: 'Mine', ActivityDate: '2027-01-05' });
    expect(world.task(id).values).toMatchObject({ details: 'Mine', dueDate: '2027-01-05' });
  });

  it('an edit made while its predecessor is under way goes out too', async () => {
    const world = new World();
    const id = world.addTask();
    let edited = false;
    world.salesforce.meanwhile = () => {
      if (edited || world.salesforce.calls.at(-1) !== 'createTasks') return;
      edited = true;
      world.store.editTask(id, { details: 'Second thought' });
    };
    await world.run();
    expect(world.record(id).Description).toBe('Second thought');
  });
});

describe('trouble', () => {
  it('B11.8 an expired sign-in rests the connection and loses nothing', async () => {
    const world = new World();
    const id = world.addTask();
    world.salesforce.mishap = () => ({ kind: 'fault', code: 'INVALID_SESSION_ID' });
    expect(await world.run()).toEqual({ kind: 'resting' });
    expect(world.store.state.connection.status).toBe('needs_sign_in');
    world.salesforce.mishap = () => null;
    world.store.state.connection = { ...world.store.state.connection, status: 'on' };
    await world.run();
    expect(world.record(id).Subject).toBe('Send the offer');
  });

  it('B11.2 trouble with the server keeps everything and comes back by itself', async () => {
    const world = new World();
    const id = world.addTask();
    world.salesforce.mishap = (method) =>
      method === 'createTasks' ? { kind: 'fault', code: 'SERVER_UNAVAILABLE' } : null;
    const outcome = await world.run();
    expect(outcome).toMatchObject({ kind: 'ran', stopped: { code: 'SERVER_UNAVAILABLE' } });
    expect(world.link(id).intents).toEqual([]);
    world.salesforce.mishap = () => null;
    await world.settle(1);
    expect(world.salesforce.live()).toHaveLength(1);
  });

  it('R14 a worker whose lease has passed on writes nothing more', async () => {
    const world = new World();
    world.addTask();
    world.salesforce.meanwhile = () => world.store.loseLease();
    expect(await world.run()).toEqual({ kind: 'busy' });
    expect(world.salesforce.live()).toHaveLength(0);
  });

  it('I9 a worker that slept while its lease was renewed asks again before it writes', async () => {
    const world = new World();
    world.addTask();
    const renew = world.store.renewLease.bind(world.store);
    let slept = false;
    world.store.renewLease = async (...given) => {
      await renew(...given);
      if (slept || world.salesforce.calls.length === 0) return;
      // Renewed, then asleep for longer than the lease runs: another worker takes over meanwhile.
      slept = true;
      world.clock.advance(60_000);
      world.store.loseLease();
    };
    expect(await world.run()).toEqual({ kind: 'busy' });
    expect(slept).toBe(true);
    expect(world.salesforce.live()).toHaveLength(0);
  });

  it('R14 a second worker finds the connection busy', async () => {
    const world = new World();
    const first = world.run();
    expect(await world.run()).toEqual({ kind: 'busy' });
    expect((await first).kind).toBe('ran');
  });
});
