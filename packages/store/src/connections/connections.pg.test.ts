import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../actor.ts';
import { listAudit } from '../audit/audit.ts';
import type { Comparison } from '../links/port.ts';
import { createTasks } from '../tasks/create-tasks.ts';
import { readTasks } from '../tasks/read-tasks.ts';
import {
  type Connected,
  imported,
  jobsOf,
  LATER,
  NOON,
  newTask,
  ORG,
  openWorld,
  recordId,
  salesforceTask,
  underLease,
  type World,
} from '../test-world.ts';
import { removeMember } from '../workspace/team.ts';
import type { NewConnection } from './connection.ts';
import {
  connectionByKey,
  disconnect,
  getConnection,
  loadTokens,
  saveTokens,
} from './connections.ts';
import { saveConnection } from './save-connection.ts';
import { getSettings, putSettings, savePicklists } from './settings.ts';
import { noteSignInNeeded } from './sign-in-needed.ts';
import { switchOff, switchOn } from './switch.ts';
import { wantComparison } from './want-comparison.ts';

const OTHER_ORG = '00D000000000002AAA';

describe('connections', () => {
  let world: World;
  let admin: Actor;
  let actor: Actor;

  beforeAll(async () => {
    world = await openWorld();
    admin = await world.workspace();
    actor = await world.member(admin, 'rep');
  });
  afterAll(() => world.close());

  const input = (key: Pick<Connected, 'orgId' | 'salesforceUserId'>): NewConnection => ({
    orgId: key.orgId,
    orgName: 'Renamed org',
    salesforceUserId: key.salesforceUserId,
    username: 'again@aldermoor.example',
    displayName: 'Again',
    instanceUrl: 'http://127.0.0.1:3002',
    loginUrl: 'http://127.0.0.1:3001',
    tokens: Buffer.from('fresh'),
  });

  it('who never connected has no connection, no settings and nothing to switch', async () => {
    const { db } = world;
    expect(await getConnection(db, admin)).toBeNull();
    expect(await getSettings(db, admin)).toBeNull();
    expect(await putSettings(db, admin, { conflictRule: 'app' }, NOON)).toBeNull();
    expect(await switchOn(db, admin, null, NOON)).toEqual({ kind: 'not_connected' });
    expect(await switchOff(db, admin, NOON)).toEqual({ kind: 'not_connected' });
    await disconnect(db, admin, NOON);
    const nobody = { workspaceId: 'x', connectionId: 'y' };
    expect(await connectionByKey(db, nobody)).toBeNull();
  });

  it('B6.1 a new connection is off until somebody switches it on', async () => {
    const key = await world.connect(actor, { on: false });
    expect(await getConnection(world.db, actor)).toMatchObject({
      connectionId: key.connectionId,
      orgId: ORG,
      connected: true,
      status: 'off',
      switchedOnAt: null,
      creationKeyField: null,
    });
    expect(await jobsOf(world, key)).toEqual([]);
  });

  it('B6.3 switching on begins an import at once; again changes nothing', async () => {
    const on = await switchOn(world.db, actor, NOON, LATER);
    const connection = await getConnection(world.db, actor);
    if (on.kind !== 'ok' || connection === null) throw new Error('Connected.');
    expect(on.key.connectionId).toBe(connection.connectionId);
    expect(connection).toMatchObject({ status: 'on', switchedOnAt: LATER });
    expect(await jobsOf(world, connection)).toHaveLength(1);
    await switchOn(world.db, actor, null, '2026-12-01T00:00:00.000Z');
    expect(await getConnection(world.db, actor)).toEqual(connection);
    const running = await underLease(world, connection, (tx) => tx.connection());
    expect(running.import).toMatchObject({ state: 'running', windowStart: NOON, imported: 0 });
    expect(running.comparison).toBeNull();
  });

  it('B7.1 B7.2 off freezes; on again keeps links and watermark and counts anew', async () => {
    const someone = await world.member(admin, 'rep');
    const key = await world.connect(someone);
    const row = imported(salesforceTask(1, key.salesforceUserId), someone.userId);
    await underLease(world, key, async (tx) => {
      await tx.insertImported([row]);
      await tx.saveConnection({ watermark: NOON });
    });
    await switchOff(world.db, someone, LATER);
    const [during] = await createTasks(world.db, someone, [newTask(someone)], LATER);
    expect(during?.sync.reason).toBe('sync_off');
    const frozen = await underLease(world, key, (tx) => tx.linksById([row.link.id]));
    expect(frozen.map((linked) => linked.link)).toEqual([row.link]);
    await switchOn(world.db, someone, LATER, LATER);
    const again = await underLease(world, key, (tx) => tx.connection());
    expect(again).toMatchObject({
      watermark: NOON,
      import: { state: 'running', imported: 0 },
      comparison: { state: 'wanted', why: 'switched_on' },
    });
    const [after] = await readTasks(world.db.kysely, someone.workspaceId, [during?.id ?? '']);
    expect(after?.sync.reason).toBe('created_before_sync');
  });

  it('R13 a comparison that is asked for shows the last result until it begins', async () => {
    const someone = await world.member(admin, 'rep');
    const key = await world.connect(someone);
    const comparison = () =>
      underLease(world, key, async (tx) => (await tx.connection()).comparison);
    const save = (next: Comparison) =>
      underLease(world, key, (tx) => tx.saveConnection({ comparison: next }));
    await wantComparison(world.db, someone, key);
    expect(await comparison()).toMatchObject({ state: 'wanted', why: 'asked', compared: 0 });
    expect(await jobsOf(world, key)).toHaveLength(1);

    const done: Comparison = {
      state: 'done',
      why: 'daily',
      startedAt: NOON,
      finishedAt: LATER,
      cursor: null,
      compared: 12,
      agreed: 11,
      missing: 1,
      held: [],
    };
    await save(done);
    await wantComparison(world.db, someone, key);
    expect(await comparison()).toEqual({ ...done, state: 'wanted', why: 'asked' });
  });

  it('R13 asking hurries a daily comparison that is under way and disturbs no other', async () => {
    const someone = await world.member(admin, 'rep');
    const key = await world.connect(someone);
    const asked = async (next: Comparison) => {
      await underLease(world, key, (tx) => tx.saveConnection({ comparison: next }));
      await wantComparison(world.db, someone, key);
      return underLease(world, key, async (tx) => (await tx.connection()).comparison);
    };
    const running: Comparison = {
      state: 'running',
      why: 'daily',
      startedAt: NOON,
      finishedAt: null,
      cursor: '00T000000000001AAA',
      compared: 2_000,
      agreed: 2_000,
      missing: 0,
      held: [],
    };
    expect(await asked(running)).toEqual({ ...running, why: 'asked' });
    expect(await asked({ ...running, why: 'restored' })).toEqual({ ...running, why: 'restored' });
    const wanted: Comparison = { ...running, state: 'wanted', why: 'restored', cursor: null };
    expect(await asked(wanted)).toEqual(wanted);
  });

  it('disconnecting forgets the tokens and what was asked for; the same org resumes', async () => {
    const someone = await world.member(admin, 'rep');
    const key = await world.connect(someone);
    expect(Buffer.from((await loadTokens(world.db, key)) ?? []).toString()).toBe(
      `sealed ${someone.userId}`,
    );
    await disconnect(world.db, someone, LATER);
    expect(await loadTokens(world.db, key)).toBeNull();
    await saveTokens(world.db, key, Buffer.from('too late'));
    expect(await loadTokens(world.db, key)).toBeNull();
    expect(await getConnection(world.db, someone)).toMatchObject({
      connected: false,
      status: 'off',
    });
    const saved = await saveConnection(world.db, someone, input(key), LATER);
    expect(saved).toMatchObject({
      kind: 'ok',
      connection: { connectionId: key.connectionId, orgName: 'Renamed org', status: 'off' },
    });
  });

  it('B11.8 signing in again ends "needs sign-in" and wakes the connection', async () => {
    const someone = await world.member(admin, 'rep');
    const key = await world.connect(someone);
    await underLease(world, key, (tx) => tx.saveConnection({ status: 'needs_sign_in' }));
    await world.db.pool.query('delete from graphile_worker._private_jobs');
    const saved = await saveConnection(world.db, someone, input(key), LATER);
    expect(saved).toMatchObject({ kind: 'ok', connection: { status: 'on' } });
    expect(await jobsOf(world, key)).toHaveLength(1);
    await saveTokens(world.db, key, Buffer.from('refreshed'));
    expect(Buffer.from((await loadTokens(world.db, key)) ?? []).toString()).toBe('refreshed');
  });

  it('B11.8 a refused authorisation is noted; signing in again ends it, and off stays off', async () => {
    const someone = await world.member(admin, 'rep');
    const key = await world.connect(someone);
    const read = async () => {
      const view = await connectionByKey(world.db, key);
      if (view === null) throw new Error('The connection is there.');
      return view;
    };
    await noteSignInNeeded(world.db, await read());
    expect(await read()).toMatchObject({ status: 'needs_sign_in', signInNeeded: true });
    await saveConnection(world.db, someone, input(key), LATER);
    expect(await read()).toMatchObject({ status: 'on', signInNeeded: false });
    await switchOff(world.db, someone, LATER);
    const stale = await read();
    await noteSignInNeeded(world.db, stale);
    expect(await read()).toMatchObject({ status: 'off', signInNeeded: true });
    await saveConnection(world.db, someone, input(key), '2026-11-25T00:00:00.000Z');
    expect(await read()).toMatchObject({ status: 'off', signInNeeded: false });
    // The answer to a call that was under way with the old tokens.
    await noteSignInNeeded(world.db, stale);
    expect(await read()).toMatchObject({ status: 'off', signInNeeded: false });
  });

  it('B7.3 another org is another connection; the first one rests and resumes', async () => {
    const someone = await world.member(admin, 'rep');
    const first = await world.connect(someone);
    const second = await world.connect(someone, { orgId: OTHER_ORG });
    expect(second.connectionId).not.toBe(first.connectionId);
    expect(await connectionByKey(world.db, first)).toMatchObject({
      connected: false,
      status: 'off',
    });
    expect(await getConnection(world.db, someone)).toMatchObject({ orgId: OTHER_ORG });
    await saveConnection(world.db, someone, input(first), '2026-11-25T00:00:00.000Z');
    expect(await getConnection(world.db, someone)).toMatchObject({
      connectionId: first.connectionId,
    });
  });

  it('B12.1 who was removed while Salesforce asked for a password is not connected', async () => {
    const leaver = await world.member(admin, 'rep');
    await removeMember(world.db, admin, leaver.userId, LATER);
    const account = input({ orgId: ORG, salesforceUserId: recordId('005', 4711) });
    const result = await saveConnection(world.db, leaver, account, LATER);
    expect(result).toEqual({ kind: 'removed' });
    expect(await getConnection(world.db, leaver)).toBeNull();
  });

  it('B8.3 two people cannot be the same Salesforce user', async () => {
    const [one, two] = [await world.member(admin, 'rep'), await world.member(admin, 'rep')];
    const key = await world.connect(one);
    const refused = await saveConnection(world.db, two, input(key), LATER);
    expect(refused).toEqual({ kind: 'salesforce_user_taken', byUserId: one.userId });
    expect(await getConnection(world.db, two)).toBeNull();
    await disconnect(world.db, one, LATER);
    expect(await saveConnection(world.db, two, input(key), LATER)).toMatchObject({ kind: 'ok' });
  });

  it('B3.3 B3.4 B10.2 settings show the org’s picklists and what was chosen, for everybody of the org', async () => {
    const [one, two] = [await world.member(admin, 'rep'), await world.member(admin, 'rep')];
    const key = await world.connect(one, { orgId: '00D000000000003AAA' });
    const other = await world.connect(two, { orgId: key.orgId });
    const statuses = [
      { value: 'Neu', label: 'Neu', isClosed: false },
      { value: 'Zu', label: 'Zu', isClosed: true },
      { value: 'Weg', label: 'Weg', isClosed: true },
    ];
    const priorities = [{ value: 'P', label: 'P', isHigh: true }];
    const read = { picklists: { statuses, priorities }, creationKeyField: true };
    await savePicklists(world.db, one.workspaceId, key.orgId, read, NOON);
    expect(await getSettings(world.db, one)).toMatchObject({
      mode: 'on',
      importWindow: '24h',
      conflictRule: 'latest',
      reopenToFormerStatus: false,
      orgStatuses: statuses,
      orgPriorities: priorities,
      statusMap: { Neu: 'open', Zu: 'complete' },
    });
    const statusMap = { Neu: 'open', Zu: null, Weg: 'complete' } as const;
    const rules = { conflictRule: 'salesforce', reopenToFormerStatus: true } as const;
    const own = { importWindow: '7d', ...rules } as const;
    const after = await putSettings(world.db, one, { ...own, statusMap }, LATER);
    expect(after).toMatchObject({ ...own, statusMap });
    // B12.4: the same form once more changes nothing, and is no entry.
    await putSettings(world.db, one, { ...own, statusMap, apiShare: after?.apiShare }, LATER);
    const { entries } = await listAudit(world.db, one, { action: 'settings_changed', limit: 9 });
    expect(entries.map(({ data }) => data)).toEqual([
      { fields: [...Object.keys(own), 'statusMap', 'statusMapConfirmed'].sort() },
    ]);
    const everybodys = { statusMap, ...rules, importWindow: '24h' };
    expect(await getSettings(world.db, two)).toMatchObject(everybodys);
    for (const connection of [key, other]) {
      const { policy } = await underLease(world, connection, (tx) => tx.connection());
      expect(policy).toMatchObject({
        conflict: 'salesforce',
        reopenToFormerStatus: true,
        status: { toApp: statusMap, toSf: { open: 'Neu', complete: 'Weg' } },
      });
    }
    expect(await getConnection(world.db, one)).toMatchObject({ creationKeyField: true });
  });
});
