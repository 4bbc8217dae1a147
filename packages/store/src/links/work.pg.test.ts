import { type Intent, LANDING_WINDOW_MS, type Link, shift } from '@tandem/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../actor.ts';
import { disconnect } from '../connections/connections.ts';
import { patchTask } from '../tasks/patch-tasks.ts';
import {
  type Connected,
  jobsOf,
  LATER,
  mustLease,
  NOON,
  openWorld,
  recordId,
  underLease,
  type World,
} from '../test-world.ts';
import { type TestLinks, testLinks } from './test-links.ts';

const INTENT: Intent = {
  requestId: '5f0c7f9e-0000-4000-8000-000000000001',
  kind: 'create',
  sentAt: '2026-11-24T11:59:59.123Z',
  expectedRevision: null,
  fields: {},
};

describe('what a pass finds to do, and what it leaves', () => {
  let world: World;
  let actor: Actor;
  let key: Connected;
  let desk: TestLinks;

  beforeAll(async () => {
    world = await openWorld();
    desk = await testLinks(world);
    ({ actor, key } = desk);
  });
  afterAll(() => world.close());

  it('dirty links come oldest first, retries when they are due, and both stop at the limit', async () => {
    const [a, b, c, d] = [
      await desk.importOne(),
      await desk.importOne(),
      await desk.importOne(),
      await desk.importOne(),
    ];
    const parked = { code: 'TIMEOUT', message: '', fields: [], since: NOON, attempts: 1 };
    await desk.save(b.link, { dirty: true }, '2026-11-24T12:00:01.000Z');
    await desk.save(a.link, { dirty: true }, '2026-11-24T12:00:02.000Z');
    await desk.save({ ...c.link, parked: { ...parked, retryAt: LATER } });
    await desk.save({ ...d.link, parked: { ...parked, retryAt: null } });
    const work = (limit: number, now: string) =>
      underLease(world, key, async (tx) =>
        (await tx.dirtyLinks(limit, now)).map(({ link }) => link.id),
      );
    expect(await work(10, NOON)).toEqual([b.link.id, a.link.id]);
    expect(await work(10, LATER)).toEqual([b.link.id, a.link.id, c.link.id]);
    expect(await work(1, LATER)).toEqual([b.link.id]);
    await desk.save(b.link);
    expect(await work(10, NOON)).toEqual([a.link.id]);
  });

  it('R10 links whose request nobody knows the outcome of are found by its age', async () => {
    const { link } = await desk.importOne();
    await desk.save({ ...link, intents: [{ ...INTENT, kind: 'update' }] });
    const unresolved = (before: string) =>
      underLease(world, key, async (tx) =>
        (await tx.unresolvedLinks(before, 10)).map((found) => found.link.id),
      );
    expect(await unresolved(INTENT.sentAt)).toEqual([link.id]);
    expect(await unresolved('2026-11-24T11:59:59.122Z')).toEqual([]);
  });

  it('R11 a create whose record is there already is found only when it can land no more', async () => {
    const { link } = await desk.importOne();
    await desk.save({ ...link, intents: [{ ...INTENT, kind: 'create' }] });
    const unresolved = (before: string) =>
      underLease(world, key, async (tx) =>
        (await tx.unresolvedLinks(before, 10)).map((found) => found.link.id),
      );
    const end = shift(INTENT.sentAt, LANDING_WINDOW_MS);
    expect(await unresolved(shift(end, -1))).not.toContain(link.id);
    expect(await unresolved(end)).toContain(link.id);
  });

  it('R11 an update whose values have shown is found only when it can land no more, another at once', async () => {
    const { link } = await desk.importOne();
    const details = (from: string): Intent['fields'] => ({ details: { from, to: 'b', app: 'b' } });
    const found = async (fields: Intent['fields'], before: string) => {
      await desk.save({ ...link, intents: [{ ...INTENT, kind: 'update', fields }] });
      const work = await underLease(world, key, (tx) => tx.unresolvedLinks(before, 10));
      return work.some((one) => one.link.id === link.id);
    };
    const end = shift(INTENT.sentAt, LANDING_WINDOW_MS);
    expect(await found(details('a'), shift(end, -1))).toBe(true);
    expect(await found(details('b'), shift(end, -1))).toBe(false);
    expect(await found(details('b'), end)).toBe(true);
  });

  it('R6 R11 an update that can land no more is not found while its link is to be planned', async () => {
    const { link } = await desk.importOne();
    const details = { from: 'b', to: 'b', app: 'b' };
    const shown: Link = { ...link, intents: [{ ...INTENT, kind: 'update', fields: { details } }] };
    const end = shift(INTENT.sentAt, LANDING_WINDOW_MS);
    const found = async (dirty: boolean) => {
      await desk.save(shown, { dirty });
      const work = await underLease(world, key, (tx) => tx.unresolvedLinks(end, 10));
      return work.some((one) => one.link.id === link.id);
    };
    expect(await found(true)).toBe(false);
    expect(await found(false)).toBe(true);
  });

  it('R10 an update of a tombstone waits for an undelete and is not found, another request when it can land no more', async () => {
    const { link } = await desk.importOne();
    const found = async (kind: Intent['kind']) => {
      await desk.save({ ...link, state: 'dead', intents: [{ ...INTENT, kind }] });
      const end = shift(INTENT.sentAt, LANDING_WINDOW_MS);
      const work = await underLease(world, key, (tx) => tx.unresolvedLinks(end, 10));
      return work.some((one) => one.link.id === link.id);
    };
    expect(await found('update')).toBe(false);
    expect(await found('delete')).toBe(true);
  });

  it('an edit waits for the transaction that has read the task, and both survive', async () => {
    const { link } = await desk.importOne();
    const store = world.syncStore();
    const lease = await mustLease(store, key);
    let edit: Promise<unknown> = Promise.resolve();
    await store.transact(lease, async (tx) => {
      const [linked] = await tx.linksById([link.id]);
      edit = patchTask(world.db, actor, link.taskId, { details: 'mine' }, LATER);
      if (linked === undefined) throw new Error('No link.');
      const values = { priority: 'high' } as const;
      const task = { kind: 'patch', values } as const;
      await tx.saveLinks([{ link: linked.link, dirty: false, task, journal: [] }]);
    });
    await edit;
    await store.releaseLease(lease, null);
    const after = await desk.load(link.id);
    expect(after.app).toMatchObject({ values: { details: 'mine', priority: 'high' } });
    const work = await underLease(world, key, (tx) => tx.dirtyLinks(100, NOON));
    expect(work.map((found) => found.link.id)).toContain(link.id);
  });

  it('people edit while passes run, and every edit and every pass counts', async () => {
    const rows = [await desk.importOne(), await desk.importOne(), await desk.importOne()];
    const edits = Array.from({ length: 30 }, (_, index) =>
      patchTask(
        world.db,
        actor,
        rows[index % 3]?.link.taskId ?? '',
        { details: `edit ${index}` },
        LATER,
      ),
    );
    const passes = async () => {
      for (let pass = 0; pass < 10; pass += 1) {
        await underLease(world, key, async (tx) => {
          const links = await tx.linksById(rows.map(({ link }) => link.id));
          await tx.saveLinks(
            links.map(({ link }) => ({
              link,
              dirty: false,
              task: { kind: 'patch', values: { name: `pass ${pass}` } },
              journal: [],
            })),
          );
        });
      }
    };
    await Promise.all([...edits, passes()]);
    for (const { link } of rows) {
      expect((await desk.load(link.id)).app.revision).toBe(1 + 10 + 10);
    }
  });

  it('records left out are remembered by name, until they are not', async () => {
    const skipped = () =>
      world.db.kysely
        .selectFrom('tandem.skipped')
        .select(['salesforce_id', 'subject', 'reason', 'at'])
        .where('connection_id', '=', key.connectionId)
        .execute();
    const id = recordId('00T', 4242);
    const row = { salesforceId: id, subject: null, reason: 'unmapped_closed_status' } as const;
    await underLease(world, key, (tx) => tx.recordSkipped([row, row]));
    await underLease(world, key, (tx) => tx.recordSkipped([{ ...row, subject: 'S' }]), LATER);
    expect(await skipped()).toEqual([
      { salesforce_id: id, subject: 'S', reason: row.reason, at: NOON },
    ]);
    await underLease(world, key, (tx) => tx.forgetSkipped([id]));
    expect(await skipped()).toEqual([]);
  });

  it('the connection keeps what it is told, and knows its policy', async () => {
    const progress = {
      state: 'done',
      windowStart: null,
      startedAt: NOON,
      found: 3,
      imported: 1,
      linked: 1,
      skipped: 1,
      cursor: 'locator-2000',
    } as const;
    await underLease(world, key, async (tx) => {
      await tx.saveConnection({});
      await tx.saveConnection({ import: progress, usage: { used: 5, max: 100 } });
      await tx.saveConnection({ watermark: NOON, lastPollAt: LATER });
    });
    const connection = await underLease(world, key, (tx) => tx.connection());
    expect(connection).toMatchObject({
      userId: actor.userId,
      orgId: key.orgId,
      salesforceUserId: key.salesforceUserId,
      status: 'on',
      import: progress,
      usage: { used: 5, max: 100 },
      watermark: NOON,
      lastPollAt: LATER,
      policy: { conflict: 'latest', subjectTemplate: '{{activity_subject}}' },
    });
    expect(connection.policy.owners.toSf[actor.userId]).toBe(key.salesforceUserId);
    expect(connection.policy.owners.toApp[key.salesforceUserId]).toBe(actor.userId);
    await underLease(world, key, (tx) => tx.saveConnection({ import: null, usage: null }));
    expect(await underLease(world, key, (tx) => tx.connection())).toMatchObject({
      import: null,
      usage: null,
    });
  });

  it('B8.3 a record that changes hands takes its link to the new owner’s connection', async () => {
    const other = await world.member(desk.admin, 'rep');
    const otherKey = await world.connect(other);
    const { link } = await desk.importOne();
    const task = {
      ...desk.nextRecord({ OwnerId: otherKey.salesforceUserId }),
      Id: link.salesforceId ?? '',
    };
    await desk.save({ ...link, sf: { kind: 'seen', task, seenAt: LATER } }, { dirty: true });
    const work = await underLease(world, otherKey, (tx) => tx.dirtyLinks(10, NOON));
    expect(work.map((found) => found.link.id)).toEqual([link.id]);
    expect(await jobsOf(world, otherKey)).toHaveLength(1);
    // To somebody who is not connected: it stays where it is.
    await disconnect(world.db, actor, LATER);
    const back = { ...task, OwnerId: key.salesforceUserId };
    await underLease(world, otherKey, (tx) =>
      tx.saveLinks([
        {
          link: { ...link, sf: { kind: 'seen', task: back, seenAt: LATER } },
          dirty: true,
          task: { kind: 'none' },
          journal: [],
        },
      ]),
    );
    expect(await underLease(world, otherKey, (tx) => tx.dirtyLinks(10, NOON))).toHaveLength(1);
  });
});
