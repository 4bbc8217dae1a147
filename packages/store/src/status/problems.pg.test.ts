import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../actor.ts';
import {
  type Connected,
  imported,
  jobsOf,
  LATER,
  NOON,
  openWorld,
  recordId,
  salesforceTask,
  underLease,
  type World,
} from '../test-world.ts';
import { changeCause, changeProblems } from './change-problems.ts';
import { listProblems, problemCauses } from './problems.ts';
import { syncStatus } from './sync-status.ts';

const PARKED = {
  code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
  message: 'Due dates are never on Sundays',
  fields: ['ActivityDate'],
  since: NOON,
  retryAt: null,
  attempts: 1,
};

describe('problems (B11.3)', () => {
  let world: World;
  let admin: Actor;
  let actor: Actor;
  let key: Connected;
  let rows: ReturnType<typeof imported>[];

  beforeAll(async () => {
    world = await openWorld();
    admin = await world.workspace();
    actor = await world.member(admin, 'rep');
    key = await world.connect(actor);
    rows = Array.from({ length: 150 }, (_, index) =>
      imported(salesforceTask(index + 1, key.salesforceUserId), actor.userId),
    );
    await underLease(world, key, async (tx) => {
      await tx.insertImported(rows);
      await tx.saveLinks(rows.map((row) => parkedAs(row, PARKED)));
      await tx.recordSkipped([
        {
          salesforceId: recordId('00T', 900),
          subject: 'Left out',
          reason: 'unmapped_closed_status',
        },
      ]);
    });
  });
  afterAll(() => world.close());

  const parkedAs = (row: ReturnType<typeof imported> | undefined, parked: typeof PARKED | null) => {
    if (row === undefined) throw new Error('No such row.');
    const link = { ...row.link, parked };
    return { link, dirty: false, task: { kind: 'none' }, journal: [] } as const;
  };

  async function every(who: Actor) {
    const found = [];
    let cursor: string | undefined;
    do {
      const page = await listProblems(world.db, who, { cursor });
      found.push(...page.problems);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return found;
  }

  const change = (who: Actor, action: 'retry' | 'ignore' | 'put_back', ...ids: string[]) =>
    changeProblems(world.db, who, action, ids, LATER);

  it('lists every parked and every skipped task once, by name and whose move it is', async () => {
    const found = await every(actor);
    expect(new Set(found.map((problem) => problem.id)).size).toBe(151);
    expect(found.find((problem) => problem.kind === 'parked')).toMatchObject({
      code: PARKED.code,
      class: 'access',
      whoseMove: 'user',
      message: PARKED.message,
      since: NOON,
      name: expect.stringMatching(/^Record /),
    });
    expect(found.find((problem) => problem.kind === 'skipped')).toMatchObject({
      name: 'Left out',
      code: 'unmapped_closed_status',
      class: 'skipped',
      taskId: null,
      salesforceId: recordId('00T', 900),
    });
    const bad = listProblems(world.db, actor, { cursor: 'nonsense' });
    await expect(bad).rejects.toMatchObject({ field: 'cursor' });
  });

  it('a rep sees own ones only, an admin those of the team', async () => {
    const other = await world.member(admin, 'rep');
    expect(await every(other)).toEqual([]);
    expect(await every(admin)).toHaveLength(150);
    const id = `link:${rows[0]?.link.id}`;
    expect(await change(other, 'retry', id)).toEqual([]);
    expect(await change(other, 'ignore', id)).toEqual([]);
    expect(await change(admin, 'retry', id)).toEqual([id]);
  });

  it('"Retry" puts the task to work at once', async () => {
    await underLease(world, key, (tx) => tx.saveLinks([parkedAs(rows[1], PARKED)]));
    await world.db.pool.query('delete from graphile_worker._private_jobs');
    const id = `link:${rows[1]?.link.id}`;
    expect(await change(actor, 'retry', id)).toEqual([id]);
    const work = await jobsOf(world, key);
    expect(work).toHaveLength(1);
    const dirty = await underLease(world, key, (tx) => tx.dirtyLinks(10, LATER));
    expect(dirty.map(({ link }) => link.id)).toContain(rows[1]?.link.id);
  });

  it('"Ignore" takes it off the list until something else is wrong', async () => {
    const row = rows[2];
    const before = await syncStatus(world.db, actor, LATER);
    const [link, skip] = [
      `link:${row?.link.id}`,
      `skip:${key.connectionId}:${recordId('00T', 900)}`,
    ];
    expect(await change(actor, 'ignore', link, skip)).toEqual([link, skip]);
    const ids = async () => (await every(actor)).map((problem) => problem.id);
    expect(await ids()).not.toContain(link);
    expect(await ids()).not.toContain(skip);
    expect((await syncStatus(world.db, actor, LATER)).needsAttention).toBe(
      before.needsAttention - 1,
    );
    await underLease(world, key, (tx) => tx.saveLinks([parkedAs(row, PARKED)]));
    expect(await ids()).not.toContain(link);
    const other = { ...PARKED, code: 'STRING_TOO_LONG' };
    await underLease(world, key, (tx) => tx.saveLinks([parkedAs(row, other)]));
    expect(await ids()).toContain(link);
  });

  it('what is no problem, or not any more, is not found', async () => {
    await underLease(world, key, (tx) => tx.saveLinks([parkedAs(rows[3], null)]));
    const gone = `link:${rows[3]?.link.id}`;
    for (const id of [
      gone,
      '',
      'link:',
      'link:x',
      'skip:x:y',
      `skip:${'-'.repeat(36)}:${recordId('00T', 1)}`,
    ]) {
      expect(await change(actor, 'retry', id)).toEqual([]);
      expect(await change(actor, 'ignore', id)).toEqual([]);
    }
  });

  it('B11.6 the status counts what is linked, what waits and since when', async () => {
    const status = await syncStatus(world.db, actor, LATER);
    expect(status).toMatchObject({ state: 'importing', linked: 150, oldestUnsentAt: LATER });
    expect(status.unsent).toBe(2);
    expect(await syncStatus(world.db, admin, LATER)).toMatchObject({ state: 'off', linked: 0 });
  });

  it('B11.3 counts everything by cause, and for each reader what waits for that reader', async () => {
    const own = await problemCauses(world.db, actor);
    expect(own.causes[0]).toMatchObject({ kind: 'parked', class: 'access', whoseMove: 'user' });
    const counted = own.causes.reduce((sum, { count }) => sum + count, 0);
    expect(counted).toBe((await every(actor)).length);
    expect(own.toAct).toBe(counted);
    // The admin sees them; they are the rep's to mend.
    expect(await problemCauses(world.db, admin)).toMatchObject({ toAct: 0 });
    const byAdmin = { ...PARKED, code: 'INVALID_TYPE', message: 'sObject type Task' };
    await underLease(world, key, (tx) => tx.saveLinks([parkedAs(rows[5], byAdmin)]));
    expect((await problemCauses(world.db, admin)).toAct).toBe(1);
    expect((await problemCauses(world.db, actor)).toAct).toBe(counted - 1);
  });

  it('B11.1 codes that mean two things are two causes, told apart where the rows are', async () => {
    const limit = (message: string) => ({ ...PARKED, code: 'REQUEST_LIMIT_EXCEEDED', message });
    await underLease(world, key, (tx) =>
      tx.saveLinks([
        parkedAs(rows[6], limit('TotalRequests Limit exceeded.')),
        parkedAs(rows[7], limit('ConcurrentRequests Limit exceeded.')),
        parkedAs(rows[8], { ...PARKED, code: 'HTTP_418', message: '' }),
      ]),
    );
    const causes = (await problemCauses(world.db, actor)).causes.map(({ cause }) => cause);
    expect(causes).toEqual(
      expect.arrayContaining([
        'REQUEST_LIMIT_EXCEEDED',
        'REQUEST_LIMIT_EXCEEDED/concurrent',
        'HTTP',
      ]),
    );
    const cause = 'REQUEST_LIMIT_EXCEEDED/concurrent';
    const { problems } = await listProblems(world.db, actor, { kind: 'parked', cause });
    expect(problems).toMatchObject([
      { code: 'REQUEST_LIMIT_EXCEEDED', class: 'intermittent', whoseMove: 'nobody' },
    ]);
  });

  it('B11.3 a whole cause is tried again, ignored and put back in one go', async () => {
    const of = { kind: 'parked', cause: PARKED.code } as const;
    const there = async () =>
      (await listProblems(world.db, actor, { ...of, limit: 200 })).problems.length;
    const before = await there();
    const ignored = await changeCause(world.db, actor, 'ignore', of, LATER);
    expect(ignored).toMatchObject({ more: false });
    expect(ignored.ids).toHaveLength(before);
    expect(await there()).toBe(0);
    const hidden = await listProblems(world.db, actor, { ...of, ignored: true, limit: 200 });
    expect(hidden.problems.map(({ id }) => id)).toEqual(expect.arrayContaining([...ignored.ids]));
    expect(await change(actor, 'put_back', ...ignored.ids)).toHaveLength(before);
    expect(await there()).toBe(before);
    await changeCause(world.db, actor, 'retry', of, LATER);
    // What is being tried already is not asked for a second time.
    expect(await changeCause(world.db, actor, 'retry', of, LATER)).toEqual({
      ids: [],
      more: false,
    });
  });
});
