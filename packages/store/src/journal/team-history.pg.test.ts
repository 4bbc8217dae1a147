import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../actor.ts';
import { createTasks } from '../tasks/create-tasks.ts';
import { patchTask } from '../tasks/patch-tasks.ts';
import { trashTask } from '../tasks/trash.ts';
import { LATER, NOON, newTask, openWorld, type World } from '../test-world.ts';
import { taskHistory } from './history.ts';
import { teamHistory } from './team-history.ts';

describe('the history of all tasks (B11.4)', () => {
  let world: World;
  let admin: Actor;
  let rep: Actor;
  let other: Actor;

  const make = async (who: Actor, name: string) => {
    const [task] = await createTasks(world.db, who, [{ ...newTask(who), name }], NOON);
    return task?.id ?? '';
  };

  beforeAll(async () => {
    world = await openWorld();
    admin = await world.workspace();
    rep = await world.member(admin, 'rep');
    other = await world.member(admin, 'rep');
    const id = await make(rep, 'Call 100%_sure');
    await patchTask(world.db, rep, id, { dueDate: null }, LATER);
    await trashTask(world.db, rep, await make(rep, 'Thrown away'), LATER);
    await make(other, 'Of another');
  });
  afterAll(() => world.close());

  const lines = async (who: Actor, filter: Parameters<typeof teamHistory>[2]) =>
    (await teamHistory(world.db, who, filter)).entries.map(({ kind, task }) => [kind, task.name]);

  it('B11.4 tells of the tasks of one owner, newest first, by name', async () => {
    const page = await teamHistory(world.db, rep, { ownerId: rep.userId });
    expect(page.nextCursor).toBeNull();
    expect(page.entries).toMatchObject([
      { kind: 'deleted', actor: expect.stringMatching(/^Person/), task: { isInTrash: true } },
      { kind: 'created', task: { name: 'Thrown away' } },
      { kind: 'edited', field: 'dueDate', to: null, task: { name: 'Call 100%_sure' } },
      { kind: 'created', task: { ownerId: rep.userId, isInTrash: false } },
    ]);
  });

  it('a rep sees nothing of others, an admin everybody’s', async () => {
    expect(await lines(rep, { ownerId: other.userId })).toEqual([]);
    expect(await lines(rep, {})).toHaveLength(4);
    expect((await lines(admin, {}))[0]).toEqual(['created', 'Of another']);
    expect(await lines(admin, {})).toHaveLength(5);
    expect(await lines(admin, { ownerId: other.userId })).toHaveLength(1);
  });

  it('is narrowed by kind, side and name, where signs stand for themselves', async () => {
    for (const ownerId of [rep.userId, undefined]) {
      expect(await lines(rep, { ownerId, kind: 'deletions' })).toEqual([
        ['deleted', 'Thrown away'],
      ]);
      expect(await lines(rep, { ownerId, side: 'sf' })).toEqual([]);
      expect(await lines(rep, { ownerId, text: '100%_S' })).toHaveLength(2);
      expect(await lines(rep, { ownerId, text: '1__%' })).toEqual([]);
    }
  });

  it('comes in pages that hold every line once', async () => {
    for (const filter of [{ ownerId: rep.userId }, {}, { text: 'a' }]) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await teamHistory(world.db, admin, { ...filter, limit: 1, cursor });
        seen.push(...page.entries.map(({ id }) => id));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      const whole = await teamHistory(world.db, admin, filter);
      expect(seen).toEqual(whole.entries.map(({ id }) => id));
    }
    const bad = teamHistory(world.db, admin, { cursor: 'nonsense' });
    await expect(bad).rejects.toMatchObject({ field: 'cursor' });
  });

  it('each kind of a team’s is read along an index of its own', async () => {
    const plan =
      await world.db.pool.query(`explain (costs off) select entry_id from tandem.journal j
      where j.workspace_id = '${admin.workspaceId}' and j.kind in ('conflict', 'late_overwrite')
      order by entry_id desc limit 51`);
    expect(JSON.stringify(plan.rows)).toContain('journal_conflicts');
  });

  it('B11.4 tells members of one name apart, on a task and on all of them', async () => {
    const [first, second] = [await world.member(admin, 'rep'), await world.member(admin, 'rep')];
    await world.db.pool.query(`update auth."user" set name = 'Wei Zhang' where id = any($1)`, [
      [first.userId, second.userId],
    ]);
    const id = await make(first, 'Shared by namesakes');
    await patchTask(world.db, first, id, { ownerId: second.userId }, LATER);
    await patchTask(world.db, second, id, { dueDate: null }, LATER);
    const expected = [
      { kind: 'edited', actor: 'Wei Zhang', actorId: second.userId },
      { actor: 'Wei Zhang', actorId: first.userId },
      { kind: 'created', actor: 'Wei Zhang', actorId: first.userId },
    ];
    const all = await teamHistory(world.db, admin, { text: 'namesakes' });
    expect(all.entries).toMatchObject(expected);
    expect((await taskHistory(world.db, admin, id))?.entries).toMatchObject(expected);
  });
});
