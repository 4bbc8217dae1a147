import { performance } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../actor.ts';
import { NOON, newTask, openWorld, type World } from '../test-world.ts';
import { countTasks } from './count-tasks.ts';
import { createTasks } from './create-tasks.ts';
import { TASK_SORTS, type TaskFilter } from './filter.ts';
import { listTasks } from './list-tasks.ts';

/** What a page may cost; measured 3 to 20 ms, and the machine may be busy with others. */
const PAGE_MS_MAX = 50;
/** A busy machine is given more chances to show what the statement itself costs; a sound one needs one. */
const TRIES_MAX = 25;

describe('10,000 tasks', () => {
  let world: World;
  let admin: Actor;
  let rep: Actor;

  beforeAll(async () => {
    world = await openWorld();
    admin = await world.workspace();
    rep = await world.member(admin, 'rep');
    const connected = await world.member(admin, 'rep');
    await world.connect(connected);
    for (let batch = 0; batch < 20; batch += 1) {
      const owner = [admin, rep, connected][batch % 3] ?? admin;
      const inputs = Array.from({ length: 500 }, (_, index) =>
        newTask(owner, {
          name: `Task ${(index * 7919) % 500} of ${batch}`,
          dueDate: `2026-${String((index % 12) + 1).padStart(2, '0')}-15`,
          status: index % 3 === 0 ? 'complete' : 'open',
          details: 'Some words about it. '.repeat(10),
        }),
      );
      await createTasks(world.db, owner, inputs, NOON);
    }
    await world.db.pool.query('analyze tandem.tasks, tandem.links, tandem.connections');
  });
  afterAll(() => world.close());

  /** The best of a few: what the statement costs, not what else the machine does. */
  async function bestMs(work: () => Promise<unknown>): Promise<number> {
    let best = Number.POSITIVE_INFINITY;
    for (let attempt = 0; attempt < TRIES_MAX && best >= PAGE_MS_MAX; attempt += 1) {
      const start = performance.now();
      await work();
      best = Math.min(best, performance.now() - start);
    }
    return best;
  }

  it.each(TASK_SORTS)(
    `a page by %s comes within ${PAGE_MS_MAX} ms, for the team and for a rep`,
    async (sort) => {
      const filter: TaskFilter = { sort, limit: 100, status: 'open' };
      const first = await listTasks(world.db, admin, filter);
      expect(first.tasks).toHaveLength(100);
      const second = { ...filter, cursor: first.nextCursor ?? '' };
      expect(await bestMs(() => listTasks(world.db, admin, filter))).toBeLessThan(PAGE_MS_MAX);
      expect(await bestMs(() => listTasks(world.db, admin, second))).toBeLessThan(PAGE_MS_MAX);
      expect(await bestMs(() => listTasks(world.db, rep, filter))).toBeLessThan(PAGE_MS_MAX);
    },
  );

  it(`the counts come within ${PAGE_MS_MAX} ms`, async () => {
    expect(await bestMs(() => countTasks(world.db, admin, '2026-11-24'))).toBeLessThan(PAGE_MS_MAX);
    for (const actor of [admin, rep]) {
      const own = () => countTasks(world.db, actor, '2026-11-24', { ownerId: actor.userId });
      expect(await bestMs(own)).toBeLessThan(PAGE_MS_MAX);
    }
  });

  it.each([
    ['the team', 'tasks_open_by_due', 'true'],
    ['one person', 'tasks_open_by_owner_and_due', 't.owner_id = $2'],
  ])('the default list of %s ends its index scan at the page’s end', async (_, index, whose) => {
    const { rows } = await world.db.pool.query(
      `explain (format text) select t.task_id from tandem.tasks t
       where t.workspace_id = $1 and t.trashed_at is null and t.status = 'open' and ${whose}
         and $2::text is not null
         and not exists (select from tandem.links x where x.workspace_id = t.workspace_id
           and x.task_id = t.task_id and x.state = 'left')
       order by coalesce(t.due_date, 'infinity'::date) asc, t.priority asc, t.created_at asc,
         t.task_id asc limit 101`,
      [admin.workspaceId, rep.userId],
    );
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain(index);
    expect(plan).not.toContain('Sort');
  });
});
