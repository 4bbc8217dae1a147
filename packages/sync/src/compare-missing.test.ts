import { describe, expect, it } from 'vitest';
import type { Brake } from './ports.ts';
import { ask, calls, change, hide, result, synced } from './testing/comparison.ts';
import { MARA_SF } from './testing/world.ts';

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
