import { describe, expect, it } from 'vitest';
import { decideBrake } from './brake.ts';
import { tooMany } from './brake-limits.ts';
import type { Brake } from './ports.ts';
import { World } from './testing/world.ts';

/** One connection whose tasks came from Salesforce, all in step. */
async function worldOf(count: number) {
  const world = new World();
  const records = Array.from({ length: count }, (_, n) =>
    world.salesforce.create({ Subject: `Task ${n}` }),
  );
  await world.settle(1);
  const ids = records.map((record) => record.Id);
  const taskOf = (id: string) => {
    const found = [...world.store.state.links.values()].find(
      ({ link }) => link.salesforceId === id,
    );
    if (found === undefined) throw new Error(`No link for ${id}`);
    return found.link.taskId;
  };
  const tasks = ids.map(taskOf);
  const trashed = () => tasks.filter((id) => world.task(id).trashed !== null).length;
  const deleted = () => ids.length - world.salesforce.live().length;
  const brake = () => world.store.state.connection.brake;
  /** As the store's `answerBrake` does. */
  const answer = (change: Partial<Brake>) => {
    const now = brake();
    if (now === null) throw new Error('There is no brake.');
    const { connection } = world.store.state;
    world.store.state.connection = { ...connection, brake: { ...now, ...change } };
  };
  return { world, ids, tasks, trashed, deleted, brake, answer };
}

type Stopped = Awaited<ReturnType<typeof worldOf>>;

function removeInSalesforce({ world, ids }: Stopped, from: number, to: number): void {
  for (const id of ids.slice(from, to)) world.salesforce.remove(id);
}

function trashInApp({ world, tasks }: Stopped, from: number, to: number): void {
  for (const id of tasks.slice(from, to)) world.store.trashTask(id);
}

describe('the limits', () => {
  it('B11.5 more than 10 and more than a fifth of the links are too many', () => {
    expect(tooMany(11, 54)).toBe(true);
    expect(tooMany(11, 55)).toBe(false);
    expect(tooMany(10, 10)).toBe(false);
  });

  it('B11.5 deletions of an earlier part of the turn count too', () => {
    const held = { toTrash: 6, toDelete: 0, links: 24, now: '2026-11-23T12:00:00.000Z' };
    expect(decideBrake(null, { ...held, before: 0 }).kind).toBe('go');
    expect(decideBrake(null, { ...held, before: 6 }).kind).toBe('stop');
  });
});

describe('many deletions in Salesforce', () => {
  it('B11.5 I10 nothing goes to Trash before a person was asked, and everything else goes on', async () => {
    const stopped = await worldOf(30);
    const { world, tasks, ids } = stopped;
    removeInSalesforce(stopped, 0, 12);
    world.salesforce.edit(ids[20] ?? '', { ActivityDate: '2026-12-24' });
    world.store.editTask(tasks[21] ?? '', { details: 'from the app' });
    const entries = world.store.state.journal.length;
    await world.settle(3);
    expect(stopped.trashed()).toBe(0);
    expect(stopped.brake()).toMatchObject({
      kind: 'mass_deletion',
      toTrash: 12,
      toDelete: 0,
      links: 30,
      allowed: null,
    });
    expect(world.task(tasks[20] ?? '').values.dueDate).toBe('2026-12-24');
    expect(world.record(tasks[21] ?? '').Description).toBe('from the app');
    const told = world.store.state.journal.slice(entries).map(({ kind }) => kind);
    expect(told.sort(), 'no entry about what did not happen').toEqual(['pulled', 'pushed']);
  });

  it('B11.5 ten of thirty are housekeeping, and so are eleven of a hundred', async () => {
    for (const [count, links] of [
      [10, 30],
      [11, 100],
    ] as const) {
      const free = await worldOf(links);
      removeInSalesforce(free, 0, count);
      await free.world.settle(1);
      expect(free.trashed()).toBe(count);
      expect(free.brake()).toBeNull();
    }
  });

  it('B11.5 "go on" moves them to Trash, once, and asks anew the next time', async () => {
    const stopped = await worldOf(40);
    removeInSalesforce(stopped, 0, 12);
    await stopped.world.settle(1);
    stopped.answer({ allowed: 12 });
    await stopped.world.settle(1);
    expect(stopped.trashed()).toBe(12);
    expect(stopped.brake()).toBeNull();
    removeInSalesforce(stopped, 12, 24);
    await stopped.world.settle(2);
    expect(stopped.trashed()).toBe(12);
    expect(stopped.brake()).toMatchObject({ toTrash: 12, links: 28, allowed: null });
  });

  it('B11.5 a "go on" covers what people were shown and no more', async () => {
    const stopped = await worldOf(30);
    removeInSalesforce(stopped, 0, 12);
    await stopped.world.settle(1);
    stopped.answer({ allowed: 12 });
    removeInSalesforce(stopped, 12, 15);
    await stopped.world.settle(2);
    expect(stopped.trashed()).toBe(0);
    expect(stopped.brake()).toMatchObject({ toTrash: 15, allowed: null });
  });

  it('B11.5 "keep them" leaves the tasks where they are and follows them no more', async () => {
    const stopped = await worldOf(30);
    const { world, tasks, ids } = stopped;
    removeInSalesforce(stopped, 0, 12);
    await world.settle(1);
    stopped.answer({ kept: true });
    await world.settle(3);
    expect(stopped.trashed()).toBe(0);
    expect(stopped.brake()).toBeNull();
    expect(world.link(tasks[0] ?? '').state).toBe('gone');
    expect(world.store.state.journal.filter(({ rule }) => rule === 'B11.5')).toHaveLength(12);
    world.store.editTask(tasks[0] ?? '', { details: 'still mine' });
    await world.settle(2);
    expect(stopped.trashed(), 'a later edit does not bring the deletion back').toBe(0);
    world.salesforce.undelete(ids[0] ?? '');
    await world.settle(2);
    expect(world.link(tasks[0] ?? '').state, 'undeleted, it is followed again').toBe('live');
    expect(world.record(tasks[0] ?? '').Description).toBe('still mine');
  });

  it('R6 R11 "keep them" forgets neither what has landed nor what is under way', async () => {
    const stopped = await worldOf(30);
    const { world, tasks, ids } = stopped;
    const [taskId = '', recordId = ''] = [tasks[0], ids[0]];
    world.store.state.connection = {
      ...world.store.state.connection,
      policy: { ...world.store.state.connection.policy, conflict: 'salesforce' },
    };
    world.store.editTask(taskId, { details: 'v1' });
    world.salesforce.mishap = (method) =>
      method === 'updateTasks' ? { kind: 'reply_lost' } : null;
    await world.run(false);
    world.salesforce.mishap = () => null;
    removeInSalesforce(stopped, 0, 12);
    await world.settle(1);
    world.store.editTask(taskId, { details: 'v2' });
    stopped.answer({ kept: true });
    await world.settle(2);
    expect(world.link(taskId).state).toBe('gone');
    world.salesforce.undelete(recordId);
    await world.settle(3);
    expect(world.record(taskId).Description, 'v2 came of v1').toBe('v2');
    expect(world.task(taskId).values.details).toBe('v2');
    expect(world.store.state.journal.filter(({ kind }) => kind === 'conflict')).toEqual([]);
    expect(world.link(taskId).intents).toEqual([]);
  });

  it('B11.5 while people are asked, deletions that trickle in wait with the others', async () => {
    const stopped = await worldOf(60);
    removeInSalesforce(stopped, 0, 13);
    await stopped.world.settle(1);
    const since = stopped.brake()?.since;
    for (let more = 13; more < 18; more += 1) {
      removeInSalesforce(stopped, more, more + 1);
      await stopped.world.settle(1);
    }
    expect(stopped.trashed()).toBe(0);
    expect(stopped.brake()).toMatchObject({ toTrash: 18, links: 60, since });
  });

  it('B11.5 what people undelete is asked about no more; only when nothing is left the brake ends', async () => {
    const stopped = await worldOf(30);
    const { world, ids } = stopped;
    removeInSalesforce(stopped, 0, 12);
    await world.settle(1);
    world.clock.advance(1_000);
    for (const id of ids.slice(0, 9)) world.salesforce.undelete(id);
    await world.settle(1);
    expect(stopped.brake(), 'the rest does not go by itself').toMatchObject({ toTrash: 3 });
    expect(stopped.trashed()).toBe(0);
    for (const id of ids.slice(9, 12)) world.salesforce.undelete(id);
    await world.settle(1);
    expect(stopped.brake()).toBeNull();
  });
});

describe('many deletions in the app', () => {
  it('B11.5 I10 nothing is deleted in Salesforce before a person was asked; "go on" deletes it', async () => {
    const stopped = await worldOf(30);
    trashInApp(stopped, 0, 12);
    await stopped.world.settle(2);
    expect(stopped.deleted()).toBe(0);
    expect(stopped.brake()).toMatchObject({ kind: 'mass_deletion', toTrash: 0, toDelete: 12 });
    expect(stopped.world.salesforce.calls).not.toContain('deleteTasks');
    stopped.answer({ allowed: 12 });
    await stopped.world.settle(1);
    expect(stopped.deleted()).toBe(12);
    expect(stopped.brake()).toBeNull();
  });

  it('B11.5 "keep them" takes the tasks out of Trash', async () => {
    const stopped = await worldOf(30);
    trashInApp(stopped, 0, 12);
    await stopped.world.settle(1);
    expect(stopped.trashed()).toBe(12);
    stopped.answer({ kept: true });
    await stopped.world.settle(2);
    expect(stopped.trashed()).toBe(0);
    expect(stopped.deleted()).toBe(0);
    expect(stopped.brake()).toBeNull();
  });

  it('B11.5 both sides are counted together', async () => {
    const stopped = await worldOf(30);
    trashInApp(stopped, 0, 6);
    removeInSalesforce(stopped, 6, 12);
    await stopped.world.settle(1);
    expect(stopped.brake()).toMatchObject({ toTrash: 6, toDelete: 6 });
    expect(stopped.trashed()).toBe(6);
  });

  it('B11.5 tasks that Salesforce has never seen go to Trash without a question', async () => {
    const stopped = await worldOf(3);
    const added = Array.from({ length: 12 }, (_, n) => stopped.world.addTask({ name: `New ${n}` }));
    for (const id of added) stopped.world.store.trashTask(id);
    await stopped.world.settle(1);
    expect(stopped.brake()).toBeNull();
  });

  it('B11.5 a "go on" outlives an outage of Salesforce', async () => {
    const stopped = await worldOf(30);
    const { world } = stopped;
    trashInApp(stopped, 0, 12);
    await world.settle(1);
    stopped.answer({ allowed: 12 });
    world.salesforce.mishap = (method) =>
      method === 'deleteTasks'
        ? { kind: 'fault', code: 'SERVER_UNAVAILABLE', message: 'later' }
        : null;
    await world.settle(1);
    expect(stopped.deleted()).toBe(0);
    world.salesforce.mishap = () => null;
    await world.settle(2);
    expect(stopped.deleted()).toBe(12);
    expect(stopped.brake()).toBeNull();
  });
});
