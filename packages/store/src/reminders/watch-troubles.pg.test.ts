import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../actor.ts';
import { type Connected, NOON, openWorld, type World } from '../test-world.ts';
import { takeMails } from './mail-queue.ts';
import { listNotices } from './notices.ts';
import { watchTroubles } from './watch-troubles.ts';

const MINUTE_MS = 60_000;
const after = (minutes: number) => new Date(Date.parse(NOON) + minutes * MINUTE_MS).toISOString();

let world: World;
let admin: Actor;
let rep: Actor;
let account: Connected;

beforeAll(async () => {
  world = await openWorld();
  admin = await world.workspace();
  rep = await world.member(admin, 'rep');
  account = await world.connect(rep);
});
afterAll(() => world.close());

const told = async (actor: Actor) =>
  (await listNotices(world.db, actor, { limit: 50 })).notices.map(({ kind, data }) => ({
    kind,
    data,
  }));
const set = (column: string, value: unknown) =>
  world.db.pool.query(`update tandem.connections set ${column} = $1 where connection_id = $2`, [
    value,
    account.connectionId,
  ]);
/** As after a turn that went well. */
const atWork = async (now: string) => {
  await set('last_poll_at', now);
  await world.db.pool.query('update tandem.wakes set wake_at = $1', [now]);
};

describe('whose move it is', () => {
  it('B13.6 a question of the brake goes to the account’s own person, until it is answered', async () => {
    await atWork(NOON);
    const brake = {
      kind: 'mass_deletion',
      since: NOON,
      toTrash: 12,
      toDelete: 0,
      missing: 3,
      links: 40,
      allowed: null,
    };
    await set('brake', JSON.stringify(brake));
    await watchTroubles(world.db, NOON);
    expect(await told(rep)).toEqual([{ kind: 'brake', data: { count: 15 } }]);
    expect(await told(admin)).toEqual([]);
    expect(await watchTroubles(world.db, NOON)).toEqual({ raised: 0, settled: 0 });
    await set('brake', JSON.stringify({ ...brake, kept: true }));
    await watchTroubles(world.db, NOON);
    expect(await told(rep)).toEqual([]);
    await set('brake', null);
  });

  it('B13.6 a new status goes to the admins, and a further one is news again', async () => {
    const gain = (statuses: object[]) =>
      world.db.pool.query('update tandem.orgs set new_statuses = $1', [JSON.stringify(statuses)]);
    await gain([{ value: 'Triage', since: NOON }]);
    await watchTroubles(world.db, NOON);
    expect(await told(admin)).toEqual([{ kind: 'new_status', data: { values: ['Triage'] } }]);
    expect(await told(rep)).toEqual([]);
    await gain([
      { value: 'Triage', since: NOON },
      { value: 'Blocked', since: after(1) },
    ]);
    await atWork(after(1));
    await watchTroubles(world.db, after(1));
    expect(await told(admin)).toEqual([
      { kind: 'new_status', data: { values: ['Triage', 'Blocked'] } },
    ]);
    await gain([]);
    await watchTroubles(world.db, after(1));
    expect(await told(admin)).toEqual([]);
  });

  it('B13.6 an account on which nobody works goes to the admins, and is a mail only if it lasts', async () => {
    await atWork(after(10));
    await watchTroubles(world.db, after(11));
    const data = { stall: 'worker', count: 1, since: after(10) };
    expect(await told(admin)).toEqual([{ kind: 'stall', data }]);
    expect(await told(rep)).toEqual([]);
    const mails = (minutes: number) => takeMails(world.db, after(minutes), 1_000, 10);
    expect(await mails(20)).toEqual([]);
    expect(await mails(21)).toMatchObject([{ userId: admin.userId, kind: 'stall' }]);
    await atWork(after(22));
    await watchTroubles(world.db, after(22));
    expect(await told(admin)).toEqual([]);
    expect(await mails(60)).toEqual([]);
  });

  it('B13.6 Salesforce’s silence is told to its person, and is no mail: nobody here can end it', async () => {
    // While the first tasks come in, the progress bar tells how far it is.
    await set('import', null);
    await atWork(after(30));
    await world.db.pool.query('update tandem.wakes set wake_at = $1', [after(36)]);
    await watchTroubles(world.db, after(36));
    expect(await told(rep)).toEqual([{ kind: 'stall', data: { stall: 'poll', since: after(30) } }]);
    expect(await takeMails(world.db, after(90), 1_000, 10)).toEqual([]);
    await atWork(after(37));
    await watchTroubles(world.db, after(37));
    expect(await told(rep)).toEqual([]);
  });
});
