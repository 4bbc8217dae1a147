import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../actor.ts';
import type { Brake } from '../links/port.ts';
import { syncStatus } from '../status/sync-status.ts';
import { getTask } from '../tasks/read-tasks.ts';
import { trashTask } from '../tasks/trash.ts';
import {
  type Connected,
  imported,
  jobsOf,
  LATER,
  NOON,
  openWorld,
  salesforceTask,
  underLease,
  type World,
} from '../test-world.ts';
import { answerBrake } from './answer-brake.ts';
import { getSettings, putSettings } from './settings.ts';

const MASS: Brake = {
  kind: 'mass_deletion',
  since: NOON,
  toTrash: 12,
  toDelete: 3,
  missing: 0,
  links: 40,
  allowed: null,
};
const EMPTY: Brake = { ...MASS, kind: 'empty_feed', toTrash: 0, toDelete: 0, missing: 30 };

describe('what people say to a brake', () => {
  let world: World;
  let actor: Actor;
  let key: Connected;

  beforeAll(async () => {
    world = await openWorld();
    actor = await world.workspace();
    key = await world.connect(actor);
  });
  afterAll(() => world.close());

  const set = (brake: Brake | null) =>
    underLease(world, key, (tx) => tx.saveConnection({ brake, comparison: null, import: null }));
  const connection = () => underLease(world, key, (tx) => tx.connection());
  const say = (answer: 'go_on' | 'keep', count?: number) =>
    answerBrake(world.db, actor, { answer, count }, LATER);

  beforeEach(() => set(MASS));

  it('B11.5 is asked in the status until it is answered', async () => {
    const asked = await syncStatus(world.db, actor, LATER);
    expect(asked.state).toBe('needs_answer');
    expect(asked.brake).toEqual({
      kind: 'mass_deletion',
      since: NOON,
      toTrash: 12,
      toDelete: 3,
      missing: 0,
      links: 40,
    });
    expect(await say('go_on')).toEqual({ kind: 'ok' });
    const after = await syncStatus(world.db, actor, LATER);
    expect(after).toMatchObject({ brake: null });
    expect(after.state).not.toBe('needs_answer');
  });

  it('B11.5 "go on" allows as many as were shown, and wakes the worker', async () => {
    await say('go_on');
    expect((await connection()).brake).toEqual({ ...MASS, allowed: 15 });
    expect(await jobsOf(world, key)).toHaveLength(1);
    await set(MASS);
    await say('go_on', 12);
    expect((await connection()).brake?.allowed).toBe(12);
    await set(MASS);
    await say('go_on', 1_000_000);
    expect((await connection()).brake?.allowed).toBe(15);
  });

  it('B11.5 "keep them" is kept for the next turn; the last answer counts', async () => {
    await say('go_on');
    await say('keep');
    expect((await connection()).brake).toEqual({ ...MASS, kept: true });
    await say('go_on');
    expect((await connection()).brake).toEqual({ ...MASS, allowed: 15 });
  });

  it('B11.5 I10 an empty feed is compared again, with leave to mark what is missing or without', async () => {
    await set(EMPTY);
    await say('go_on');
    expect(await connection()).toMatchObject({
      brake: { kind: 'empty_feed', allowed: 30 },
      comparison: { state: 'wanted', why: 'asked', cursor: null },
    });
    await set(EMPTY);
    await say('keep');
    expect(await connection()).toMatchObject({
      brake: null,
      comparison: { state: 'wanted', why: 'asked', cursor: null },
    });
  });

  it('B11.5 without a brake or a connection there is nothing to answer', async () => {
    await set(null);
    expect(await say('keep')).toEqual({ kind: 'no_brake' });
    const other = await world.member(actor, 'rep');
    await set(MASS);
    expect(await answerBrake(world.db, other, { answer: 'go_on' }, LATER)).toEqual({
      kind: 'not_connected',
    });
    expect((await connection()).brake).toEqual(MASS);
  });

  it('B9.3 B11.5 the tasks it is about say that they wait for an answer', async () => {
    const gone = imported(
      salesforceTask(1, key.salesforceUserId, { IsDeleted: true }),
      actor.userId,
    );
    const trashed = imported(salesforceTask(2, key.salesforceUserId), actor.userId);
    const other = imported(salesforceTask(3, key.salesforceUserId), actor.userId);
    await underLease(world, key, async (tx) => {
      await tx.insertImported([gone, trashed, other]);
      await tx.saveLinks(
        [gone, other].map(({ link }) => ({
          link,
          dirty: true,
          task: { kind: 'none' },
          journal: [],
        })),
      );
    });
    await trashTask(world.db, actor, trashed.link.taskId, LATER);
    const wordOf = async ({ link }: typeof gone) => {
      const task = await getTask(world.db, actor, link.taskId);
      return task && [task.sync.state, task.sync.reason];
    };
    const waits = ['needs_you', 'deletion_waits'];
    expect(await wordOf(gone)).toEqual(waits);
    expect(await wordOf(trashed)).toEqual(waits);
    expect(await wordOf(other)).toEqual(['sending', null]);
    await say('go_on');
    expect(await wordOf(gone)).toEqual(['sending', null]);
  });
});

describe('the calls Tandem allows itself', () => {
  let world: World;
  let actor: Actor;
  let key: Connected;

  beforeAll(async () => {
    world = await openWorld();
    actor = await world.workspace();
    key = await world.connect(actor);
  });
  afterAll(() => world.close());

  it('B11.7 the share is the org’s, and what is spent is counted over 24 hours and all its people', async () => {
    const mate = await world.member(actor, 'rep');
    const mates = await world.connect(mate);
    const yesterday = '2026-11-23T12:30:00.000Z';
    await underLease(world, key, (tx) => tx.recordCalls(100), '2026-11-23T11:59:00.000Z');
    await underLease(world, key, (tx) => tx.recordCalls(40), yesterday);
    await underLease(world, mates, (tx) => tx.recordCalls(7), '2026-11-24T11:10:00.000Z');
    await underLease(world, key, async (tx) => {
      await tx.recordCalls(5);
      await tx.saveConnection({ usage: { used: 900, max: 15_000, at: NOON } });
    });
    const settings = await putSettings(world.db, mate, { apiShare: 30 }, NOON);
    expect(settings?.apiShare).toBe(30);
    expect((await getSettings(world.db, actor))?.apiShare).toBe(30);
    const status = await syncStatus(world.db, actor, '2026-11-24T12:00:00.000Z');
    expect(status.apiUsage).toEqual({ used: 900, max: 15_000 });
    expect(status.apiBudget).toEqual({ spent: 52, allowance: 4_500, forecast: 12 * 24 });
    const { budget } = await underLease(world, key, (tx) => tx.connection());
    expect(budget.spent).toBe(52);
    expect(budget.share).toBeCloseTo(0.3);
  });
});
