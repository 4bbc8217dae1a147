import type { Intent, Link } from '@tandem/engine';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Actor } from '../actor.ts';
import { taskHistory } from '../journal/history.ts';
import { patchTask } from '../tasks/patch-tasks.ts';
import { getTask } from '../tasks/read-tasks.ts';
import { trashTask } from '../tasks/trash.ts';
import {
  type Connected,
  imported,
  LATER,
  NOON,
  openWorld,
  recordId,
  underLease,
  type World,
} from '../test-world.ts';
import type { LinkedTask } from './port.ts';
import { type TestLinks, testLinks } from './test-links.ts';

/** Measured 50, however busy the machine is; a row at a time would be thousands. */
const BATCH_STATEMENTS_MAX = 100;

const INTENT: Intent = {
  requestId: '5f0c7f9e-0000-4000-8000-000000000001',
  kind: 'update',
  sentAt: '2026-11-24T11:59:59.123Z',
  expectedRevision: '2026-11-23T08:00:00.000Z',
  fields: { status: { from: 'In Progress', to: 'Completed', app: 'complete' } },
};

describe('links', () => {
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

  it('an imported task is a task with link and history, as it was decided', async () => {
    const row = await desk.importOne();
    expect(await desk.load(row.link.id)).toEqual({
      link: row.link,
      app: { kind: 'live', values: row.values, editedAt: {}, revision: 1 },
      context: row.context,
      soleLink: true,
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
    const { link } = await desk.importOne();
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
    await desk.save(saved);
    expect((await desk.load(link.id)).link).toEqual(saved);
    await desk.save(link);
    expect((await desk.load(link.id)).link).toEqual(link);
  });

  it('the engine’s patch changes what it names, and is no edit of a person’s', async () => {
    const { link } = await desk.importOne();
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
    await desk.save(link, { task: { kind: 'patch', values }, journal }, LATER);
    const { app } = await desk.load(link.id);
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
    await desk.save(link, { task: { kind: 'patch', values: { person: null, status: 'open' } } });
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
    const { link } = await desk.importOne();
    await desk.save(link, { task: { kind: 'trash' } }, LATER);
    expect((await desk.load(link.id)).app).toMatchObject({ kind: 'trashed', bySync: true });
    await desk.save(link, { task: { kind: 'restore', values: { name: 'back' } } });
    expect((await desk.load(link.id)).app).toMatchObject({
      kind: 'live',
      values: { name: 'back' },
    });
    await trashTask(world.db, actor, link.taskId, LATER);
    await desk.save(link, { task: { kind: 'trash' } });
    expect((await desk.load(link.id)).app).toMatchObject({ kind: 'trashed', bySync: false });
  });

  it('links are found by record, by key and by id; what is unknown is absent', async () => {
    const [one, two] = [await desk.importOne(), await desk.importOne()];
    await underLease(world, key, async (tx) => {
      const idsOf = (found: readonly LinkedTask[]) => found.map(({ link }) => link.id).sort();
      const both = [one.link.id, two.link.id].sort();
      const records = [one, two].flatMap(({ link }) => link.salesforceId ?? []);
      expect(idsOf(await tx.linksBySalesforceId([...records, recordId('00T', 99)]))).toEqual(both);
      const keys = [one.link.creationKey, two.link.creationKey, 'unknown'];
      expect(idsOf(await tx.linksByCreationKey(keys))).toEqual(both);
      expect(idsOf(await tx.linksById([...both, 'nonsense', crypto.randomUUID()]))).toEqual(both);
      expect(await tx.linksById([])).toEqual([]);
      expect(await tx.linksBySalesforceId([])).toEqual([]);
      expect(await tx.linksByCreationKey([])).toEqual([]);
    });
  });

  it('I3 a second link for a record is not made, and the rest of the batch is', async () => {
    const known = await desk.importOne();
    const again = imported(
      { ...desk.nextRecord(), Id: known.link.salesforceId ?? '' },
      actor.userId,
    );
    const fresh = imported(desk.nextRecord(), actor.userId);
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
    const other = await world.member(desk.admin, 'rep');
    const otherKey = await world.connect(other);
    const records = Array.from({ length: 60 }, () => {
      return desk.nextRecord();
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
    const [one, two] = [await desk.importOne(), await desk.importOne()];
    const stolen = { ...two.link, salesforceId: one.link.salesforceId };
    await expect(desk.save(stolen)).rejects.toMatchObject({
      name: 'ValueRefused',
      cause: { constraint: 'links_one_per_record' },
    });
    expect((await desk.load(two.link.id)).link).toEqual(two.link);
  });

  it('a link that does not exist cannot be saved', async () => {
    const { link } = await desk.importOne();
    await expect(desk.save({ ...link, id: crypto.randomUUID() })).rejects.toThrow('do not exist');
  });

  it('2,000 rows go in and are saved in one transaction, in few statements', async () => {
    const rows = Array.from({ length: 2_000 }, () => {
      const text = 'Some words about it. '.repeat(20);
      const record = desk.nextRecord({ Description: text });
      return imported(record, actor.userId);
    });
    const statements = vi.spyOn(pg.Client.prototype, 'query');
    onTestFinished(() => statements.mockRestore());
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
    expect(statements.mock.calls.length).toBeLessThan(BATCH_STATEMENTS_MAX);
    const links = await underLease(world, key, (tx) => tx.dirtyLinks(5_000, LATER));
    expect(links.length).toBe(2_000);
  });
});
