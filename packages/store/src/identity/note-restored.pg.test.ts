import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { switchOff } from '../connections/switch.ts';
import { createTasks } from '../tasks/create-tasks.ts';
import { purgeTrash, trashTask } from '../tasks/trash.ts';
import { NOON, newTask, openWorld, underLease, type World } from '../test-world.ts';
import { readIdentity } from './identity.ts';
import { noteRestored } from './note-restored.ts';

describe('how far a database is, and a backup that came in', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  async function mark(): Promise<number> {
    const identity = await readIdentity(world.db.kysely);
    if (identity === null) throw new Error('It has one.');
    return identity.mark;
  }

  it('the mark grows with an edit and with a turn of a worker, and a purge does not lower it', async () => {
    const actor = await world.workspace();
    const marks = [await mark()];
    const [task] = await createTasks(world.db, actor, [newTask(actor)], NOON);
    marks.push(await mark());
    const key = await world.connect(actor);
    await underLease(world, key, async () => {});
    marks.push(await mark());
    await trashTask(world.db, actor, task?.id ?? '', NOON);
    marks.push(await mark());
    expect(marks).toEqual([...new Set(marks)].sort((a, b) => a - b));
    expect(await purgeTrash(world.db, '2027-01-01T00:00:00.000Z')).toEqual({ purged: 1 });
    expect(await mark()).toBe(marks.at(-1));
  });

  it('every account that syncs is compared first, and the mark is past what was seen', async () => {
    const admin = await world.workspace();
    const [on, off] = [await world.member(admin, 'rep'), await world.member(admin, 'rep')];
    const onKey = await world.connect(on);
    const offKey = await world.connect(off);
    await switchOff(world.db, off, NOON);
    const { rows: synced } = await world.db.pool.query(
      `select 1 from tandem.connections where status = 'on'`,
    );
    expect(await noteRestored(world.db.pool, 1_000_000)).toBe(synced.length);
    expect(await readIdentity(world.db.kysely)).toMatchObject({
      mark: 1_000_001,
      restoredAt: expect.any(String),
    });
    await underLease(world, onKey, async (tx) => {
      const { comparison } = await tx.connection();
      expect(comparison).toMatchObject({ state: 'wanted', why: 'restored', cursor: null });
    });
    await underLease(world, offKey, async (tx) => {
      expect((await tx.connection()).comparison).toBeNull();
    });
    const before = await mark();
    await noteRestored(world.db.pool, 7);
    expect(await mark()).toBe(before);
  });

  it.each([true, false])(
    'R8 R10 what was not born by then is in doubt, with a key field (%s) or without',
    async (hasField) => {
      const actor = await world.workspace();
      const key = await world.connect(actor);
      const doubts = () => underLease(world, key, (tx) => tx.birthsInDoubt(10));
      await world.db.pool.query(
        `update tandem.orgs set creation_key_field = $2 where workspace_id = $1`,
        [actor.workspaceId, hasField],
      );
      const [task] = await createTasks(world.db, actor, [newTask(actor)], NOON);
      expect(await doubts()).toEqual([]);
      await underLease(world, key, (tx) => tx.saveConnection({ watermark: NOON }));
      await noteRestored(world.db.pool, 7);
      const [doubt] = await doubts();
      expect(doubt?.link).toMatchObject({
        taskId: task?.id,
        intents: [{ kind: 'create', expectedRevision: NOON, fields: {} }],
      });
    },
  );
});
