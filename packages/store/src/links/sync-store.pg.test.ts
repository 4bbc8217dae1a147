import type { Intent, Link } from '@tandem/engine';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SyncStore as SyncPort } from '../../../sync/src/ports.ts';
import type { Actor } from '../actor.ts';
import { disconnect } from '../connections/connections.ts';
import { switchOff } from '../connections/switch.ts';
import { taskHistory } from '../journal/history.ts';
import { createTasks } from '../tasks/create-tasks.ts';
import { patchTask } from '../tasks/patch-tasks.ts';
import { getTask } from '../tasks/read-tasks.ts';
import { trashTask } from '../tasks/trash.ts';
import {
  type Connected,
  imported,
  jobsOf,
  LATER,
  mustLease,
  NOON,
  newTask,
  openWorld,
  recordId,
  salesforceTask,
  underLease,
  type World,
} from '../test-world.ts';
import { dueConnections } from '../wake/due.ts';
import { wakeConnection } from '../wake/wake.ts';
import type { LinkChange, LinkedTask } from './port.ts';

const INTENT: Intent = {
  requestId: '5f0c7f9e-0000-4000-8000-000000000001',
  kind: 'update',
  sentAt: '2026-11-24T11:59:59.123Z',
  expectedRevision: '2026-11-23T08:00:00.000Z',
  fields: { status: { from: 'In Progress', to: 'Completed', app: 'complete' } },
};

describe('the store as sync sees it', () => {
  let world: World;
  let admin: Actor;
  let actor: Actor;
  let key: Connected;
  let number = 0;

  beforeAll(async () => {
    world = await openWorld();
    admin = await world.workspace();
  });
  afterAll(() => world.close());

  async function freshConnection(): Promise<void> {
    actor = await world.member(admin, 'rep');
    key = await world.connect(actor);
  }

  async function importOne(change: Parameters<typeof imported>[2] = {}) {
    number += 1;
    const row = imported(salesforceTask(number, key.salesforceUserId), actor.userId, change);
    await underLease(world, key, (tx) => tx.insertImported([row]));
    return row;
  }

  function save(link: Link, change: Partial<LinkChange> = {}, at?: string): Promise<void> {
    const whole: LinkChange = {
      link,
      dirty: false,
      task: { kind: 'none' },
      journal: [],
      ...change,
    };
    return underLease(world, key, (tx) => tx.saveLinks([whole]), at);
  }

  async function load(id: string): Promise<LinkedTask> {
    const [found] = await underLease(world, key, (tx) => tx.linksById([id]));
    if (found === undefined) throw new Error('No such link.');
    return found;
  }

  it('is what sync’s port asks for', () => {
    const port: SyncPort = world.syncStore();
    expect(Object.keys(port).sort()).toEqual([
      'acquireLease',
      'releaseLease',
      'renewLease',
      'transact',
    ]);
  });

  describe('leases (R14, I9)', () => {
    beforeAll(freshConnection);

    it('of ten workers that ask at once, one gets the lease', async () => {
      const store = world.syncStore();
      const asked = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          store.acquireLease(key, `worker ${index}`, 20_000),
        ),
      );
      const got = asked.filter((lease) => lease !== null);
      expect(got).toHaveLength(1);
      expect(await store.acquireLease(key, 'late', 20_000)).toBeNull();
      if (got[0]) await store.releaseLease(got[0], null);
    });

    it('a lease that ran out passes on with a greater token, and the old one changes nothing', async () => {
      const store = world.syncStore();
      const old = await store.acquireLease(key, 'slow', -1);
      const fresh = await mustLease(store, key);
      expect(fresh.token).toBeGreaterThan(old?.token ?? 0);
      const stale = old ?? fresh;
      const write = store.transact(stale, (tx) => tx.saveConnection({ watermark: LATER }));
      await expect(write).rejects.toMatchObject({ name: 'LeaseLost' });
      await expect(store.renewLease(stale, 20_000)).rejects.toMatchObject({ name: 'LeaseLost' });
      await store.releaseLease(stale, NOON);
      const { watermark } = await store.transact(fresh, (tx) => tx.connection());
      expect(watermark).toBeNull();
      await store.renewLease(fresh, 20_000);
      await store.releaseLease(fresh, null);
      await expect(store.transact(fresh, (tx) => tx.connection())).rejects.toMatchObject({
        name: 'LeaseLost',
      });
    });

    it('nobody takes the lease while a transaction under it is open, even if its time is up', async () => {
      const store = world.syncStore();
      const lease = await store.acquireLease(key, 'slow', 0);
      if (lease === null) throw new Error('The lease is free.');
      await store.transact(lease, async (tx) => {
        expect(await store.acquireLease(key, 'other', 20_000)).toBeNull();
        await tx.saveConnection({ lastPollAt: NOON });
      });
      const next = await mustLease(store, key);
      await store.releaseLease(next, null);
    });

    it('a transaction whose work fails leaves nothing behind', async () => {
      const failing = underLease(world, key, async (tx) => {
        await tx.saveConnection({ watermark: LATER });
        throw new Error('on purpose');
      });
      await expect(failing).rejects.toThrow('on purpose');
      const { watermark } = await underLease(world, key, (tx) => tx.connection());
      expect(watermark).toBeNull();
    });

    it('an edit during a pass is not lost: giving the lease back makes its appointment', async () => {
      const store = world.syncStore();
      const lease = await mustLease(store, key);
      await createTasks(world.db, actor, [newTask(actor)], NOON);
      await store.releaseLease(lease, '2099-01-01T00:00:00.000Z');
      const [job] = await jobsOf(world, key);
      expect(Date.parse(job?.runAt ?? '')).toBeLessThan(Date.parse('2098-01-01'));
    });

    it('without one, the worker’s own wish is the appointment', async () => {
      const store = world.syncStore();
      await store.releaseLease(await mustLease(store, key), '2099-01-01T00:00:00.000Z');
      expect((await jobsOf(world, key)).map((job) => job.runAt)).toEqual([
        '2099-01-01T00:00:00.000Z',
      ]);
      await wakeConnection(world.db, key);
      const [job] = await jobsOf(world, key);
      expect(Date.parse(job?.runAt ?? '')).toBeLessThan(Date.parse('2098-01-01'));
    });

    it('a connection whose job or worker died is due, one that is worked on or off is not', async () => {
      const store = world.syncStore();
      const isDue = async () => {
        const { rows } = await world.db.pool.query<{ now: string }>(
          `select now() + interval '1 minute' as now`,
        );
        const due = await dueConnections(world.db, rows[0]?.now ?? '');
        return due.some((each) => each.connectionId === key.connectionId);
      };
      await wakeConnection(world.db, key);
      expect(await isDue()).toBe(true);
      const working = await store.acquireLease(key, 'alive', 3_600_000);
      expect(await isDue()).toBe(false);
      if (working) await store.releaseLease(working, null);
      expect(await isDue()).toBe(false);
      await store.acquireLease(key, 'killed', 1);
      expect(await isDue()).toBe(true);
      await switchOff(world.db, actor, LATER);
      expect(await isDue()).toBe(false);
    });
  });

  describe('links', () => {
    beforeAll(freshConnection);

    it('an imported task is a task with link and history, as it was decided', async () => {
      const row = await importOne();
      expect(await load(row.link.id)).toEqual({
        link: row.link,
        app: { kind: 'live', values: row.values, editedAt: {}, revision: 1 },
        context: row.context,
      });
      expect(await getTask(world.db, actor, row.link.taskId)).toMatchObject({
        origin: 'sf',
        createdBy: null,
        createdAt: row.createdAt,
        sync: {
          state: 'in_step',
          salesforceId: row.link.salesforceId,
          salesforceStatus: 'In Progress',
          salesforcePriority: 'Low',
          lastSyncedAt: NOON,
        },
      });
      const history = await taskHistory(world.db, actor, row.link.taskId);
      expect(history?.entries).toMatchObject([
        { kind: 'imported', side: 'sf', actor: key.salesforceUserId, rule: 'B6.4' },
      ]);
    });

    it('a link comes back as it was saved, intents in order and all', async () => {
      const { link } = await importOne();
      const saved: Link = {
        ...link,
        intents: [INTENT, { ...INTENT, requestId: 'another', kind: 'delete', fields: {} }],
        parked: {
          code: 'UNABLE_TO_LOCK_ROW',
          message: 'try "later"',
          fields: ['Status'],
          since: NOON,
          retryAt: LATER,
          attempts: 3,
        },
        sf: { kind: 'missing', seenAt: LATER },
        formerOpenStatus: null,
        state: 'gone',
      };
      await save(saved);
      expect((await load(link.id)).link).toEqual(saved);
      await save(link);
      expect((await load(link.id)).link).toEqual(link);
    });

    it('the engine’s patch changes what it names, and is no edit of a person’s', async () => {
      const { link } = await importOne();
      await patchTask(world.db, actor, link.taskId, { details: 'mine' }, NOON);
      const person = { id: recordId('003', 5), type: 'Contact', name: 'Runa' };
      const values = { status: 'complete', dueDate: null, person } as const;
      const journal = [
        { kind: 'pulled', field: 'status', side: 'sf', from: 'open', to: 'complete', rule: 'B3.1' },
        {
          kind: 'conflict',
          field: 'dueDate',
          side: 'engine',
          from: '2026-11-25',
          to: null,
          lost: null,
          rule: 'B10.2',
        },
      ] as const;
      await save(link, { task: { kind: 'patch', values }, journal }, LATER);
      const { app } = await load(link.id);
      expect(app).toMatchObject({
        kind: 'live',
        values: { ...values, details: 'mine', name: link.base?.name.app },
        editedAt: { details: NOON },
        revision: 3,
      });
      expect(await getTask(world.db, actor, link.taskId)).toMatchObject({
        completedAt: LATER,
        updatedAt: LATER,
      });
      await save(link, { task: { kind: 'patch', values: { person: null, status: 'open' } } });
      expect(await getTask(world.db, actor, link.taskId)).toMatchObject({
        person: null,
        completedAt: null,
      });
      const history = await taskHistory(world.db, actor, link.taskId);
      expect(history?.entries.slice(0, 2)).toMatchObject([
        { kind: 'conflict', hasLost: true, lost: null, actor: null },
        { kind: 'pulled', hasLost: false, actor: key.salesforceUserId },
      ]);
    });

    it('what the engine puts into Trash says so, and comes back with its values', async () => {
      const { link } = await importOne();
      await save(link, { task: { kind: 'trash' } }, LATER);
      expect((await load(link.id)).app).toMatchObject({ kind: 'trashed', bySync: true });
      await save(link, { task: { kind: 'restore', values: { name: 'back' } } });
      expect((await load(link.id)).app).toMatchObject({ kind: 'live', values: { name: 'back' } });
      await trashTask(world.db, actor, link.taskId, LATER);
      await save(link, { task: { kind: 'trash' } });
      expect((await load(link.id)).app).toMatchObject({ kind: 'trashed', bySync: false });
    });

    it('links are found by record, by key and by id; what is unknown is absent', async () => {
      const [one, two] = [await importOne(), await importOne()];
      await underLease(world, key, async (tx) => {
        const idsOf = (found: readonly LinkedTask[]) => found.map(({ link }) => link.id).sort();
        const both = [one.link.id, two.link.id].sort();
        const records = [one, two].flatMap(({ link }) => link.salesforceId ?? []);
        expect(idsOf(await tx.linksBySalesforceId([...records, recordId('00T', 99)]))).toEqual(
          both,
        );
        const keys = [one.link.creationKey, two.link.creationKey, 'unknown'];
        expect(idsOf(await tx.linksByCreationKey(keys))).toEqual(both);
        expect(idsOf(await tx.linksById([...both, 'nonsense', crypto.randomUUID()]))).toEqual(both);
        expect(await tx.linksById([])).toEqual([]);
        expect(await tx.linksBySalesforceId([])).toEqual([]);
        expect(await tx.linksByCreationKey([])).toEqual([]);
      });
    });

    it('I3 a second link for a record is not made, and the rest of the batch is', async () => {
      const known = await importOne();
      const again = imported(
        { ...salesforceTask(number, key.salesforceUserId), Subject: 'again' },
        actor.userId,
      );
      number += 1;
      const fresh = imported(salesforceTask(number, key.salesforceUserId), actor.userId);
      await underLease(world, key, (tx) => tx.insertImported([again, fresh]));
      await underLease(world, key, async (tx) => {
        const record = known.link.salesforceId ?? '';
        expect((await tx.linksBySalesforceId([record])).map(({ link }) => link.id)).toEqual([
          known.link.id,
        ]);
        expect(await tx.linksById([fresh.link.id])).toHaveLength(1);
      });
      expect(await getTask(world.db, actor, again.link.taskId)).toBeNull();
    });

    it('I3 two connections of one org that import the same records at once make each once', async () => {
      const other = await world.member(admin, 'rep');
      const otherKey = await world.connect(other);
      const records = Array.from({ length: 60 }, () => {
        number += 1;
        return salesforceTask(number, key.salesforceUserId);
      });
      const mine = records.map((record) => imported(record, actor.userId));
      const theirs = [...records].reverse().map((record) => imported(record, actor.userId));
      await Promise.all([
        underLease(world, key, (tx) => tx.insertImported(mine)),
        underLease(world, otherKey, (tx) => tx.insertImported(theirs)),
      ]);
      const { rows } = await world.db.pool.query(
        `select count(*) as links, count(t.task_id) as tasks from tandem.links l
         left join tandem.tasks t using (workspace_id, task_id) where l.salesforce_id = any($1)`,
        [records.map((record) => record.Id)],
      );
      expect(rows).toEqual([{ links: 60, tasks: 60 }]);
    });

    it('I3 binding a link to a record that has one already fails, and nothing is written', async () => {
      const [one, two] = [await importOne(), await importOne()];
      const stolen = { ...two.link, salesforceId: one.link.salesforceId };
      await expect(save(stolen)).rejects.toMatchObject({ constraint: 'links_one_per_record' });
      expect((await load(two.link.id)).link).toEqual(two.link);
    });

    it('a link that does not exist cannot be saved', async () => {
      const { link } = await importOne();
      await expect(save({ ...link, id: crypto.randomUUID() })).rejects.toThrow('do not exist');
    });

    it('2,000 rows go in and are saved in a second or two', async () => {
      const rows = Array.from({ length: 2_000 }, () => {
        number += 1;
        const text = 'Some words about it. '.repeat(20);
        const record = salesforceTask(number, key.salesforceUserId, { Description: text });
        return imported(record, actor.userId);
      });
      const start = performance.now();
      await underLease(world, key, async (tx) => {
        await tx.insertImported(rows);
        await tx.saveLinks(
          rows.map(({ link }) => ({
            link: { ...link, intents: [{ ...INTENT, requestId: link.id }] },
            dirty: true,
            task: { kind: 'patch', values: { name: 'renamed' } },
            journal: [],
          })),
        );
      });
      expect(performance.now() - start).toBeLessThan(5_000);
      const links = await underLease(world, key, (tx) => tx.dirtyLinks(5_000, LATER));
      expect(links.length).toBe(2_000);
    });
  });

  describe('work', () => {
    beforeAll(freshConnection);

    it('dirty links come oldest first, retries when they are due, and both stop at the limit', async () => {
      const [a, b, c, d] = [
        await importOne(),
        await importOne(),
        await importOne(),
        await importOne(),
      ];
      const parked = { code: 'TIMEOUT', message: '', fields: [], since: NOON, attempts: 1 };
      await save(b.link, { dirty: true }, '2026-11-24T12:00:01.000Z');
      await save(a.link, { dirty: true }, '2026-11-24T12:00:02.000Z');
      await save({ ...c.link, parked: { ...parked, retryAt: LATER } });
      await save({ ...d.link, parked: { ...parked, retryAt: null } });
      const work = (limit: number, now: string) =>
        underLease(world, key, async (tx) =>
          (await tx.dirtyLinks(limit, now)).map(({ link }) => link.id),
        );
      expect(await work(10, NOON)).toEqual([b.link.id, a.link.id]);
      expect(await work(10, LATER)).toEqual([b.link.id, a.link.id, c.link.id]);
      expect(await work(1, LATER)).toEqual([b.link.id]);
      await save(b.link);
      expect(await work(10, NOON)).toEqual([a.link.id]);
    });

    it('R10 links whose request nobody knows the outcome of are found by its age', async () => {
      const { link } = await importOne();
      await save({ ...link, intents: [INTENT] });
      const unresolved = (before: string) =>
        underLease(world, key, async (tx) =>
          (await tx.unresolvedLinks(before, 10)).map((found) => found.link.id),
        );
      expect(await unresolved(INTENT.sentAt)).toEqual([link.id]);
      expect(await unresolved('2026-11-24T11:59:59.122Z')).toEqual([]);
    });

    it('an edit waits for the transaction that has read the task, and both survive', async () => {
      const { link } = await importOne();
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
      const after = await load(link.id);
      expect(after.app).toMatchObject({ values: { details: 'mine', priority: 'high' } });
      const work = await underLease(world, key, (tx) => tx.dirtyLinks(100, NOON));
      expect(work.map((found) => found.link.id)).toContain(link.id);
    });

    it('people edit while passes run, and every edit and every pass counts', async () => {
      const rows = [await importOne(), await importOne(), await importOne()];
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
        expect((await load(link.id)).app.revision).toBe(1 + 10 + 10);
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
      const other = await world.member(admin, 'rep');
      const otherKey = await world.connect(other);
      const { link } = await importOne();
      number += 1;
      const task = {
        ...salesforceTask(number, otherKey.salesforceUserId),
        Id: link.salesforceId ?? '',
      };
      await save({ ...link, sf: { kind: 'seen', task, seenAt: LATER } }, { dirty: true });
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
});
