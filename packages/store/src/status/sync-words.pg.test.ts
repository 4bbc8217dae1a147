import type { Link } from '@tandem/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../actor.ts';
import { disconnect } from '../connections/connections.ts';
import { switchOff } from '../connections/switch.ts';
import { createTasks } from '../tasks/create-tasks.ts';
import { listTasks } from '../tasks/list-tasks.ts';
import { getTask } from '../tasks/read-tasks.ts';
import { trashTask } from '../tasks/trash.ts';
import {
  type Connected,
  imported,
  LATER,
  NOON,
  newTask,
  openWorld,
  salesforceTask,
  underLease,
  type World,
} from '../test-world.ts';
import { listProblems } from './problems.ts';

const parked = (code: string): NonNullable<Link['parked']> => ({
  code,
  message: 'Salesforce says so',
  fields: [],
  since: NOON,
  retryAt: null,
  attempts: 1,
});

const INTENT = {
  requestId: 'r',
  kind: 'update',
  sentAt: NOON,
  expectedRevision: null,
  fields: {},
} as const;

const SAYS = 'Salesforce says so';

/** B9.3: what is seen of a link, and the words for it. */
const CASES: readonly [string, Partial<Link>, boolean, object][] = [
  ['nothing to do', {}, false, { state: 'in_step', reason: null, message: null, problem: null }],
  ['something to plan', {}, true, { state: 'sending', reason: null }],
  ['a request in doubt', { intents: [INTENT] }, false, { state: 'sending', reason: null }],
  [
    'not seen there any more',
    { sf: { kind: 'missing', seenAt: NOON } },
    false,
    { state: 'sending' },
  ],
  [
    'nobody’s move',
    { parked: { ...parked('UNABLE_TO_LOCK_ROW'), retryAt: LATER } },
    false,
    {
      state: 'waiting',
      reason: 'UNABLE_TO_LOCK_ROW',
      message: SAYS,
      problem: { class: 'intermittent', since: NOON, retryAt: LATER, isTrying: false },
    },
  ],
  [
    'the user’s move',
    { parked: parked('FIELD_CUSTOM_VALIDATION_EXCEPTION') },
    true,
    {
      state: 'needs_you',
      reason: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      message: SAYS,
      problem: { class: 'access', since: NOON, retryAt: null, isTrying: true },
    },
  ],
  [
    'the admin’s move',
    { parked: parked('INSUFFICIENT_ACCESS_OR_READONLY') },
    false,
    { state: 'needs_admin', reason: 'INSUFFICIENT_ACCESS_OR_READONLY' },
  ],
  [
    'a code nobody has seen yet',
    { parked: parked('BRAND_NEW_CODE') },
    false,
    { state: 'needs_admin', reason: 'BRAND_NEW_CODE' },
  ],
  ['left', { state: 'left' }, false, { state: 'not_synced', reason: 'reassigned_in_salesforce' }],
  ['gone', { state: 'gone' }, true, { state: 'not_synced', reason: 'no_longer_in_salesforce' }],
];

describe('the words of a sync state (B9.3, H3)', () => {
  let world: World;
  let admin: Actor;
  let actor: Actor;
  let key: Connected;
  let number = 0;

  beforeAll(async () => {
    world = await openWorld();
    admin = await world.workspace();
    actor = await world.member(admin, 'rep');
    key = await world.connect(actor);
  });
  afterAll(() => world.close());

  async function linked(change: Partial<Link> = {}, dirty = false): Promise<string> {
    number += 1;
    const row = imported(salesforceTask(number, key.salesforceUserId), actor.userId);
    await underLease(world, key, async (tx) => {
      await tx.insertImported([row]);
      const link = { ...row.link, ...change };
      await tx.saveLinks([{ link, dirty, task: { kind: 'none' }, journal: [] }]);
    });
    return row.link.taskId;
  }

  const wordOf = async (id: string) => (await getTask(world.db, actor, id))?.sync;

  it.each(CASES)('%s', async (_, change, dirty, words) => {
    const id = await linked(change, dirty);
    const sync = await wordOf(id);
    expect(sync).toMatchObject(words);
    const state = sync?.state ?? 'in_step';
    const page = await listTasks(world.db, actor, { sort: 'name', limit: 500, syncState: state });
    expect(page.tasks.map((task) => task.id)).toContain(id);
    expect(page.tasks.every((task) => task.sync.state === state)).toBe(true);
  });

  it('B11.1 a parked task names itself as the list of problems does', async () => {
    const id = await linked({ parked: parked('ENTITY_IS_LOCKED') });
    const { problems } = await listProblems(world.db, actor, { limit: 500 });
    const listed = problems.find(({ taskId }) => taskId === id);
    expect(listed).toBeDefined();
    expect((await wordOf(id))?.problem?.id).toBe(listed?.id);
  });

  it('B8.3 a task reassigned to a stranger leaves the list, unless it is asked for', async () => {
    const id = await linked({ state: 'left' });
    const ids = async (reassigned: 'hide' | 'show') =>
      (await listTasks(world.db, actor, { sort: 'name', limit: 500, reassigned })).tasks.map(
        (task) => task.id,
      );
    expect(await ids('hide')).not.toContain(id);
    expect(await ids('show')).toContain(id);
  });

  it('a task without a link says why: not connected, off, older than the switch-on, in Trash', async () => {
    const other = await world.member(admin, 'rep');
    const [task] = await createTasks(world.db, other, [newTask(other)], NOON);
    const reason = async () => (await getTask(world.db, other, task?.id ?? ''))?.sync;
    expect(await reason()).toMatchObject({ state: 'not_synced', reason: 'not_connected' });
    await world.connect(other, { on: false });
    expect(await reason()).toMatchObject({ state: 'not_synced', reason: 'sync_off' });
    await world.connect(other);
    expect(await reason()).toMatchObject({ state: 'not_synced', reason: 'created_before_sync' });
    await trashTask(world.db, other, task?.id ?? '', LATER);
    expect(await reason()).toMatchObject({ state: 'not_synced', reason: 'in_trash' });
  });

  it('B7.1 B11.8 what stops a whole connection is said of each of its tasks, and passes', async () => {
    const step = await linked();
    const waits = await linked({ parked: parked('TIMEOUT') });
    await underLease(world, key, (tx) => tx.saveConnection({ status: 'needs_sign_in' }));
    const signIn = { state: 'needs_you', reason: 'sign_in_again' };
    expect(await wordOf(step)).toMatchObject(signIn);
    expect(await wordOf(waits)).toMatchObject(signIn);
    await switchOff(world.db, actor, LATER);
    expect(await wordOf(step)).toMatchObject({ state: 'not_synced', reason: 'sync_off' });
    await disconnect(world.db, actor, LATER);
    expect(await wordOf(step)).toMatchObject({ state: 'not_synced', reason: 'not_connected' });
  });
});
