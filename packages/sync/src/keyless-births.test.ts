import { LANDING_WINDOW_MS, reborn, type SalesforceTask } from '@tandem/engine';
import { describe, expect, it } from 'vitest';
import { World } from './testing/world.ts';

/** An org whose Task has no key field: inserts carry none and are never refused as duplicates. */
function keyless(): World {
  const world = new World({ hasCreationKey: false });
  const create = world.salesforce.createTasks.bind(world.salesforce);
  world.salesforce.createTasks = async (rows) => {
    const reply = await create(rows.map((row) => ({ ...row, creationKey: `none-${world.id()}` })));
    for (const [id, record] of world.salesforce.records) {
      world.salesforce.records.set(id, { ...record, CreationKey: null });
    }
    return reply;
  };
  return world;
}

/** The next create calls come to this; then all is well again. */
function loses(world: World, kind: 'request_lost' | 'reply_lost', times = 1): void {
  let left = times;
  world.salesforce.mishap = (method) => (method === 'createTasks' && left-- > 0 ? { kind } : null);
}

/** Tasks that nobody has sent yet, and the way back to this moment, as `note-restored` of the store takes it. */
async function backup(world: World, count: number) {
  await world.run();
  const ids = ['Call', 'Write'].slice(0, count).map((name) => world.addTask({ name }));
  const { state } = world.store;
  const [links, tasks, { watermark }] = [
    new Map(state.links),
    new Map(state.tasks),
    state.connection,
  ];
  const restore = () => {
    const birth = { kind: 'create', expectedRevision: watermark, fields: {} } as const;
    for (const [id, { link }] of links) {
      const intents = [{ ...birth, requestId: world.id(), sentAt: world.clock.now() }];
      world.store.state.links.set(id, { link: { ...link, intents }, dirty: true });
    }
    for (const [id, task] of tasks) world.store.state.tasks.set(id, task);
    world.store.state.connection = { ...world.store.state.connection, watermark };
  };
  return { ids, restore };
}

const TWIN: Partial<SalesforceTask> = { Subject: 'Send the offer', ActivityDate: '2026-11-30' };
const DAY_MS = 24 * 60 * 60_000;
const creates = (world: World) =>
  world.salesforce.calls.filter((method) => method === 'createTasks').length;

describe('births without a creation key (R8)', () => {
  it('R8 I3 a keyless create whose reply was lost is found by its values and adopted', async () => {
    const world = keyless();
    loses(world, 'reply_lost');
    const id = world.addTask();
    await world.run();
    await world.settle(2);
    expect(world.salesforce.live()).toHaveLength(1);
    expect(world.store.state.tasks.size).toBe(1);
    expect(world.link(id)).toMatchObject({
      salesforceId: world.salesforce.live()[0]?.Id,
      intents: [],
    });
    expect(world.store.state.journal).toContainEqual(
      expect.objectContaining({ kind: 'adopted', rule: 'R8' }),
    );
  });

  it('R8 a keyless create that was lost is sent again only when it can no longer land', async () => {
    const world = keyless();
    loses(world, 'request_lost');
    const id = world.addTask();
    await world.run();
    world.clock.advance(LANDING_WINDOW_MS - 30_000);
    world.store.editTask(id, { details: 'meanwhile' });
    await world.run();
    expect(creates(world)).toBe(1);
    world.clock.advance(30_000);
    await world.run();
    expect(creates(world)).toBe(2);
    expect(world.record(id).Description).toBe('meanwhile');
  });

  it('R8 R11 a keyless create that lands late is adopted, with what was edited meanwhile', async () => {
    const world = keyless();
    loses(world, 'request_lost');
    const id = world.addTask();
    await world.run();
    await world.settle(3);
    world.store.editTask(id, { details: 'second' });
    world.salesforce.create(TWIN); // it lands now
    await world.settle(3);
    expect(world.salesforce.live()).toHaveLength(1);
    expect(world.record(id).Description).toBe('second');
    expect(world.store.state.tasks.size).toBe(1);
  });

  it('R8 I3 a poll that meets a lost birth first leaves it to the search', async () => {
    const world = keyless();
    loses(world, 'reply_lost');
    const id = world.addTask();
    await world.run(false);
    world.salesforce.mishap = (method) =>
      method === 'findBySubject' ? { kind: 'fault', code: 'QUERY_TIMEOUT' } : null;
    await world.settle(2);
    world.salesforce.mishap = () => null;
    const [born] = world.salesforce.live();
    world.salesforce.edit(born?.Id ?? '', { Description: null });
    await world.settle(2);
    expect(world.store.state.tasks.size).toBe(1);
    expect(world.link(id).salesforceId).toBe(born?.Id);
  });

  it('R8 as many equal births as records are told apart one to one', async () => {
    const world = keyless();
    loses(world, 'reply_lost');
    const ids = [1, 2, 3].map(() => world.addTask());
    await world.run();
    await world.settle(2);
    const bound = ids.map((id) => world.link(id).salesforceId);
    expect(new Set(bound).size).toBe(3);
    expect(world.salesforce.live()).toHaveLength(3);
  });

  it('R8 with a record too many a person is asked, and nothing is sent or imported', async () => {
    const world = keyless();
    loses(world, 'reply_lost');
    const id = world.addTask();
    await world.run();
    const stranger = world.salesforce.create(TWIN);
    world.clock.advance(LANDING_WINDOW_MS);
    await world.settle(2);
    expect(world.link(id).parked?.code).toBe('OUTCOME_UNKNOWN');
    expect(world.store.state.tasks.size).toBe(1);
    expect(creates(world)).toBe(1);
    // An edit is no answer to the question.
    world.store.editTask(id, { details: 'more' });
    await world.settle(2);
    expect(creates(world)).toBe(1);
    // The stranger turns out to be another task: the remaining one is ours.
    world.salesforce.edit(stranger.Id, { Subject: 'Another' });
    world.clock.advance(60 * 60_000);
    await world.settle(3);
    expect(world.link(id).parked).toBeNull();
    expect(world.record(id).Description).toBe('more');
    expect(world.store.state.tasks.size).toBe(2);
  });

  it('R8 a birth that somebody changed at once is asked about, not sent again', async () => {
    const world = keyless();
    loses(world, 'reply_lost');
    const id = world.addTask();
    await world.run();
    const [born] = world.salesforce.live();
    world.salesforce.edit(born?.Id ?? '', { Description: 'Ring first' });
    world.clock.advance(LANDING_WINDOW_MS);
    await world.settle(2);
    expect(world.link(id).parked?.code).toBe('OUTCOME_UNKNOWN');
    expect(creates(world)).toBe(1);
    expect(world.store.state.tasks.size).toBe(1);
  });

  it('R8 I3 a birth whose Subject somebody changed at once is asked about too', async () => {
    const world = keyless();
    loses(world, 'reply_lost');
    const id = world.addTask({ details: 'Ring first' });
    await world.run();
    const [born] = world.salesforce.live();
    world.salesforce.edit(born?.Id ?? '', { Subject: 'Another' });
    await world.settle(3);
    expect(world.store.state.tasks.size).toBe(1);
    world.clock.advance(LANDING_WINDOW_MS);
    await world.settle(2);
    expect(world.link(id).parked?.code).toBe('OUTCOME_UNKNOWN');
    expect(creates(world)).toBe(1);
    expect(world.store.state.tasks.size).toBe(1);
  });

  it('R8 a record of somebody else, or without anything in common, is no birth', async () => {
    const world = keyless();
    loses(world, 'request_lost');
    const id = world.addTask();
    await world.run();
    const other = world.salesforce.create({ Subject: 'Lunch', OwnerId: '005000000000009AAA' });
    world.salesforce.edit(other.Id, { Priority: 'High' });
    const mine = world.salesforce.create({ Subject: 'Dinner', ActivityDate: '2026-12-01' });
    world.salesforce.edit(mine.Id, { Priority: 'High' });
    await world.settle(2);
    expect(world.store.state.tasks.size).toBe(2);
    world.clock.advance(LANDING_WINDOW_MS);
    await world.settle(2);
    expect(creates(world)).toBe(2);
    expect(world.link(id)).toMatchObject({ parked: null, salesforceId: expect.any(String) });
  });

  it('R8 L1 what was held back as a birth comes in as soon as the birth is found', async () => {
    const world = keyless();
    loses(world, 'request_lost');
    const id = world.addTask();
    await world.run();
    const stranger = world.salesforce.create({ ...TWIN, Description: 'By hand' });
    await world.settle(2);
    expect(world.store.state.tasks.size).toBe(1);
    world.salesforce.create(TWIN); // it lands now
    world.salesforce.mishap = (method) =>
      method === 'changedSince' ? { kind: 'fault', code: 'QUERY_TIMEOUT' } : null;
    await world.run(false);
    const bound = [...world.store.state.links.values()].map(({ link }) => link.salesforceId);
    expect(bound).toContain(stranger.Id);
    expect(world.link(id).salesforceId).not.toBe(stranger.Id);
    expect(world.store.state.tasks.size).toBe(2);
  });

  it('R8 I3 a birth that a restored backup has forgotten is found by what the task holds', async () => {
    const world = keyless();
    const { ids, restore } = await backup(world, 2);
    await world.run();
    world.clock.advance(DAY_MS);
    await world.run();
    restore();
    await world.settle(2);
    expect(ids.map((id) => world.record(id).Subject)).toEqual(['Call', 'Write']);
    expect(world.salesforce.live()).toHaveLength(2);
    expect(world.store.state.tasks.size).toBe(2);
  });

  it('R8 I3 of a birth that a backup has forgotten, and somebody has edited since, a person is asked', async () => {
    const world = keyless();
    const { ids, restore } = await backup(world, 1);
    await world.run();
    world.store.editTask(ids[0] ?? '', { details: 'Ring first' });
    await world.settle(2);
    world.clock.advance(DAY_MS);
    restore();
    await world.settle(2);
    expect(world.store.state.tasks.size).toBe(1);
    world.clock.advance(LANDING_WINDOW_MS);
    await world.settle(2);
    expect(world.link(ids[0] ?? '').parked?.code).toBe('OUTCOME_UNKNOWN');
    expect(creates(world)).toBe(1);
    expect(world.store.state.tasks.size).toBe(1);
  });

  it('R8 what a backup has forgotten and was never born is sent when nothing can land any more', async () => {
    const world = keyless();
    const { ids, restore } = await backup(world, 1);
    await world.run();
    world.salesforce.records.delete(world.record(ids[0] ?? '').Id);
    restore();
    await world.settle(2);
    expect(creates(world)).toBe(1);
    world.clock.advance(LANDING_WINDOW_MS);
    await world.settle(2);
    expect(creates(world)).toBe(2);
    expect(world.record(ids[0] ?? '').Subject).toBe('Call');
  });

  it('R8 I4 the deleted record of an earlier life is not taken for the birth of the next', async () => {
    const world = keyless();
    const id = world.addTask();
    await world.run();
    const former = world.record(id);
    world.salesforce.remove(former.Id);
    const again = reborn(world.link(id), world.id());
    world.store.state.links.set(again.id, { link: again, dirty: true });
    loses(world, 'request_lost');
    world.clock.advance(5_000);
    await world.run(false);
    await world.settle(2);
    expect(world.link(id)).toMatchObject({ salesforceId: null, intents: [{ kind: 'create' }] });
    expect(world.task(id).trashed).toBeNull();
    world.clock.advance(LANDING_WINDOW_MS);
    await world.settle(2);
    expect(creates(world)).toBe(3);
    expect(world.record(id)).toMatchObject({ IsDeleted: false });
    expect(world.store.state.tasks.size).toBe(1);
  });

  it('R8 I3 two lives of one second are told apart: the record of the second comes in once', async () => {
    const world = keyless();
    const id = world.addTask();
    await world.run();
    world.salesforce.remove(world.record(id).Id);
    const again = reborn(world.link(id), world.id());
    world.store.state.links.set(again.id, { link: again, dirty: true });
    loses(world, 'reply_lost');
    await world.run(false);
    world.clock.advance(60_000);
    await world.settle(2);
    const [born, ...more] = world.salesforce.live();
    expect(more).toEqual([]);
    expect(world.link(id)).toMatchObject({ salesforceId: born?.Id, intents: [] });
    expect(world.store.state.tasks.size).toBe(1);
  });

  it('R8 where too much was changed since to read it all a person is asked', async () => {
    const world = keyless();
    loses(world, 'request_lost');
    const id = world.addTask();
    await world.run();
    world.clock.advance(LANDING_WINDOW_MS);
    const read = world.salesforce.changedSince.bind(world.salesforce);
    world.salesforce.changedSince = async (since) => {
      const reply = await read(since, null);
      return reply.kind === 'ok' ? { ...reply, value: { ...reply.value, next: 'more' } } : reply;
    };
    await world.run(false);
    expect(world.link(id).parked?.code).toBe('OUTCOME_UNKNOWN');
    expect(creates(world)).toBe(1);
  });

  it('R8 B11.3 "Retry" of a birth in doubt sends it again, once', async () => {
    const world = keyless();
    loses(world, 'reply_lost');
    const id = world.addTask();
    await world.run();
    world.salesforce.create(TWIN);
    world.clock.advance(LANDING_WINDOW_MS);
    await world.settle(2);
    world.store.retryTask(id);
    await world.settle(3);
    expect(creates(world)).toBe(2);
    expect(world.link(id)).toMatchObject({ parked: null, salesforceId: expect.any(String) });
  });

  it('R8 I4 a task thrown away meanwhile is adopted and then deleted', async () => {
    const world = keyless();
    loses(world, 'reply_lost');
    const id = world.addTask();
    await world.run(false);
    world.store.trashTask(id);
    await world.settle(3);
    expect(world.salesforce.live()).toHaveLength(0);
    expect(world.link(id).state).toBe('dead');
  });

  it('R8 I4 a birth that was deleted in Salesforce at once does not come again', async () => {
    const world = keyless();
    loses(world, 'reply_lost');
    const id = world.addTask();
    await world.run();
    world.salesforce.remove(world.salesforce.live()[0]?.Id ?? '');
    await world.settle(3);
    expect(creates(world)).toBe(1);
    expect(world.task(id).trashed).toBe('by_sync');
  });

  it('R8 long Subjects are searched in as many calls as the address has room for', async () => {
    const world = keyless();
    loses(world, 'reply_lost');
    for (let n = 0; n < 40; n += 1) world.addTask({ name: `${n} ${'联'.repeat(200)}` });
    await world.run();
    world.salesforce.calls.length = 0;
    await world.settle(1);
    const searches = world.salesforce.calls.filter((method) => method === 'findBySubject').length;
    expect(searches).toBeGreaterThan(5);
    expect(world.salesforce.live()).toHaveLength(40);
    expect(world.store.state.tasks.size).toBe(40);
  });
});
