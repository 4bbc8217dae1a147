import type { Intent } from '@tandem/engine';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { countHealth } from '../status/count-health.ts';
import { health } from '../status/health.ts';
import { patchTask } from '../tasks/patch-tasks.ts';
import { imported, NOON, openWorld, underLease, type World } from '../test-world.ts';
import { type TestLinks, testLinks } from './test-links.ts';

const INTENT: Intent = {
  requestId: '5f0c7f9e-0000-4000-8000-000000000001',
  kind: 'update',
  sentAt: '2026-11-24T12:00:11.000Z',
  expectedRevision: null,
  fields: {},
};
const at = (seconds: number) => new Date(Date.parse(NOON) + seconds * 1_000).toISOString();
const world: Promise<World> = openWorld();
afterAll(async () => (await world).close());

describe('how long changes take to cross (B11.6)', () => {
  let desk: TestLinks;
  const lag = async () => (await health((await world).db, desk.actor, at(300))).lag;
  const unsentSince = async () =>
    (await health((await world).db, desk.actor, at(300))).status.oldestUnsentAt;

  beforeEach(async () => {
    desk = await testLinks(await world);
  });

  /** A linked task that a person edits at 12:00:10. */
  async function edited() {
    const row = await desk.importOne();
    await patchTask((await world).db, desk.actor, row.link.taskId, { name: 'Mine' }, at(10));
    return row.link;
  }

  it('B11.6 out: from the edit until Salesforce has taken it, counted once', async () => {
    const link = await edited();
    await desk.save({ ...link, intents: [INTENT] }, {}, at(11));
    expect((await lag()).out.count).toBe(0);
    expect(await unsentSince()).toBe(at(10));
    const base = link.base === null ? null : { ...link.base, name: { app: 'Mine', sf: 'Mine' } };
    await desk.save({ ...link, base }, {}, at(12.5));
    expect(await unsentSince()).toBeNull();
    const { out } = await lag();
    expect(out.count).toBe(1);
    expect(out.p50Ms).toBeGreaterThan(2_000);
    expect(out.p50Ms).toBeLessThanOrEqual(3_000);
    await desk.save({ ...link, base }, {}, at(20));
    expect((await lag()).out.count).toBe(1);
  });

  it('B11.6 the age of the oldest unsent change grows over tries that failed', async () => {
    const link = await edited();
    await desk.save({ ...link, intents: [INTENT] }, {}, at(11));
    await desk.save(link, { dirty: true }, at(26));
    expect(await unsentSince()).toBe(at(10));
    const parked = {
      code: 'UNABLE_TO_LOCK_ROW',
      message: '',
      fields: [],
      since: at(40),
      retryAt: at(60),
      attempts: 1,
    };
    await desk.save({ ...link, intents: [INTENT] }, {}, at(39));
    await desk.save({ ...link, parked }, {}, at(40));
    expect(await unsentSince()).toBe(at(10));
    expect((await lag()).out.count).toBe(0);
    await desk.save(link, {}, at(75));
    const { out } = await lag();
    expect([out.count, (out.p50Ms ?? 0) >= 60_000]).toEqual([1, true]);
  });

  it('B11.6 what waits for a person is not on its way', async () => {
    const link = await edited();
    await desk.save({ ...link, intents: [INTENT] }, {}, at(11));
    const code = 'FIELD_CUSTOM_VALIDATION_EXCEPTION';
    const parked = { code, message: '', fields: [], since: at(12), retryAt: null, attempts: 1 };
    await desk.save({ ...link, parked }, {}, at(12));
    expect(await unsentSince()).toBeNull();
    expect((await lag()).out.count).toBe(0);
  });

  it('B11.6 in: from the edit in Salesforce, by its clock, until the task here has it', async () => {
    const { link } = await desk.importOne();
    const task = desk.nextRecord({ Id: link.salesforceId ?? '', LastModifiedDate: at(30) });
    await underLease(await world, desk.key, (tx) => tx.saveConnection({ clockOffsetMs: 5_000 }));
    const seen = { ...link, sf: { kind: 'seen', task, seenAt: at(33) } } as const;
    await desk.save(seen, { dirty: true }, at(33));
    const patch = { kind: 'patch', values: { name: 'Theirs' } } as const;
    await desk.save(seen, { task: patch }, at(34));
    const arrived = await lag();
    expect(arrived.in.count).toBe(1);
    // Made at 12:00:25 by our clock.
    expect(arrived.in.p50Ms).toBeGreaterThan(8_000);
    expect(arrived.in.p50Ms).toBeLessThanOrEqual(12_000);
    // Decided anew later, by another map say: nothing has arrived.
    await desk.save(seen, { task: patch }, at(200));
    expect((await lag()).in.count).toBe(1);
  });

  it('B11.6 an import is no delay; what is made in Salesforce afterwards counts', async () => {
    await desk.importOne();
    expect((await lag()).in.count).toBe(0);
    const born = imported(
      desk.nextRecord({ CreatedDate: at(50), LastModifiedDate: at(50) }),
      desk.actor.userId,
    );
    await underLease(await world, desk.key, (tx) => tx.insertImported([born]), at(60));
    expect((await lag()).in.count).toBe(1);
  });

  it('B11.6 hours stand in a row, with the calls of each, and old ones are swept away', async () => {
    const { db } = await world;
    await underLease(await world, desk.key, (tx) => tx.recordCalls(7), NOON);
    const { hours } = await health(db, desk.actor, at(300));
    expect(hours).toHaveLength(24);
    expect(hours.at(-1)).toMatchObject({ at: NOON, calls: 7 });
    expect(hours[0]).toMatchObject({ at: '2026-11-23T13:00:00.000Z', calls: 0 });
    const counts = `{${Array(18).fill(1).join(',')}}`;
    await db.pool.query(
      `insert into tandem.lags values ($1, $2, '2026-11-20T12:00:00Z', 'out', $3)`,
      [desk.key.workspaceId, desk.key.connectionId, counts],
    );
    const link = await edited();
    await desk.save({ ...link, intents: [INTENT] }, {}, at(11));
    await desk.save(link, {}, at(12));
    const { rows } = await db.pool.query('select hour from tandem.lags where connection_id = $1', [
      desk.key.connectionId,
    ]);
    expect(rows).toHaveLength(1);
  });

  it('B11.6 an admin sees that nobody works on an account of the team, a rep only the own one', async () => {
    const { db } = await world;
    const later = new Date(Date.now() + 40_000).toISOString();
    expect((await health(db, desk.admin, later)).status).toMatchObject({
      state: 'off',
      stall: { kind: 'worker', whoseMove: 'admin', accounts: 1 },
    });
    const other = await (await world).member(desk.admin, 'rep');
    expect((await health(db, other, later)).status.stall).toBeNull();
    expect((await health(db, desk.actor, later)).status).toMatchObject({
      state: 'stalled',
      stall: { kind: 'worker', accounts: 1 },
    });
    expect(await countHealth(db, later)).toMatchObject({ unattended: expect.any(Number) });
    expect((await countHealth(db, later)).unattended).toBeGreaterThan(0);
  });
});
