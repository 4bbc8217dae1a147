import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../actor.ts';
import { createTasks } from '../tasks/create-tasks.ts';
import { patchTask } from '../tasks/patch-tasks.ts';
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
import { putTemplate } from '../workspace/workspaces.ts';
import type { StoreEvent } from './event.ts';
import { type Listener, listen } from './listen.ts';
import { notify } from './notify.ts';

/** Longer than a notification or a reconnect takes on a busy machine. */
const HEARD_MS_MAX = 30_000;

/** Everything heard, and a way to wait for the next thing. */
class Ear {
  readonly heard: (StoreEvent | 'gap')[] = [];
  #wake: () => void = () => {};

  readonly tell = (what: StoreEvent | 'gap') => {
    this.heard.push(what);
    this.#wake();
  };

  async hears(matches: (what: StoreEvent | 'gap') => boolean): Promise<StoreEvent | 'gap'> {
    const deadline = AbortSignal.timeout(HEARD_MS_MAX);
    for (;;) {
      const found = this.heard.find(matches);
      if (found !== undefined) return found;
      await new Promise<void>((resolve, reject) => {
        this.#wake = resolve;
        deadline.addEventListener('abort', () => reject(new Error('Nothing was heard.')));
      });
    }
  }
}

describe('live events', () => {
  let world: World;
  let actor: Actor;
  let ear: Ear;
  let listener: Listener;

  beforeAll(async () => {
    world = await openWorld();
    actor = await world.workspace();
    ear = new Ear();
    listener = await listen(world.db, ear.tell, () => ear.tell('gap'));
  });
  afterAll(async () => {
    await listener.close();
    await world.close();
  });

  const about = (id: string | undefined) => (what: StoreEvent | 'gap') =>
    what !== 'gap' && what.type === 'tasks' && what.taskIds.includes(id ?? '');

  it('an edit is told with its task and both owners', async () => {
    const other = await world.member(actor, 'rep');
    const [task] = await createTasks(world.db, actor, [newTask(actor)], NOON);
    await ear.hears(about(task?.id));
    ear.heard.length = 0;
    await patchTask(world.db, actor, task?.id ?? '', { ownerId: other.userId }, LATER);
    const event = await ear.hears(about(task?.id));
    expect(event).toMatchObject({ workspaceId: actor.workspaceId, type: 'tasks' });
    expect(event !== 'gap' && event.type === 'tasks' && [...event.userIds].sort()).toEqual(
      [actor.userId, other.userId].sort(),
    );
  });

  it('what is rolled back is never told, what the engine does is told once a transaction', async () => {
    const key = await world.connect(actor);
    const rows = [1, 2, 3].map((number) =>
      imported(salesforceTask(number, key.salesforceUserId), actor.userId),
    );
    const failing = underLease(world, key, async (tx) => {
      await tx.insertImported(rows);
      throw new Error('on purpose');
    });
    await expect(failing).rejects.toThrow('on purpose');
    // Events come in the order of their commits: when this one is heard, all from before it were.
    const marker = 'a marker';
    await notify(world.db.kysely, { type: 'settings', workspaceId: marker });
    await ear.hears((what) => what !== 'gap' && what.workspaceId === marker);
    ear.heard.length = 0;
    await underLease(world, key, async (tx) => {
      await tx.insertImported(rows);
      await tx.saveConnection({ import: null });
    });
    await putTemplate(world.db, actor, 'last', LATER);
    await ear.hears((what) => what !== 'gap' && what.type === 'settings');
    expect(ear.heard).toEqual([
      {
        type: 'tasks',
        workspaceId: actor.workspaceId,
        userIds: [actor.userId],
        taskIds: expect.arrayContaining(rows.map((row) => row.link.taskId)),
      },
      { type: 'sync', workspaceId: actor.workspaceId, userIds: [actor.userId] },
      { type: 'settings', workspaceId: actor.workspaceId },
    ]);
  });

  it('text of somebody else on the channel is passed over', async () => {
    ear.heard.length = 0;
    await world.db.pool.query(`notify tandem_events, 'hello'`);
    await putTemplate(world.db, actor, 'after hello', LATER);
    await ear.hears((what) => what !== 'gap' && what.type === 'settings');
    expect(ear.heard).toHaveLength(1);
  });

  it('a lost connection comes back by itself and says that something may be missing', async () => {
    ear.heard.length = 0;
    await world.db.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and query = 'listen tandem_events'`,
    );
    await ear.hears((what) => what === 'gap');
    await putTemplate(world.db, actor, 'after the gap', LATER);
    await ear.hears((what) => what !== 'gap' && what.type === 'settings');
  });
});
