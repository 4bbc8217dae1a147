import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../actor.ts';
import { LATER, NOON, newTask, openWorld, recordId, type World } from '../test-world.ts';
import { countTasks } from './count-tasks.ts';
import { createTasks } from './create-tasks.ts';
import { TASK_SORTS, type TaskFilter, type TaskSort } from './filter.ts';
import { listTasks } from './list-tasks.ts';
import type { NewTaskRow, TaskView } from './task-view.ts';
import { trashTask } from './trash.ts';

const DATES = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-30', '2026-12-01', null];
const NAMES = ['alpha', 'Alpha', 'Ähre', 'Zebra', 'éclair', '王', ''];

describe('the list of tasks', () => {
  let world: World;
  let actor: Actor;
  const all: TaskView[] = [];

  beforeAll(async () => {
    world = await openWorld();
    actor = await world.workspace();
    // Many ties on purpose: three moments, seven names, six dates.
    for (const at of [NOON, LATER, '2026-11-24T12:00:00.001Z']) {
      const inputs = Array.from(
        { length: 84 },
        (_, index): NewTaskRow =>
          newTask(actor, {
            name: NAMES[index % NAMES.length] ?? '',
            dueDate: DATES[index % DATES.length] ?? null,
            priority: index % 5 === 0 ? 'high' : 'normal',
            type: index % 4 === 0 ? 'email' : 'call',
            status: index % 7 === 0 ? 'complete' : 'open',
            details: index % 21 === 0 ? '100 % of_it \\ there' : '',
            person:
              index % 10 === 0 ? { id: recordId('003', 9), type: 'Lead', name: 'Ortrun' } : null,
          }),
      );
      all.push(...(await createTasks(world.db, actor, inputs, at)));
    }
  });
  afterAll(() => world.close());

  async function pages(filter: TaskFilter): Promise<TaskView[]> {
    const found: TaskView[] = [];
    let cursor: string | undefined;
    do {
      const page = await listTasks(world.db, actor, { ...filter, cursor });
      expect(page.tasks.length).toBeLessThanOrEqual(filter.limit);
      found.push(...page.tasks);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return found;
  }

  const count = async (filter: Omit<TaskFilter, 'sort' | 'limit'>) =>
    (await listTasks(world.db, actor, { ...filter, sort: 'name', limit: 500 })).tasks.length;

  it.each(TASK_SORTS)(
    'pages by %s hold every task once, ties and missing dates included',
    async (sort) => {
      const whole = await listTasks(world.db, actor, { sort, limit: 500 });
      expect(whole.nextCursor).toBeNull();
      expect(whole.tasks).toHaveLength(all.length);
      const ids = (await pages({ sort, limit: 17 })).map((task) => task.id);
      expect(ids).toEqual(whole.tasks.map((task) => task.id));
      expect(new Set(ids).size).toBe(all.length);
    },
  );

  it('a page that ends with the list has no next one', async () => {
    expect((await pages({ sort: 'dueDate', limit: all.length })).length).toBe(all.length);
  });

  it.each<[TaskSort, boolean]>([
    ['dueDate', true],
    ['-dueDate', false],
  ])('by %s no date comes last', async (sort, ascending) => {
    const dates = (await pages({ sort, limit: 100 })).map((task) => task.dueDate);
    const firstNull = dates.indexOf(null);
    expect(dates.slice(firstNull).every((date) => date === null)).toBe(true);
    const dated = dates.slice(0, firstNull) as string[];
    const sorted = [...dated].sort();
    expect(dated).toEqual(ascending ? sorted : sorted.reverse());
  });

  it.each<TaskSort>(['dueDate', '-dueDate'])(
    'by %s, within one date, high priority comes first, then what was made earlier or later',
    async (sort) => {
      const found = await pages({ sort, limit: 17 });
      const way = sort === 'dueDate' ? 1 : -1;
      for (const [index, task] of found.entries()) {
        const next = found[index + 1];
        if (next === undefined || next.dueDate !== task.dueDate) continue;
        if (next.priority !== task.priority) expect(task.priority).toBe('high');
        else
          expect(Math.sign(Date.parse(next.createdAt) - Date.parse(task.createdAt))).not.toBe(-way);
      }
      const sameDay = found.filter((task) => task.dueDate === '2026-11-24');
      expect(new Set(sameDay.map((task) => `${task.priority} ${task.createdAt}`)).size).toBe(6);
    },
  );

  it('by name the order is that of words, whatever the server’s own is', async () => {
    const names = (await pages({ sort: 'name', limit: 500 })).map((task) => task.name);
    expect([...new Set(names)]).toEqual(['', 'Ähre', 'alpha', 'Alpha', 'éclair', 'Zebra', '王']);
  });

  it('high priority comes first', async () => {
    const [first] = (await listTasks(world.db, actor, { sort: 'priority', limit: 1 })).tasks;
    expect(first).toMatchObject({ priority: 'high', dueDate: '2026-11-23' });
  });

  it('every filter finds what a look at each task finds', async () => {
    const where = (matches: (task: TaskView) => boolean) => all.filter(matches).length;
    const dated = (from: string | null, to: string | null) => (task: TaskView) =>
      task.dueDate !== null &&
      (from === null || task.dueDate >= from) &&
      (to === null || task.dueDate <= to);
    const range = (from: string | null, to: string | null) =>
      count({ due: { kind: 'range', from, to } });
    expect(await range('2026-11-24', '2026-11-25')).toBe(where(dated('2026-11-24', '2026-11-25')));
    expect(await range(null, '2026-11-23')).toBe(where(dated(null, '2026-11-23')));
    expect(await range('2026-11-30', null)).toBe(where(dated('2026-11-30', null)));
    expect(await count({ due: { kind: 'none' } })).toBe(where((task) => task.dueDate === null));
    expect(await count({ status: 'open' })).toBe(where((task) => task.status === 'open'));
    expect(await count({ type: 'email' })).toBe(where((task) => task.type === 'email'));
    expect(await count({ priority: 'high' })).toBe(where((task) => task.priority === 'high'));
    expect(await count({ personId: recordId('003', 9) })).toBe(
      where((task) => task.person !== null),
    );
    expect(await count({ ownerId: 'nobody' })).toBe(0);
    expect(await count({ syncState: 'not_synced' })).toBe(all.length);
    expect(await count({ syncState: 'in_step' })).toBe(0);
  });

  it('text is found without regard to case and taken as it is', async () => {
    expect(await count({ text: 'ALPHA' })).toBe(await count({ text: 'alpha' }));
    expect(await count({ text: 'ORTRUN' })).toBe(all.filter((task) => task.person !== null).length);
    expect(await count({ text: '100 % of_it \\' })).toBe(12);
    expect(await count({ text: '%' })).toBe(12);
    expect(await count({ text: 'a\0' })).toBe(await count({ text: 'a' }));
    expect(await count({ text: "'; drop table" })).toBe(0);
  });

  it('a filter by sync state pages like any other', async () => {
    const found = await pages({ sort: '-updatedAt', limit: 40, syncState: 'not_synced' });
    expect(new Set(found.map((task) => task.id)).size).toBe(all.length);
  });

  it.each([
    'nonsense',
    '%%%',
    Buffer.from('["tasks:name","a"]').toString('base64url'),
    Buffer.from('["tasks:dueDate","tomorrow","x"]').toString('base64url'),
    Buffer.from('["tasks:dueDate","2026-13-45","x"]').toString('base64url'),
    Buffer.from('["tasks:dueDate","2026-11-24","high","then","x"]').toString('base64url'),
    Buffer.from('{"a":1}').toString('base64url'),
  ])('a made-up cursor is refused by name: %s', async (cursor) => {
    const list = listTasks(world.db, actor, { sort: 'dueDate', limit: 10, cursor });
    await expect(list).rejects.toMatchObject({ field: 'cursor' });
  });

  it('a cursor of another order is refused, and so is a page without end', async () => {
    const { nextCursor } = await listTasks(world.db, actor, { sort: 'name', limit: 1 });
    const other = { sort: 'dueDate', limit: 1, cursor: nextCursor ?? '' } as const;
    await expect(listTasks(world.db, actor, other)).rejects.toMatchObject({ field: 'cursor' });
    const endless = listTasks(world.db, actor, { sort: 'name', limit: 501 });
    await expect(endless).rejects.toMatchObject({ field: 'limit' });
  });

  it('B9.1 the counts are those of the filters', async () => {
    const counts = await countTasks(world.db, actor, '2026-11-24');
    const open = (from: string | null, to: string | null) =>
      count({ status: 'open', due: { kind: 'range', from, to } });
    expect(counts).toEqual({
      today: await open('2026-11-24', '2026-11-24'),
      tomorrow: await open('2026-11-25', '2026-11-25'),
      overdue: await open(null, '2026-11-23'),
      next7Days: await open('2026-11-24', '2026-11-30'),
      noDate: await count({ status: 'open', due: { kind: 'none' } }),
      allOpen: await count({ status: 'open' }),
      completed: await count({ status: 'complete' }),
      trash: 0,
    });
    expect(counts.today).toBeGreaterThan(0);
  });

  it('Trash is a list of its own', async () => {
    const [task] = await createTasks(world.db, actor, [newTask(actor, { name: 'thrown' })], NOON);
    await trashTask(world.db, actor, task?.id ?? '', LATER);
    expect(await count({})).toBe(all.length);
    expect(await count({ trash: 'only' })).toBe(1);
    expect(await countTasks(world.db, actor, '2026-11-24')).toMatchObject({ trash: 1 });
  });
});
