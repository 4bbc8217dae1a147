import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../actor.ts';
import { switchOff } from '../connections/switch.ts';
import { InvalidValue } from '../errors.ts';
import { taskHistory } from '../journal/history.ts';
import {
  type Connected,
  jobsOf,
  LATER,
  NOON,
  newTask,
  openWorld,
  recordId,
  underLease,
  type World,
} from '../test-world.ts';
import { createTasks } from './create-tasks.ts';
import { patchTask, patchTasks } from './patch-tasks.ts';
import { getTask } from './read-tasks.ts';
import { sendToSalesforce } from './send.ts';
import type { NewTaskRow, TaskResult, TaskView } from './task-view.ts';
import { purgeTrash, restoreTask, trashTask, trashTasks } from './trash.ts';

describe('tasks', () => {
  let world: World;
  let admin: Actor;
  let rep: Actor;

  beforeAll(async () => {
    world = await openWorld();
    admin = await world.workspace();
    rep = await world.member(admin, 'rep');
  });
  afterAll(() => world.close());

  async function create(actor: Actor, values: Partial<NewTaskRow> = {}): Promise<TaskView> {
    const [task] = await createTasks(world.db, actor, [newTask(actor, values)], NOON);
    if (task === undefined) throw new Error('One task in, one task out.');
    return task;
  }

  async function kinds(actor: Actor, id: string): Promise<string[]> {
    const page = await taskHistory(world.db, actor, id);
    return (page?.entries ?? []).map((entry) => `${entry.kind} ${entry.field ?? ''}`.trim());
  }

  async function linkRow(taskId: string) {
    const { rows } = await world.db.pool.query(
      `select state, creation_key, dirty_since, sf, base, origin, salesforce_id from tandem.links
       where task_id = $1 order by state = 'dead'`,
      [taskId],
    );
    return rows;
  }

  it('B1.1 a task comes back with everything it was made of', async () => {
    const person = { id: recordId('003', 1), type: 'Contact', name: 'Änne 王' };
    const input = newTask(rep, {
      name: 'Zürich 😀 "quoted" \\ %_',
      details: 'line\nline\ttab',
      priority: 'high',
      person,
      related: { id: recordId('001', 1), type: 'Account', name: 'Kestrel & Söhne' },
      campaign: { name: 'Spring', day: 3, step: null },
      callOutcome: 'Reached',
      callReason: 'Renewal',
    });
    const [task] = await createTasks(world.db, rep, [input], NOON);
    expect(task).toMatchObject({ ...input, createdAt: NOON, createdBy: rep.userId, revision: 1 });
    expect(await getTask(world.db, rep, task?.id ?? '')).toEqual(task);
  });

  it('many tasks come back in the order they were given', async () => {
    const names = Array.from({ length: 300 }, (_, index) => `Task ${index}`);
    const inputs = names.map((name) => newTask(rep, { name }));
    const tasks = await createTasks(world.db, rep, inputs, NOON);
    expect(tasks.map((task) => task.name)).toEqual(names);
  });

  it('a task made complete is completed at that moment', async () => {
    expect(await create(rep, { status: 'complete' })).toMatchObject({ completedAt: NOON });
  });

  it.each([
    ['ownerId', { ownerId: 'nobody' }],
    ['name', { name: 'x'.repeat(256) }],
    ['name', { name: 'a\0b' }],
    ['details', { details: 'half a pair \ud83d' }],
    ['details', { details: 'x'.repeat(32_001) }],
    ['callOutcome', { callOutcome: 'x'.repeat(256) }],
  ])(
    'a value that cannot be kept is refused by the name of its field, %s',
    async (field, values) => {
      const refused = createTasks(world.db, rep, [newTask(rep), newTask(rep, values)], NOON);
      await expect(refused).rejects.toThrow(InvalidValue);
      await expect(refused).rejects.toMatchObject({ field });
      const task = await create(rep);
      await expect(patchTask(world.db, rep, task.id, values, LATER)).rejects.toMatchObject({
        field,
      });
      expect(await getTask(world.db, rep, task.id)).toEqual(task);
    },
  );

  it('more than 500 at once are refused', async () => {
    const inputs = Array.from({ length: 501 }, () => newTask(rep));
    await expect(createTasks(world.db, rep, inputs, NOON)).rejects.toMatchObject({
      field: 'tasks',
    });
    const ids = inputs.map(() => crypto.randomUUID());
    await expect(trashTasks(world.db, rep, ids, NOON)).rejects.toMatchObject({ field: 'ids' });
  });

  it('B11.4 an edit changes, journals and dates only what differs', async () => {
    const task = await create(rep);
    const result = await patchTask(
      world.db,
      rep,
      task.id,
      { name: 'Other', dueDate: task.dueDate, status: 'complete', callOutcome: 'Left a message' },
      LATER,
    );
    expect(result).toMatchObject({
      kind: 'ok',
      task: {
        name: 'Other',
        status: 'complete',
        completedAt: LATER,
        revision: 2,
        updatedAt: LATER,
      },
    });
    expect(await kinds(rep, task.id)).toEqual([
      'edited callOutcome',
      'edited status',
      'edited name',
      'created',
    ]);
    const { rows } = await world.db.pool.query(
      'select edited_at from tandem.tasks where task_id = $1',
      [task.id],
    );
    expect(rows[0].edited_at).toEqual({ name: LATER, status: LATER });
  });

  it('an edit to equal values changes nothing and leaves no trace', async () => {
    const person = { id: recordId('003', 2), type: 'Lead', name: 'B' };
    const task = await create(rep, { person, campaign: { name: 'C', day: 1, step: 2 } });
    const same = {
      ...newTask(rep),
      person: { name: 'B', type: 'Lead', id: person.id },
      campaign: { step: 2, day: 1, name: 'C' },
    };
    expect(await patchTask(world.db, rep, task.id, same, LATER)).toEqual({ kind: 'ok', task });
    expect(await kinds(rep, task.id)).toEqual(['created']);
  });

  it('reopening takes the completion back, completing twice keeps the first moment', async () => {
    const task = await create(rep, { status: 'complete' });
    const named = await patchTask(world.db, rep, task.id, { name: 'X' }, LATER);
    expect(named).toMatchObject({ task: { completedAt: NOON } });
    const open = await patchTask(world.db, rep, task.id, { status: 'open' }, LATER);
    expect(open).toMatchObject({ task: { completedAt: null } });
  });

  it('20 edits at once all arrive, each once', async () => {
    const task = await create(rep);
    const edits = Array.from({ length: 20 }, (_, index) =>
      patchTask(world.db, rep, task.id, { details: `edit ${index}` }, LATER),
    );
    const results = await Promise.all(edits);
    expect(results.every((result) => result.kind === 'ok')).toBe(true);
    expect(await getTask(world.db, rep, task.id)).toMatchObject({ revision: 21 });
    expect((await kinds(rep, task.id)).length).toBe(21);
  });

  it('two bulk edits in opposite order both arrive', async () => {
    const tasks = await createTasks(
      world.db,
      rep,
      Array.from({ length: 50 }, () => newTask(rep)),
      NOON,
    );
    const ids = tasks.map((task) => task.id);
    const [one, two] = await Promise.all([
      patchTasks(world.db, rep, ids, { priority: 'high' }, LATER),
      patchTasks(world.db, rep, [...ids].reverse(), { details: 'bulk' }, LATER),
    ]);
    expect([one.notFound, two.notFound]).toEqual([[], []]);
    expect(two.tasks.map((task) => task.id)).toEqual([...ids].reverse());
    const after = await getTask(world.db, rep, ids[0] ?? '');
    expect(after).toMatchObject({ priority: 'high', details: 'bulk', revision: 3 });
  });

  it('B12.1 a rep neither sees nor changes what is not the own, a manager does', async () => {
    const manager = await world.member(admin, 'manager');
    const theirs = await create(admin);
    const made = await create(rep, { ownerId: admin.userId });
    const { db } = world;
    expect(await getTask(db, rep, theirs.id)).toBeNull();
    const refused: TaskResult = { kind: 'not_found' };
    // Having made a task gives no right to it.
    for (const { id } of [theirs, made]) {
      expect(await getTask(db, rep, id)).toBeNull();
      expect(await patchTask(db, rep, id, { name: 'mine' }, LATER)).toEqual(refused);
      expect(await trashTask(db, rep, id, LATER)).toEqual(refused);
      expect(await taskHistory(db, rep, id)).toBeNull();
    }
    expect(await getTask(db, manager, theirs.id)).toEqual(theirs);
    expect(await patchTask(db, manager, theirs.id, { name: 'ours' }, LATER)).toMatchObject({
      kind: 'ok',
    });
  });

  it('what is no id, or nobody’s, is not found', async () => {
    const { db } = world;
    for (const id of ['', 'nonsense', "';--", crypto.randomUUID()]) {
      expect(await getTask(db, admin, id)).toBeNull();
      expect(await patchTask(db, admin, id, { name: 'x' }, LATER)).toEqual({ kind: 'not_found' });
      expect(await restoreTask(db, admin, id, LATER)).toEqual({ kind: 'not_found' });
      expect(await sendToSalesforce(db, admin, id, LATER)).toEqual({ kind: 'not_found' });
      expect(await taskHistory(db, admin, id)).toBeNull();
    }
  });

  it('a task in Trash is not edited, and is as it was when restored', async () => {
    const task = await create(rep);
    await trashTask(world.db, rep, task.id, LATER);
    const { db } = world;
    expect(await patchTask(db, rep, task.id, { name: 'x' }, LATER)).toEqual({ kind: 'not_found' });
    expect(await trashTask(db, rep, task.id, NOON)).toMatchObject({ task: { trashedAt: LATER } });
    const back = await restoreTask(db, rep, task.id, LATER);
    expect(back).toMatchObject({ kind: 'ok', task: { trashedAt: null, name: task.name } });
    expect(await kinds(rep, task.id)).toEqual(['restored', 'deleted', 'created']);
  });

  it('B1.2 purging takes what has been in Trash long enough, with its history, and nothing else', async () => {
    const old = await create(rep);
    const fresh = await create(rep);
    await trashTask(world.db, rep, old.id, NOON);
    await trashTask(world.db, rep, fresh.id, LATER);
    expect(await purgeTrash(world.db, LATER)).toEqual({ purged: 1 });
    expect(await getTask(world.db, rep, old.id)).toBeNull();
    expect(await getTask(world.db, rep, fresh.id)).not.toBeNull();
    expect(await purgeTrash(world.db, LATER)).toEqual({ purged: 0 });
  });

  describe('of somebody whose sync is on', () => {
    let synced: Actor;
    let key: Connected;

    beforeAll(async () => {
      synced = await world.member(admin, 'rep');
      key = await world.connect(synced);
    });

    /** The engine has deleted the record there and buried the link. */
    async function bury(taskId: string): Promise<void> {
      await underLease(world, key, async (tx) => {
        const links = await tx.dirtyLinks(100, LATER);
        await tx.saveLinks(
          links
            .filter(({ link }) => link.taskId === taskId)
            .map(({ link }) => ({
              link: { ...link, state: 'dead', salesforceId: recordId('00T', 777) },
              dirty: false,
              task: { kind: 'none' },
              journal: [],
            })),
        );
      });
    }

    it('R7 B6.5 a new task has a link with its creation key, and its connection is woken', async () => {
      const task = await create(synced);
      expect(await linkRow(task.id)).toMatchObject([
        { state: 'live', base: null, sf: { kind: 'unborn' }, origin: 'app', dirty_since: NOON },
      ]);
      expect(task.sync).toMatchObject({ state: 'sending', reason: null });
      expect(await jobsOf(world, key)).toHaveLength(1);
    });

    it('E4 quick edits leave one job, at the time of the first', async () => {
      const task = await create(synced);
      const before = await jobsOf(world, key);
      for (const name of ['one', 'two', 'three']) {
        await patchTask(world.db, synced, task.id, { name }, LATER);
      }
      expect(await jobsOf(world, key)).toEqual(before);
    });

    it('B6.5 a task made while sync was off has no link until somebody sends it', async () => {
      const other = await world.member(admin, 'rep');
      const before = await create(other);
      expect(before.sync).toMatchObject({ state: 'not_synced', reason: 'not_connected' });
      expect(await sendToSalesforce(world.db, other, before.id, LATER)).toEqual({
        kind: 'not_connected',
      });
      const connection = await world.connect(other, { on: false });
      expect(await sendToSalesforce(world.db, other, before.id, LATER)).toEqual({
        kind: 'sync_is_off',
      });
      await world.connect(other);
      await patchTask(world.db, other, before.id, { name: 'edited later' }, LATER);
      expect(await linkRow(before.id)).toEqual([]);
      const sent = await sendToSalesforce(world.db, other, before.id, LATER);
      expect(sent).toMatchObject({ kind: 'ok', task: { sync: { state: 'sending' } } });
      await sendToSalesforce(world.db, other, before.id, LATER);
      expect(await linkRow(before.id)).toHaveLength(1);
      expect(await jobsOf(world, connection)).toHaveLength(1);
      await switchOff(world.db, other, LATER);
    });

    it('an edit of what stays in the app leaves the link alone, any other marks it', async () => {
      const task = await create(synced);
      await world.db.pool.query('update tandem.links set dirty_since = null where task_id = $1', [
        task.id,
      ]);
      await patchTask(world.db, synced, task.id, { callOutcome: 'Reached' }, LATER);
      expect(await linkRow(task.id)).toMatchObject([{ dirty_since: null }]);
      await patchTask(world.db, synced, task.id, { dueDate: null }, LATER);
      expect(await linkRow(task.id)).toMatchObject([{ dirty_since: LATER }]);
    });

    it('I4 R5 restoring a task whose link is dead begins a new record; the tombstone stays', async () => {
      const task = await create(synced);
      const [first] = await linkRow(task.id);
      await trashTask(world.db, synced, task.id, LATER);
      await bury(task.id);
      await restoreTask(world.db, synced, task.id, LATER);
      const [living, dead] = await linkRow(task.id);
      expect(dead).toMatchObject({ state: 'dead', creation_key: first.creation_key });
      expect(living).toMatchObject({ state: 'live', sf: { kind: 'unborn' }, salesforce_id: null });
      expect(living.creation_key).not.toBe(first.creation_key);
    });

    it('R5 purging waits for the deletion to be told and keeps the tombstone', async () => {
      const task = await create(synced);
      await trashTask(world.db, synced, task.id, NOON);
      await purgeTrash(world.db, LATER);
      expect(await getTask(world.db, synced, task.id)).not.toBeNull();
      await world.db.pool.query(`update tandem.links set state = 'dead' where task_id = $1`, [
        task.id,
      ]);
      await purgeTrash(world.db, LATER);
      expect(await getTask(world.db, synced, task.id)).toBeNull();
      expect(await linkRow(task.id)).toMatchObject([{ state: 'dead' }]);
    });
  });
});
