import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../actor.ts';
import { getConnection, loadTokens } from '../connections/connections.ts';
import { createTasks } from '../tasks/create-tasks.ts';
import { patchTask } from '../tasks/patch-tasks.ts';
import { LATER, NOON, newTask, openWorld, type World } from '../test-world.ts';
import { createApiToken, findApiToken } from './api-tokens.ts';
import {
  acceptInvitation,
  createInvitation,
  findInvitation,
  listInvitations,
  purgeInvitations,
  revokeInvitation,
} from './invitations.ts';
import { noteSeen } from './last-seen.ts';
import { pageMembers, teamMember } from './members.ts';
import { changeRole, removeMember } from './team.ts';
import { isRemoved, memberOf } from './workspaces.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const after = (ms: number) => new Date(Date.parse(NOON) + ms).toISOString();

describe('the team', () => {
  let world: World;
  let count = 0;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  const hash = () => String(++count).padStart(64, '0');
  const invitation = (role: Actor['role'] = 'rep') => ({ hash: hash(), role, email: null });
  /** Somebody with an account who is a member nowhere. */
  async function stranger(): Promise<string> {
    const userId = `stranger${++count}`;
    await world.db.pool.query(
      `insert into auth."user" ("id", "name", "email", "emailVerified") values ($1, $1, $2, true)`,
      [userId, `${userId}@aldermoor.example`],
    );
    return userId;
  }

  it('B12.1 an invitation is taken by one person, once, and gives its role', async () => {
    const admin = await world.workspace();
    const open = invitation('manager');
    await createInvitation(world.db, admin, open, NOON);
    expect(await findInvitation(world.db, open.hash, LATER)).toMatchObject({ role: 'manager' });
    const people = await Promise.all([stranger(), stranger(), stranger()]);
    const results = await Promise.all(
      people.map((userId) => acceptInvitation(world.db, userId, open.hash, LATER)),
    );
    expect(results.map(({ kind }) => kind).sort()).toEqual([
      'invitation_over',
      'invitation_over',
      'ok',
    ]);
    const [joined] = results.flatMap((result) => (result.kind === 'ok' ? [result.actor] : []));
    expect(joined).toMatchObject({ workspaceId: admin.workspaceId, role: 'manager' });
    expect(await memberOf(world.db, joined?.userId ?? '')).toEqual(joined);
    expect((await listInvitations(world.db, admin, { limit: 10 })).invitations).toEqual([]);
  });

  it('B12.1 it is over after seven days, when it was revoked, and for who is a member elsewhere', async () => {
    const admin = await world.workspace();
    const [old, revoked, good] = [invitation(), invitation(), invitation()];
    await createInvitation(world.db, admin, old, NOON);
    const made = await createInvitation(world.db, admin, revoked, NOON);
    await createInvitation(world.db, admin, good, NOON);
    const person = await stranger();
    const accept = (which: { hash: string }, at: string) =>
      acceptInvitation(world.db, person, which.hash, at);
    expect((await accept(old, after(7 * DAY_MS))).kind).toBe('invitation_over');
    expect(await findInvitation(world.db, old.hash, after(7 * DAY_MS))).toBeNull();
    expect(await revokeInvitation(world.db, admin, made.invitationId, LATER)).toBe(true);
    expect((await accept(revoked, LATER)).kind).toBe('invitation_over');
    const other = await world.workspace();
    const taken = await acceptInvitation(world.db, other.userId, good.hash, LATER);
    expect(taken.kind).toBe('in_a_workspace');
    expect((await accept(good, after(7 * DAY_MS - 1))).kind).toBe('ok');
    expect(await purgeInvitations(world.db, after(36 * DAY_MS))).toEqual({ purged: 0 });
    expect(await purgeInvitations(world.db, after(38 * DAY_MS))).toEqual({ purged: 1 });
  });

  it('B12.1 the last admin stays one, also when two step down at once', async () => {
    const one = await world.workspace();
    const two = await world.member(one, 'admin');
    const results = await Promise.all([
      changeRole(world.db, one, one.userId, 'rep', LATER),
      removeMember(world.db, two, two.userId, LATER),
    ]);
    expect(results.sort()).toEqual(['last_admin', 'ok']);
    const { members } = await pageMembers(world.db, one, { limit: 10 });
    const admins = members.filter(({ role, removedAt }) => role === 'admin' && !removedAt);
    expect(admins).toHaveLength(1);
  });

  it('B12.1 who is no admin any more has no open invitation to make one with', async () => {
    const admin = await world.workspace();
    const second = await world.member(admin, 'admin');
    const [theirs, ours] = [invitation('admin'), invitation('admin')];
    await createInvitation(world.db, second, theirs, NOON);
    await createInvitation(world.db, admin, ours, NOON);
    expect(await changeRole(world.db, admin, second.userId, 'rep', LATER)).toBe('ok');
    expect(await findInvitation(world.db, theirs.hash, LATER)).toBeNull();
    expect(await findInvitation(world.db, ours.hash, LATER)).toMatchObject({ role: 'admin' });
  });

  it('B7.1 a member who is removed leaves tasks and history, and nothing that opens a door', async () => {
    const admin = await world.workspace();
    const rep = await world.member(admin, 'rep');
    const key = await world.connect(rep);
    const [task] = await createTasks(world.db, rep, [newTask(rep)], NOON);
    const token = hash();
    await createApiToken(world.db, rep, { name: 'x', hash: token }, NOON);
    await world.db.pool.query(
      `insert into auth.session ("id", "expiresAt", "token", "updatedAt", "userId")
       values ('s1', now() + interval '1 day', 's1', now(), $1)`,
      [rep.userId],
    );
    expect(await removeMember(world.db, admin, rep.userId, LATER)).toBe('ok');

    expect(await memberOf(world.db, rep.userId)).toBeNull();
    expect(await isRemoved(world.db, rep.userId)).toBe(true);
    expect(await findApiToken(world.db, token, LATER)).toBeNull();
    const sessions = 'select from auth.session where "userId" = $1';
    expect((await world.db.pool.query(sessions, [rep.userId])).rowCount).toBe(0);
    expect(await loadTokens(world.db, key)).toBeNull();
    expect(await getConnection(world.db, rep)).toMatchObject({ connected: false, status: 'off' });
    expect(await teamMember(world.db, admin, rep.userId)).toMatchObject({
      removedAt: LATER,
      openTasks: 1,
      connection: 'not_connected',
    });
    // Nobody gives work to a person who has left; taking it over is possible.
    const id = task?.id ?? '';
    const taken = await patchTask(world.db, admin, id, { ownerId: admin.userId }, LATER);
    expect(taken.kind).toBe('ok');
    await expect(
      patchTask(world.db, admin, id, { ownerId: rep.userId }, LATER),
    ).rejects.toMatchObject({ field: 'ownerId' });
    expect(await removeMember(world.db, admin, rep.userId, LATER)).toBe('not_found');
    expect(await changeRole(world.db, admin, rep.userId, 'admin', LATER)).toBe('not_found');
  });

  it('who was removed may come back, or go to another workspace', async () => {
    const admin = await world.workspace();
    const other = await world.workspace();
    const rep = await world.member(admin, 'rep');
    await removeMember(world.db, admin, rep.userId, LATER);
    const elsewhere = invitation();
    await createInvitation(world.db, other, elsewhere, LATER);
    await acceptInvitation(world.db, rep.userId, elsewhere.hash, LATER);
    expect(await memberOf(world.db, rep.userId)).toMatchObject({ workspaceId: other.workspaceId });
    expect(await isRemoved(world.db, rep.userId)).toBe(false);
    await removeMember(world.db, other, rep.userId, LATER);
    const back = invitation('manager');
    await createInvitation(world.db, admin, back, LATER);
    await acceptInvitation(world.db, rep.userId, back.hash, LATER);
    expect(await memberOf(world.db, rep.userId)).toEqual({ ...rep, role: 'manager' });
  });

  it('"last seen" is written every ten minutes, not at every request', async () => {
    const admin = await world.workspace();
    const seen = async (at: string) => {
      await noteSeen(world.db, admin, at);
      return (await teamMember(world.db, admin, admin.userId))?.lastSeenAt;
    };
    expect(await seen(NOON)).toBe(NOON);
    expect(await seen(after(10 * 60_000))).toBe(NOON);
    expect(await seen(after(10 * 60_000 + 1))).toBe(after(10 * 60_000 + 1));
  });
});
