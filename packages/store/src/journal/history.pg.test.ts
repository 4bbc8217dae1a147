import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../actor.ts';
import { createTasks } from '../tasks/create-tasks.ts';
import { patchTask } from '../tasks/patch-tasks.ts';
import { getTask } from '../tasks/read-tasks.ts';
import { trashTask } from '../tasks/trash.ts';
import {
  imported,
  LATER,
  NOON,
  newTask,
  openWorld,
  salesforceTask,
  underLease,
  type World,
} from '../test-world.ts';
import { taskHistory } from './history.ts';
import { restoreValue } from './restore-value.ts';

describe('history', () => {
  let world: World;
  let actor: Actor;

  beforeAll(async () => {
    world = await openWorld();
    actor = await world.workspace();
  });
  afterAll(() => world.close());

  it('B11.4 names who changed what, from what to what, newest first', async () => {
    const [task] = await createTasks(world.db, actor, [newTask(actor)], NOON);
    const id = task?.id ?? '';
    await patchTask(world.db, actor, id, { dueDate: null }, LATER);
    const page = await taskHistory(world.db, actor, id);
    expect(page?.nextCursor).toBeNull();
    expect(page?.entries).toMatchObject([
      {
        at: LATER,
        kind: 'edited',
        field: 'dueDate',
        side: 'app',
        actor: expect.stringMatching(/^Person \d+$/),
        actorId: actor.userId,
        from: '2026-11-24',
        to: null,
        lost: null,
        hasLost: false,
        rule: 'B1.2',
        data: {},
      },
      { at: NOON, kind: 'created', field: null, to: task?.name },
    ]);
  });

  it('a long one comes in pages that hold every line once', async () => {
    const [task] = await createTasks(world.db, actor, [newTask(actor)], NOON);
    const id = task?.id ?? '';
    for (let edit = 0; edit < 120; edit += 1) {
      await patchTask(world.db, actor, id, { details: `${edit}` }, LATER);
    }
    const seen: unknown[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page = await taskHistory(world.db, actor, id, cursor);
      seen.push(...(page?.entries ?? []).map((entry) => entry.to));
      cursor = page?.nextCursor ?? undefined;
      pages += 1;
    } while (cursor !== undefined);
    expect(pages).toBe(3);
    const edits = Array.from({ length: 120 }, (_, edit) => `${119 - edit}`);
    expect(seen).toEqual([...edits, task?.name]);
    const bad = taskHistory(world.db, actor, id, 'nonsense');
    await expect(bad).rejects.toMatchObject({ field: 'cursor' });
  });

  it('B10.2 H2 a lost value comes back with one call, as an edit that travels', async () => {
    const key = await world.connect(actor);
    const row = imported(salesforceTask(1, key.salesforceUserId), actor.userId);
    const conflict = (field: 'details' | 'status', lost: unknown) =>
      ({
        kind: 'conflict',
        field,
        side: 'engine',
        from: 'a',
        to: 'b',
        lost,
        rule: 'B10.2',
      }) as const;
    await underLease(world, key, async (tx) => {
      await tx.insertImported([row]);
      const journal = [conflict('details', 'what I wrote'), conflict('status', 'In Progress')];
      await tx.saveLinks([{ link: row.link, dirty: false, task: { kind: 'none' }, journal }]);
    });
    const id = row.link.taskId;
    const history = await taskHistory(world.db, actor, id);
    const [status, details, made] = history?.entries ?? [];
    const restore = (entryId: string | undefined) =>
      restoreValue(world.db, actor, id, entryId ?? '', LATER);
    expect(await restore(details?.id)).toMatchObject({
      kind: 'ok',
      task: { details: 'what I wrote', sync: { state: 'sending' } },
    });
    const [restored] = (await taskHistory(world.db, actor, id))?.entries ?? [];
    expect(restored).toMatchObject({
      kind: 'restored',
      field: 'details',
      rule: 'B10.2',
      data: { entryId: details?.id },
    });
    const { app } = (await underLease(world, key, (tx) => tx.linksById([row.link.id])))[0] ?? {};
    expect(app).toMatchObject({ editedAt: { details: LATER } });
    expect(await restore(status?.id)).toEqual({ kind: 'nothing_to_restore' });
    expect(await restore(made?.id)).toEqual({ kind: 'nothing_to_restore' });
    for (const unknown of ['', '0', 'x', '999999', '99999999999999999999', '-1']) {
      expect(await restore(unknown)).toEqual({ kind: 'not_found' });
    }
    // The second time it has the value already.
    const before = await getTask(world.db, actor, id);
    expect(await restore(details?.id)).toEqual({ kind: 'ok', task: before });
    await trashTask(world.db, actor, id, LATER);
    expect(await restore(details?.id)).toEqual({ kind: 'not_found' });
  });
});
