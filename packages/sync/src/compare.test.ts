import type { SalesforceTask } from '@tandem/engine';
import { describe, expect, it } from 'vitest';
import type { Brake, Comparison, ImportProgress, SyncConnection } from './ports.ts';
import { MARA_SF, World } from './testing/world.ts';

const DAY_MS = 24 * 60 * 60_000;
const imported: ImportProgress = {
  state: 'done',
  windowStart: '2026-11-01T00:00:00.000Z',
  startedAt: '2026-11-24T12:00:00.000Z',
  found: 0,
  imported: 0,
  linked: 0,
  skipped: 0,
  cursor: null,
};

const wanted: Comparison = {
  state: 'wanted',
  why: 'asked',
  startedAt: null,
  finishedAt: null,
  cursor: null,
  compared: 0,
  agreed: 0,
  missing: 0,
};

/** So many tasks, known on both sides. */
async function synced(count: number): Promise<{ world: World; ids: string[] }> {
  const world = new World({ import: imported });
  for (let n = 0; n < count; n += 1) world.salesforce.create({ Subject: `Task ${n}` });
  await world.settle(2);
  world.salesforce.calls.length = 0;
  return { world, ids: [...world.store.state.tasks.keys()] };
}

function change(world: World, next: Partial<SyncConnection>): void {
  world.store.state.connection = { ...world.store.state.connection, ...next };
}

const ask = (world: World, why: Comparison['why'] = 'asked') =>
  change(world, { comparison: { ...wanted, why } });

const result = (world: World) => world.store.state.connection.comparison;

/** No event, no poll: something that only a comparison can find. */
function hide(world: World, taskId: string): SalesforceTask {
  const record = world.record(taskId);
  world.salesforce.records.delete(record.Id);
  return record;
}

const calls = (world: World, name: string) =>
  world.salesforce.calls.filter((call) => call === name).length;

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

describe('a record that is not shown', () => {
  it('B7.2 M4 is kept and marked, and comes back when access returns', async () => {
    const { world, ids } = await synced(4);
    const [id = ''] = ids;
    const hidden = hide(world, id);
    ask(world);
    await world.run(false);
    expect(result(world)).toMatchObject({ compared: 4, agreed: 3, missing: 1, held: [] });
    expect(world.link(id).state).toBe('gone');
    expect(world.task(id).trashed).toBeNull();
    expect(world.store.state.journal.filter((entry) => entry.kind === 'gone')).toHaveLength(1);
    // Said once, and counted no more.
    ask(world);
    await world.run(false);
    expect(result(world)).toMatchObject({ compared: 3, agreed: 3, missing: 0 });

    world.salesforce.records.set(hidden.Id, { ...hidden, Description: 'Meanwhile' });
    ask(world);
    await world.run(false);
    expect(world.link(id).state).toBe('live');
    expect(world.task(id).values.details).toBe('Meanwhile');
    expect(calls(world, 'deleteTasks')).toBe(0);
  });

  it('B8.3 a record given away is no missing one, and comes back when it is given back', async () => {
    const { world, ids } = await synced(3);
    const [id = ''] = ids;
    world.salesforce.edit(world.record(id).Id, { OwnerId: '005000000000009AAA' });
    ask(world);
    await world.run(false);
    expect(result(world)).toMatchObject({ compared: 3, agreed: 2, missing: 0 });
    expect(world.link(id).state).toBe('left');
    world.clock.advance(2_000);
    world.salesforce.edit(world.record(id).Id, { OwnerId: MARA_SF });
    ask(world);
    await world.run(false);
    expect(world.link(id).state).toBe('live');
    expect(world.task(id).trashed).toBeNull();
  });

  it('B7.2 B8.3 one that was given back and then taken out of sight, before its plan was carried out, is marked', async () => {
    const { world, ids } = await synced(3);
    const [id = ''] = ids;
    const { Id } = world.record(id);
    world.salesforce.edit(Id, { OwnerId: '005000000000009AAA' });
    await world.run();
    expect(world.link(id).state).toBe('left');

    // Seen to be given back, by a turn that was killed before it planned.
    const { link } = world.store.state.links.get(world.link(id).id) ?? {};
    if (link?.sf.kind !== 'seen') throw new Error('the record has not been seen');
    const task = { ...link.sf.task, OwnerId: MARA_SF };
    world.store.state.links.set(link.id, {
      link: { ...link, sf: { ...link.sf, task } },
      dirty: true,
    });
    world.salesforce.edit(Id, { OwnerId: MARA_SF });
    hide(world, id);
    ask(world, 'restored');
    await world.run(false);

    expect(result(world)).toMatchObject({ state: 'done', missing: 1 });
    expect(world.link(id).state).toBe('gone');
    expect(world.task(id).trashed).toBeNull();
  });

  it('B7.2 B8.2 one that was undeleted and then purged, before its plan was carried out, brings no task back', async () => {
    const { world, ids } = await synced(3);
    const [id = ''] = ids;
    const { Id } = world.record(id);
    const { link } = world.store.state.links.get(world.link(id).id) ?? {};
    if (link?.sf.kind !== 'seen') throw new Error('the record has not been seen');
    const { task } = link.sf;
    world.salesforce.edit(Id, { IsDeleted: true });
    await world.run();
    expect(world.link(id).state).toBe('dead');

    // Seen to be undeleted, by a turn that was killed before it planned.
    const dead = world.link(id);
    world.store.state.links.set(dead.id, {
      link: { ...dead, sf: { kind: 'seen', task, seenAt: link.sf.seenAt } },
      dirty: true,
    });
    hide(world, id);
    ask(world, 'restored');
    await world.run(false);

    expect(result(world)).toMatchObject({ state: 'done', missing: 1 });
    expect(world.link(id).state).toBe('dead');
    expect(world.task(id).trashed).not.toBeNull();
  });

  it('I10 when too many are not shown nothing is marked and people are asked', async () => {
    const { world, ids } = await synced(50);
    for (const id of ids.slice(0, 11)) hide(world, id);
    ask(world);
    await world.run(false);
    expect(result(world)).toMatchObject({ state: 'done', compared: 50, agreed: 39, missing: 11 });
    expect(world.store.state.connection.brake).toEqual({
      kind: 'empty_feed',
      since: world.clock.now(),
      toTrash: 0,
      toDelete: 0,
      missing: 11,
      links: 50,
      allowed: null,
    });
    expect(ids.filter((id) => world.link(id).state === 'live')).toHaveLength(50);
  });

  it('I10 an empty answer takes nothing away, however many pages of links there are', async () => {
    const { world, ids } = await synced(5_000);
    world.salesforce.records.clear();
    ask(world);
    await world.run(false);
    expect(result(world)).toMatchObject({ state: 'done', compared: 5_000, agreed: 0 });
    expect(world.store.state.connection.brake).toMatchObject({ missing: 5_000, links: 5_000 });
    expect(ids.every((id) => world.link(id).state === 'live')).toBe(true);
    expect(ids.every((id) => world.task(id).trashed === null)).toBe(true);
  });

  it('I10 "go on" covers the number that was asked about and no more', async () => {
    const { world, ids } = await synced(50);
    for (const id of ids.slice(0, 20)) hide(world, id);
    ask(world);
    await world.run(false);
    const brake = world.store.state.connection.brake as Brake;
    hide(world, ids[20] ?? '');
    change(world, { brake: { ...brake, allowed: brake.missing } });
    await world.run(false);
    expect(world.store.state.connection.brake).toMatchObject({ missing: 21, allowed: null });
    expect(ids.filter((id) => world.link(id).state === 'gone')).toHaveLength(0);

    change(world, { brake: { ...brake, allowed: 21 } });
    await world.run(false);
    expect(world.store.state.connection.brake).toBeNull();
    expect(ids.filter((id) => world.link(id).state === 'gone')).toHaveLength(21);
    expect(world.store.state.tasks.size).toBe(50);
  });

  it('I10 the question ends by itself when the records are shown again', async () => {
    const { world, ids } = await synced(20);
    const hidden = ids.map((id) => hide(world, id));
    ask(world);
    await world.run(false);
    expect(world.store.state.connection.brake?.kind).toBe('empty_feed');
    for (const record of hidden) world.salesforce.records.set(record.Id, record);
    ask(world);
    await world.run(false);
    expect(world.store.state.connection.brake).toBeNull();
    expect(result(world)).toMatchObject({ compared: 20, agreed: 20, missing: 0 });
  });

  it('R13 B7.2 what shows up again before the comparison ends is not marked', async () => {
    const { world, ids } = await synced(2_002);
    const first = world.store.state.links.values().next().value?.link.taskId ?? '';
    const hidden = hide(world, first);
    ask(world, 'daily');
    await world.run(false);
    expect(result(world)).toMatchObject({ state: 'running', missing: 1, held: [hidden.Id] });
    world.clock.advance(13_000);
    world.salesforce.records.set(hidden.Id, hidden);
    world.salesforce.edit(hidden.Id, { Description: 'Back' });
    await world.run();
    expect(result(world)?.state).toBe('done');
    expect(world.link(first).state).toBe('live');
    expect(world.task(first).values.details).toBe('Back');
    expect(ids).toHaveLength(2_002);
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
