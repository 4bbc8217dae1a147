import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../actor.ts';
import { changeProblems } from '../status/change-problems.ts';
import { listProblems } from '../status/problems.ts';
import {
  type Connected,
  imported,
  LATER,
  NOON,
  openWorld,
  recordId,
  salesforceTask,
  underLease,
  type World,
} from '../test-world.ts';
import { type TestLinks, testLinks } from './test-links.ts';

const AWKWARD = [
  ['a NUL character', 'before\u0000after'],
  ['half of a surrogate pair', 'before\ud800after'],
] as const;

describe('values PostgreSQL cannot hold', () => {
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

  for (const [what, text] of AWKWARD) {
    for (const field of ['Subject', 'Description'] as const) {
      it(`L3 ${what} in ${field} is refused as a value, whole and named so`, async () => {
        const number = 700 + AWKWARD.findIndex(([name]) => name === what);
        const task = { ...salesforceTask(number, key.salesforceUserId), [field]: text };
        const insert = underLease(world, key, (tx) =>
          tx.insertImported([imported(task, actor.userId)]),
        );
        await expect(insert).rejects.toMatchObject({ name: 'ValueRefused' });
        const { link } = await desk.importOne();
        const sf = {
          kind: 'seen',
          task: { ...task, Id: link.salesforceId ?? '' },
          seenAt: NOON,
        } as const;
        await expect(desk.save({ ...link, sf })).rejects.toMatchObject({ name: 'ValueRefused' });
        expect((await desk.load(link.id)).link.sf).toEqual(link.sf);
      });
    }
  }

  it('L3 an error of the connection is not taken for one of a value', async () => {
    const cut = underLease(world, key, async (tx) => {
      await world.db.pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and state = 'idle in transaction'`,
      );
      await tx.connection();
    });
    await expect(cut).rejects.not.toMatchObject({ name: 'ValueRefused' });
  });

  it('L3 B11.3 a record left out for its values is on the list with its reason', async () => {
    const salesforceId = recordId('00T', 950);
    await underLease(world, key, (tx) =>
      tx.recordSkipped([{ salesforceId, subject: 'be\ufffdfore', reason: 'unreadable' }]),
    );
    const { problems } = await listProblems(world.db, actor);
    expect(problems).toContainEqual(
      expect.objectContaining({ salesforceId, code: 'unreadable', name: 'be\ufffdfore' }),
    );
  });

  it('R8 B11.3 "Retry" gives up a create in doubt, and nothing else', async () => {
    const { link } = await desk.importOne();
    const parked = {
      code: 'OUTCOME_UNKNOWN',
      message: '',
      fields: [],
      since: NOON,
      retryAt: LATER,
      attempts: 1,
    };
    const birth = {
      requestId: '5f0c7f9e-0000-4000-8000-000000000009',
      kind: 'create',
      sentAt: NOON,
      expectedRevision: null,
      fields: {},
    } as const;
    const unborn = { ...link, salesforceId: null, sf: { kind: 'unborn' } as const, base: null };
    await desk.save({ ...unborn, parked, intents: [birth] });
    const doubts = () =>
      underLease(world, key, async (tx) => (await tx.birthsInDoubt(10)).map((row) => row.link.id));
    expect(await doubts()).toEqual([link.id]);
    const id = `link:${link.id}`;
    expect(await changeProblems(world.db, actor, 'retry', [id], LATER)).toEqual([id]);
    expect(await doubts()).toEqual([]);
    expect((await desk.load(link.id)).link).toMatchObject({ parked: null, intents: [] });
  });
});
