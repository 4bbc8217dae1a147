import { describe, expect, it } from 'vitest';
import { World } from './testing/world.ts';

const untrash = (world: World, id: string) => {
  // what restoreTasks does to a task whose link still lives: out of Trash, link dirty, no new link
  const row = world.task(id);
  world.store.state.tasks.set(id, { ...row, trashed: null, revision: row.revision + 1 });
  for (const [key, { link }] of world.store.state.links)
    if (link.taskId === id && link.state !== 'dead')
      world.store.state.links.set(key, { link, dirty: true });
};

function noKeys(world: World) {
  world.salesforce.mishap = (m) =>
    m === 'findByCreationKey' ? { kind: 'fault', code: 'NO_CREATION_KEY' } : null;
  const create = world.salesforce.createTasks.bind(world.salesforce);
  world.salesforce.createTasks = async (rows) => {
    // no unique field: every insert is a new record, and none carries a key
    const reply = await create(rows.map((row) => ({ ...row, creationKey: `none-${world.id()}` })));
    for (const [id, record] of world.salesforce.records)
      world.salesforce.records.set(id, { ...record, CreationKey: null });
    return reply;
  };
}

describe('races and rare turns', () => {
  it('B1.2 a deletion taken back while it is under way gives the task a new life in Salesforce', async () => {
    const world = new World();
    const id = world.addTask();
    await world.settle(2);
    world.store.trashTask(id);
    let done = false;
    world.salesforce.meanwhile = () => {
      if (done || world.salesforce.calls.at(-1) !== 'deleteTasks') return;
      done = true;
      untrash(world, id);
    };
    await world.run(false);
    await world.settle(4);
    // either the record is there again (new link), or the task is in Trash
    const dead = world.link(id).state === 'dead' && world.store.state.links.size === 1;
    expect({ trashed: world.task(id).trashed, onlyADeadLink: dead }).not.toEqual({
      trashed: null,
      onlyADeadLink: true,
    });
  });

  it('R9 a change of an unmapped field costs one more look, not a loop', async () => {
    const world = new World();
    const id = world.addTask();
    await world.settle(2);
    world.clock.advance(5_000);
    world.salesforce.edit(world.record(id).Id, {}); // somebody sets a reminder
    world.clock.advance(5_000);
    await world.run(); // the poll sees it
    world.store.editTask(id, { details: 'Mine' });
    world.salesforce.calls.length = 0;
    await world.run(false);
    expect(world.salesforce.calls.length).toBeLessThan(5);
    expect(world.record(id).Description).toBe('Mine');
  });

  it('B7.2 L3 an edit of a record that is out of sight ends as "no longer in Salesforce"', async () => {
    const world = new World();
    const id = world.addTask();
    await world.settle(2);
    world.salesforce.records.delete(world.link(id).salesforceId ?? '');
    world.store.editTask(id, { details: 'Mine' });
    world.salesforce.calls.length = 0;
    await world.run(false);
    const first = world.salesforce.calls.length;
    await world.settle(3);
    expect(first).toBeLessThan(5);
    expect(world.link(id).state).toBe('gone');
  });

  it('R9 I2 a change that came after the last poll is not overwritten without a trace, also on a quiet record', async () => {
    const world = new World();
    const id = world.addTask();
    await world.settle(2);
    world.clock.advance(30 * 60_000);
    await world.run();
    world.clock.advance(3_000);
    world.salesforce.edit(world.record(id).Id, { Description: 'Theirs' });
    world.clock.advance(3_000);
    world.store.editTask(id, { details: 'Mine' });
    await world.run(false);
    await world.settle(3);
    const kept =
      world.record(id).Description === 'Theirs' ||
      world.store.state.journal.some((e) => e.lost === 'Theirs');
    expect(kept).toBe(true);
  });

  it('B11.2 a refusal ends when the edit is taken back', async () => {
    const world = new World();
    const id = world.addTask();
    await world.settle(2);
    world.salesforce.rule = (body) =>
      body.Description === 'bad' ? 'FIELD_CUSTOM_VALIDATION_EXCEPTION' : null;
    world.store.editTask(id, { details: 'bad' });
    await world.run();
    expect(world.link(id).parked).not.toBeNull();
    world.store.editTask(id, { details: '' });
    await world.settle(3);
    expect(world.link(id).parked).toBeNull();
  });

  it('B11.2 an intermittent refusal ends when nothing is left to send', async () => {
    const world = new World();
    const id = world.addTask();
    await world.settle(2);
    world.salesforce.rule = (body) => (body.Description === 'x' ? 'UNABLE_TO_LOCK_ROW' : null);
    world.store.editTask(id, { details: 'x' });
    await world.run();
    world.salesforce.rule = () => null;
    world.clock.advance(2_000);
    world.salesforce.edit(world.record(id).Id, { Description: 'x' }); // agrees now
    await world.settle(4);
    expect(world.record(id).Description).toBe('x');
    expect(world.link(id).parked).toBeNull();
  });

  it('R8 without a key field a create in doubt is not sent again by an edit', async () => {
    const world = new World();
    const id = world.addTask();
    noKeys(world);
    let left = 1;
    const base = world.salesforce.mishap;
    world.salesforce.mishap = (m) =>
      m === 'createTasks' && left-- > 0 ? { kind: 'reply_lost' } : base(m);
    await world.run(false);
    world.clock.advance(3_000);
    await world.run(false);
    world.store.editTask(id, { details: 'a plain edit' });
    await world.run(false);
    expect(world.salesforce.live()).toHaveLength(1);
    expect(world.record(id).Description).toBe('a plain edit');
  });

  it('R8 an edit made while 201 births are in doubt survives their adoption', async () => {
    const world = new World();
    const ids = Array.from({ length: 401 }, (_, n) =>
      world.addTask({ name: `T${n}`, details: 'first' }),
    );
    world.salesforce.mishap = (m) => (m === 'createTasks' ? { kind: 'reply_lost' } : null);
    await world.run(false);
    world.salesforce.mishap = () => null;
    expect(world.salesforce.live()).toHaveLength(401);
    world.clock.advance(2_000);
    const last = ids.at(-1) ?? '';
    world.store.editTask(last, { details: 'second' });
    await world.run(false);
    await world.settle(6);
    expect(world.task(last).values.details).toBe('second');
    expect(world.record(last).Description).toBe('second');
  });

  it('R8 an edit made while a birth is late survives its adoption', async () => {
    const world = new World();
    const id = world.addTask({ details: 'first' });
    world.salesforce.mishap = (m) => (m === 'createTasks' ? { kind: 'request_lost' } : null);
    await world.run(false);
    const key = world.link(id).creationKey;
    world.clock.advance(2_500);
    world.store.editTask(id, { details: 'second' });
    world.salesforce.mishap = (m) => {
      if (m !== 'createTasks' || world.salesforce.records.size > 0) return null;
      // the first request lands now, 2.5 s late
      world.salesforce.create({
        Subject: 'Send the offer',
        ActivityDate: '2026-11-30',
        Description: 'first',
        CreationKey: key,
      });
      return null;
    };
    await world.run(false);
    await world.settle(4);
    expect(world.task(id).values.details).toBe('second');
    expect(world.record(id).Description).toBe('second');
  });

  it('B8.2 an undelete brings an emptied text back as empty', async () => {
    const world = new World();
    const id = world.addTask({ details: 'abc' });
    await world.settle(2);
    const rec = world.record(id).Id;
    world.salesforce.edit(rec, { Description: null });
    world.salesforce.remove(rec);
    await world.settle(1);
    expect(world.task(id).trashed).toBe('by_sync');
    world.clock.advance(2_000);
    world.salesforce.undelete(rec);
    await world.settle(3);
    expect(world.task(id).trashed).toBeNull();
    expect(world.record(id).Description ?? '').toBe(world.task(id).values.details);
  });

  it('I11 L3 one poisoned row is found and parked, its neighbours go through', async () => {
    const world = new World();
    world.addTask({ name: 'poison' });
    for (let n = 0; n < 5; n += 1) world.addTask({ name: `good ${n}` });
    const real = world.salesforce.createTasks.bind(world.salesforce);
    world.salesforce.createTasks = (rows) =>
      rows.some((r) => r.body.Subject === 'poison')
        ? Promise.resolve({
            kind: 'fault',
            fault: { code: 'JSON_PARSER_ERROR', message: 'x', fields: [], httpStatus: 400 },
          })
        : real(rows);
    await world.settle(8);
    expect(world.salesforce.live()).toHaveLength(5);
  });

  it('B6.2 on again the poll leaves out what the preview left out', async () => {
    const progress = {
      state: 'running',
      startedAt: null,
      found: null,
      imported: 0,
      linked: 0,
      skipped: 0,
      cursor: null,
    } as const;
    const world = new World({
      watermark: '2026-11-10T12:00:00.000Z',
      import: { ...progress, windowStart: '2026-11-23T12:00:00.000Z' },
    });
    const t = '2026-11-15T12:00:00.000Z';
    world.salesforce.create({
      Subject: 'nine days old',
      LastModifiedDate: t,
      CreatedDate: t,
      SystemModstamp: t,
    });
    await world.run();
    expect(world.store.state.tasks.size).toBe(0);
  });

  it('B6.4 with "all open" the first poll does not bring in what was closed before', async () => {
    const progress = {
      state: 'running',
      startedAt: null,
      found: null,
      imported: 0,
      linked: 0,
      skipped: 0,
      cursor: null,
    } as const;
    const world = new World({ watermark: null, import: { ...progress, windowStart: null } });
    world.salesforce.create({ Subject: 'closed just now', Status: 'Completed', IsClosed: true });
    world.clock.advance(60_000);
    await world.run();
    await world.settle(2);
    expect(world.store.state.tasks.size).toBe(0);
  });

  it('I2 an unsent edit that gives way to an undelete is on record', async () => {
    const world = new World();
    const id = world.addTask({ details: 'old' });
    await world.settle(2);
    world.store.editTask(id, { details: 'new' });
    world.store.trashTask(id);
    await world.settle(2);
    world.salesforce.undelete(world.record(id).Id);
    await world.settle(3);
    expect(world.task(id).trashed).toBeNull();
    const recorded = world.store.state.journal.some((e) =>
      JSON.stringify(e.lost ?? '').includes('new'),
    );
    expect(world.task(id).values.details === 'new' || recorded).toBe(true);
  });

  it('R8 I4 a task thrown away while its birth was in doubt does not come back', async () => {
    const world = new World();
    const id = world.addTask();
    const key = world.link(id).creationKey;
    world.salesforce.mishap = (m) => {
      if (m !== 'createTasks') return null;
      if (world.salesforce.records.size === 0)
        world.salesforce.create({
          Subject: 'Send the offer',
          ActivityDate: '2026-11-30',
          CreationKey: key,
        });
      return { kind: 'fault', code: 'UNKNOWN_EXCEPTION' };
    };
    await world.run(false);
    world.salesforce.mishap = () => null;
    world.store.trashTask(id);
    await world.run(false);
    await world.settle(3);
    expect(world.task(id).trashed).not.toBeNull();
  });

  it('B1.2 a deletion taken back after its reply was lost gives the task a new life too', async () => {
    const world = new World();
    const id = world.addTask();
    await world.settle(2);
    world.store.trashTask(id);
    world.salesforce.mishap = (m) => (m === 'deleteTasks' ? { kind: 'reply_lost' } : null);
    await world.run(false);
    world.salesforce.mishap = () => null;
    untrash(world, id);
    await world.settle(3);
    expect(world.task(id).trashed).toBeNull();
  });

  it('B8.1 an edit right after a create goes out, whoever owns the record', async () => {
    const world = new World();
    const id = world.addTask();
    world.store.editTask(id, { owner: 'user-lin' });
    await world.run(false);
    world.store.editTask(id, { details: 'soon after' });
    await world.run(false);
    expect(world.link(id).state).toBe('live');
  });

  it('B11.4 a refused deletion stands in the history once', async () => {
    const world = new World();
    const id = world.addTask();
    await world.settle(2);
    world.salesforce.deleteTasks = async (ids) => ({
      kind: 'ok',
      serverTime: world.clock.now(),
      usage: null,
      value: ids.map(() => ({
        kind: 'refused' as const,
        duplicateOf: null,
        fault: { code: 'UNABLE_TO_LOCK_ROW', message: 'x', fields: [], httpStatus: 400 },
      })),
    });
    world.store.trashTask(id);
    for (let turn = 0; turn < 8; turn += 1) {
      world.clock.advance(120_000);
      await world.run();
    }
    expect(world.store.state.journal.filter((e) => e.kind === 'deleted').length).toBe(1);
  });

  it('B8.3 a task given to somebody else is not deleted from here', async () => {
    const world = new World();
    const id = world.addTask();
    await world.settle(2);
    world.salesforce.edit(world.record(id).Id, { OwnerId: '005000000000009AAA' });
    await world.settle(2);
    expect(world.link(id).state).toBe('left');
    world.store.trashTask(id);
    await world.settle(1);
    expect(world.record(id).IsDeleted).toBe(false);
  });
});
