import { describe, expect, it } from 'vitest';
import { ask, calls, change, hide, imported, result, synced } from './testing/comparison.ts';

const DAY_MS = 24 * 60 * 60_000;

describe('a full comparison', () => {
  it('R13 10,000 links that agree are compared in five calls', async () => {
    const { world } = await synced(10_000);
    ask(world);
    await world.run(false);
    expect(world.salesforce.calls).toEqual(Array.from({ length: 5 }, () => 'stampsAfter'));
    expect(result(world)).toMatchObject({
      state: 'done',
      compared: 10_000,
      agreed: 10_000,
      missing: 0,
      finishedAt: world.clock.now(),
    });
  }, 30_000);

  it('R13 H3 what polls never showed is found, read by the 200 and merged', async () => {
    const { world, ids } = await synced(450);
    world.clock.advance(60 * 60_000);
    await world.run();
    for (const id of ids.slice(0, 250)) {
      // A stamp that a poll has passed already: the change was committed long after it was made.
      const record = world.record(id);
      const SystemModstamp = '2026-11-24T12:00:20.000Z';
      world.salesforce.records.set(record.Id, { ...record, Description: 'Late', SystemModstamp });
    }
    await world.run();
    expect(ids.every((id) => world.task(id).values.details === '')).toBe(true);
    world.salesforce.calls.length = 0;
    ask(world);
    await world.run(false);
    expect(world.salesforce.calls).toEqual(['stampsAfter', 'readTasks', 'readTasks']);
    expect(result(world)).toMatchObject({ compared: 450, agreed: 200, missing: 0 });
    expect(ids.filter((id) => world.task(id).values.details === 'Late')).toHaveLength(250);
    ask(world);
    await world.run(false);
    expect(result(world)).toMatchObject({ compared: 450, agreed: 450 });
  });

  it('R13 B6.4 an unlinked record comes in when it is newer than the window, and costs no read when older', async () => {
    const { world } = await synced(3);
    world.clock.advance(60 * 60_000);
    await world.run();
    const missed = world.salesforce.create({ Subject: 'Missed' });
    const old = world.salesforce.create({ Subject: 'Old' });
    const stamp = '2026-10-01T00:00:00.000Z';
    for (const { Id } of [missed, old]) {
      const record = world.salesforce.records.get(Id) ?? missed;
      const at = Id === old.Id ? stamp : '2026-11-24T12:00:00.000Z';
      const moved = { SystemModstamp: at, LastModifiedDate: at };
      world.salesforce.records.set(Id, { ...record, ...moved });
    }
    await world.run();
    expect(world.store.state.tasks.size).toBe(3);
    world.salesforce.calls.length = 0;
    ask(world);
    await world.run(false);
    const names = [...world.store.state.tasks.values()].map(({ values }) => values.name);
    expect(names).toContain('Missed');
    expect(names).not.toContain('Old');
    expect(world.salesforce.calls).toEqual(['stampsAfter', 'readTasks']);
    world.salesforce.calls.length = 0;
    ask(world);
    await world.run(false);
    expect(world.salesforce.calls).toEqual(['stampsAfter']);
  });

  it('R13 a lost reply costs the page and not the comparison: it goes on from the cursor', async () => {
    const { world } = await synced(5_000);
    ask(world);
    world.salesforce.mishap = (method) =>
      method === 'stampsAfter' && calls(world, 'stampsAfter') === 2 ? { kind: 'reply_lost' } : null;
    await world.run(false);
    expect(result(world)).toMatchObject({ state: 'running', compared: 2_000 });
    world.salesforce.mishap = () => null;
    await world.run(false);
    expect(result(world)).toMatchObject({ state: 'done', compared: 5_000, agreed: 5_000 });
    expect(calls(world, 'stampsAfter')).toBe(4);
  });

  it('R13 I9 a page whose worker lost its lease counts for nothing', async () => {
    const { world } = await synced(5);
    ask(world);
    world.salesforce.meanwhile = () => world.store.loseLease();
    expect((await world.run(false)).kind).toBe('busy');
    expect(result(world)).toMatchObject({ state: 'running', compared: 0, cursor: null });
  });

  it('R13 asked for again while it runs, it begins again', async () => {
    const { world } = await synced(5);
    ask(world);
    let again = 1;
    world.salesforce.meanwhile = () => {
      if (again-- > 0) ask(world);
    };
    await world.run(false);
    expect(result(world)).toMatchObject({ state: 'done', compared: 5, agreed: 5 });
    expect(calls(world, 'stampsAfter')).toBe(2);
  });

  it('R13 the daily one takes a page a turn, and edits go out meanwhile', async () => {
    const { world, ids } = await synced(5_000);
    const [id = ''] = ids;
    world.clock.advance(DAY_MS - 60_000);
    await world.run(); // the feed was read lately: no gap
    expect(result(world)).toBeNull();
    world.clock.advance(120_000);
    world.store.editTask(id, { details: 'Mine' });
    await world.run(false);
    expect(result(world)).toMatchObject({ state: 'running', why: 'daily', compared: 2_000 });
    expect(world.record(id).Description).toBe('Mine');
    await world.run(false);
    await world.run(false);
    expect(result(world)).toMatchObject({ state: 'done', compared: 5_000, agreed: 5_000 });
    expect(calls(world, 'stampsAfter')).toBe(3);
  });

  it('H3 a task that waits for a person does not agree', async () => {
    const { world, ids } = await synced(4);
    const [id = ''] = ids;
    world.salesforce.rule = () => 'FIELD_CUSTOM_VALIDATION_EXCEPTION';
    world.store.editTask(id, { details: 'Refused' });
    await world.run(false);
    ask(world);
    await world.run(false);
    expect(result(world)).toMatchObject({ compared: 4, agreed: 3 });
  });

  it('R13 L1 work whose mark was lost is found and done', async () => {
    const { world, ids } = await synced(3);
    const [id = ''] = ids;
    world.store.editTask(id, { details: 'Mine' });
    for (const [key, { link }] of world.store.state.links) {
      world.store.state.links.set(key, { link, dirty: false });
    }
    await world.settle(1);
    expect(world.record(id).Description).toBeNull();
    ask(world);
    await world.run(false);
    expect(world.record(id).Description).toBe('Mine');
  });

  it('R13 B6.3 waits until the import is through', async () => {
    const { world } = await synced(3);
    change(world, { import: { ...imported, state: 'running' } });
    world.salesforce.mishap = (method) =>
      method === 'importPage' ? { kind: 'fault', code: 'SERVER_UNAVAILABLE' } : null;
    ask(world, 'switched_on');
    await world.run();
    expect(calls(world, 'stampsAfter')).toBe(0);
    world.salesforce.mishap = () => null;
    await world.run();
    expect(result(world)).toMatchObject({ state: 'done', compared: 3, agreed: 3 });
  });
});

describe('after a time without the feed', () => {
  it('B7.2 L4 off for a month: edits merge, known deletions follow, what is purged is kept and marked', async () => {
    const { world, ids } = await synced(30);
    const [edited = '', deleted = '', purged = '', mine = ''] = ids;
    change(world, { status: 'off' });
    const record = world.record(edited).Id;
    world.clock.advance(20 * DAY_MS);
    hide(world, purged);
    world.clock.advance(9 * DAY_MS);
    world.salesforce.edit(record, { Description: 'Theirs' });
    world.salesforce.remove(world.record(deleted).Id);
    world.store.editTask(mine, { details: 'Mine' });
    world.clock.advance(DAY_MS);

    change(world, { status: 'on', import: { ...imported, state: 'running', startedAt: null } });
    await world.settle(2);
    expect(result(world)).toMatchObject({ state: 'done', why: 'gap', missing: 1 });
    expect(world.task(edited).values.details).toBe('Theirs');
    expect(world.record(mine).Description).toBe('Mine');
    expect(world.task(deleted).trashed).toBe('by_sync');
    expect(world.link(purged).state).toBe('gone');
    expect(world.task(purged).trashed).toBeNull();
    expect(calls(world, 'deleteTasks') + calls(world, 'createTasks')).toBe(0);
  });

  it.each(['gap', 'switched_on', 'restored'] as const)(
    'R13 nothing is sent before a comparison for %s is through',
    async (why) => {
      const { world, ids } = await synced(3);
      world.store.editTask(ids[0] ?? '', { details: 'Mine' });
      ask(world, why);
      world.salesforce.mishap = (method) =>
        method === 'stampsAfter' ? { kind: 'request_lost' } : null;
      await world.run(false);
      expect(calls(world, 'updateTasks')).toBe(0);
      world.salesforce.mishap = () => null;
      await world.run(false);
      expect(world.salesforce.calls.slice(-2)).toEqual(['stampsAfter', 'updateTasks']);
    },
  );
});
