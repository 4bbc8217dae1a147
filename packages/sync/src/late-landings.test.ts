import { type Intent, LANDING_WINDOW_MS, type Link, toSalesforcePatch } from '@tandem/engine';
import { describe, expect, it } from 'vitest';
import { World } from './testing/world.ts';

/** Requests that got no answer and take effect minutes later, when the way is free for them once more. */

/** A create whose first try is lost on the way, and the second arrives. */
async function bornAtSecondTry(): Promise<{ world: World; taskId: string; first: () => void }> {
  const world = new World();
  const taskId = world.addTask({ details: 'first' });
  loseNext(world, 'createTasks');
  await world.run();
  const [intent] = world.link(taskId).intents;
  const { creationKey } = world.link(taskId);
  const values = Object.fromEntries(
    Object.entries(intent?.fields ?? {}).map(([field, sent]) => [field, sent?.to]),
  );
  await world.settle(2);
  expect(world.record(taskId).IsDeleted).toBe(false);
  const first = () =>
    void world.salesforce.createTasks([{ creationKey, body: toSalesforcePatch(values) }]);
  return { world, taskId, first };
}

function loseNext(world: World, method: string): void {
  let isLost = false;
  world.salesforce.mishap = (asked) => {
    if (asked !== method || isLost) return null;
    isLost = true;
    return { kind: 'request_lost' };
  };
}

function purge(world: World, link: Link): void {
  world.salesforce.records.delete(link.salesforceId ?? '');
}

describe('a create that lands late', () => {
  it('R8 R11 stays on record while it can land, which costs no call, and is forgotten after that', async () => {
    const { world, taskId } = await bornAtSecondTry();
    expect(world.link(taskId).intents).toMatchObject([{ kind: 'create' }]);
    world.clock.advance(LANDING_WINDOW_MS);
    const calls = world.salesforce.calls.length;
    await world.run();
    expect(world.link(taskId).intents).toEqual([]);
    expect(world.salesforce.calls.slice(calls)).toEqual(['changedSince']);
  });

  it('I3 takes the place of a record that was purged, and what was edited since goes to it', async () => {
    const { world, taskId, first } = await bornAtSecondTry();
    world.store.editTask(taskId, { details: 'second' });
    await world.settle(1);
    const old = world.record(taskId).Id;
    purge(world, world.link(taskId));
    first();
    await world.settle();
    expect(world.store.state.tasks.size).toBe(1);
    expect(world.record(taskId).Id).not.toBe(old);
    expect(world.record(taskId).Description).toBe('second');
    expect(world.task(taskId).values.details).toBe('second');
  });

  it('R8 I1 is known for what it sent, also after a gap in which its place was looked for in vain', async () => {
    const { world, taskId, first } = await bornAtSecondTry();
    world.store.editTask(taskId, { status: 'complete' });
    loseNext(world, 'updateTasks');
    await world.run();
    purge(world, world.link(taskId));
    first();
    const born = [...world.salesforce.records.values()].at(-1)?.Id ?? '';
    world.salesforce.edit(born, { Description: 'first, checked' });
    world.clock.advance(2 * LANDING_WINDOW_MS);
    await world.settle();
    expect(world.record(taskId)).toMatchObject({ Id: born, Status: 'Completed' });
    expect(world.record(taskId).Description).toBe('first, checked');
    expect(world.task(taskId).values.details).toBe('first, checked');
    expect(world.link(taskId).intents).toEqual([]);
  });

  it('R10 and was forgotten by a restored backup is waited for, so that its record is known for what it is', async () => {
    const world = new World();
    const taskId = world.addTask({ details: 'second' });
    const link = world.link(taskId);
    const sentAt = world.clock.now();
    const forgotten = {
      requestId: 'r',
      kind: 'create',
      sentAt,
      expectedRevision: null,
      fields: {},
    };
    const intents = [forgotten as Intent];
    world.store.state.links.set(link.id, { link: { ...link, intents }, dirty: true });
    await world.settle(2);
    expect(world.salesforce.calls).not.toContain('createTasks');
    world.clock.advance(LANDING_WINDOW_MS);
    await world.settle(2);
    expect(world.salesforce.live()).toHaveLength(1);
    expect(world.record(taskId).Description).toBe('second');
  });

  it('I4 is taken back where the deletion of the record before it was followed', async () => {
    const { world, taskId, first } = await bornAtSecondTry();
    world.salesforce.remove(world.record(taskId).Id);
    await world.settle(1);
    expect(world.task(taskId).trashed).toBe('by_sync');
    purge(world, world.link(taskId));
    first();
    await world.settle();
    expect(world.salesforce.live()).toEqual([]);
    expect(world.store.state.tasks.size).toBe(1);
    expect(world.task(taskId).trashed).toBe('by_sync');
    expect(world.link(taskId).state).toBe('dead');
  });
});

describe('an update whose reply is lost', () => {
  it('R10 I5 came to the record, was changed there, and went with it: the undelete, a day later, brings no conflict of times', async () => {
    const world = new World();
    const taskId = world.addTask({ details: 'first' });
    await world.run();
    const { Id } = world.record(taskId);
    world.clock.advance(1_000);
    world.store.editTask(taskId, { details: 'second' });
    loseNext(world, 'updateTasks');
    await world.run();
    // It had landed all the same, and automation put a word of its own in its place.
    world.salesforce.edit(Id, { Description: 'second, checked' });
    world.store.trashTask(taskId);
    await world.settle(1);
    expect(world.link(taskId)).toMatchObject({ state: 'dead', intents: [{ kind: 'update' }] });

    world.clock.advance(24 * 60 * 60_000);
    await world.settle(1);
    const calls = world.salesforce.calls.length;
    await world.run(false);
    expect(world.salesforce.calls.slice(calls)).toEqual([]);
    world.salesforce.undelete(Id);
    await world.settle();
    expect(world.task(taskId).values.details).toBe('second, checked');
    expect(world.link(taskId)).toMatchObject({ state: 'live', intents: [] });
    const conflicts = world.store.state.journal.filter(({ kind }) => kind === 'conflict');
    expect(conflicts).toMatchObject([{ field: 'details', lost: 'second', rule: 'R10' }]);
  });
});

describe('an update that was sent twice', () => {
  it('R6 R11 I1 and lands once more at the last moment is told by the plan, also where the turn that saw it broke off', async () => {
    const world = new World();
    const taskId = world.addTask({ details: 'first' });
    await world.run();
    const link = world.link(taskId);
    const sentAt = world.clock.now();
    const details = { from: 'first', to: 'first', app: 'first' };
    const again = { kind: 'update', requestId: 'r', sentAt, expectedRevision: null } as const;
    const intents = [{ ...again, fields: { details } }];
    world.store.state.links.set(link.id, { link: { ...link, intents }, dirty: false });
    world.clock.advance(1_000);
    world.store.editTask(taskId, { details: 'second' });
    await world.settle(1);
    expect(world.record(taskId).Description).toBe('second');

    world.salesforce.edit(world.record(taskId).Id, { Description: 'first' });
    // So long a gap asks for a comparison before anything is planned, and the comparison gets no answer.
    world.clock.advance(6 * 24 * 60 * 60_000);
    loseNext(world, 'stampsAfter');
    await world.run();
    expect(world.link(taskId).intents).toHaveLength(1);
    await world.settle();
    expect(world.task(taskId).values.details).toBe('second');
    expect(world.record(taskId).Description).toBe('second');
    expect(world.link(taskId).intents).toEqual([]);
  });
});

describe('a deletion that lands late', () => {
  it('R11 I4 after a person undeleted the record starts a new life for the task, once it can land no more', async () => {
    const world = new World();
    const taskId = world.addTask();
    await world.run();
    const { Id } = world.record(taskId);
    world.store.trashTask(taskId);
    loseNext(world, 'deleteTasks');
    await world.run();
    // Somebody deletes it in Salesforce too, and takes that back.
    world.salesforce.remove(Id);
    await world.settle(1);
    world.clock.advance(1_000);
    world.salesforce.undelete(Id);
    await world.settle(1);
    expect(world.task(taskId).trashed).toBe(null);

    world.salesforce.remove(Id);
    await world.settle();
    // It may have been a person again, and ours still be under way.
    expect(world.task(taskId).trashed).toBe(null);
    expect(world.record(taskId)).toMatchObject({ Id, IsDeleted: true });
    world.clock.advance(LANDING_WINDOW_MS);
    await world.settle();
    expect(world.task(taskId).trashed).toBe(null);
    expect(world.record(taskId)).toMatchObject({ IsDeleted: false });
    expect(world.record(taskId).Id).not.toBe(Id);
  });

  it('R11 that found nothing to delete is over: a later deletion is a person’s', async () => {
    const world = new World();
    const taskId = world.addTask();
    await world.run();
    const { Id } = world.record(taskId);
    world.salesforce.remove(Id);
    world.store.trashTask(taskId);
    await world.run(false);
    await world.settle(1);
    expect(world.link(taskId)).toMatchObject({ state: 'dead', intents: [] });
  });
});
