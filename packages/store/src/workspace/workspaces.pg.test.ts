import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../actor.ts';
import { LATER, NOON, openWorld, type World } from '../test-world.ts';
import { createApiToken, findApiToken, listApiTokens, revokeApiToken } from './api-tokens.ts';
import { listMembers, updateMember } from './members.ts';
import {
  addMember,
  ensureWorkspace,
  getTemplate,
  getWorkspace,
  memberOf,
  putTemplate,
} from './workspaces.ts';

describe('workspaces, members and API tokens', () => {
  let world: World;
  let admin: Actor;

  beforeAll(async () => {
    world = await openWorld();
    admin = await world.workspace();
  });
  afterAll(() => world.close());

  it('B12.1 who signs up begins a workspace of the own as its admin, however often it is asked for', async () => {
    const user = { id: 'somebody', name: '王'.repeat(300) };
    const asked = await Promise.all(
      Array.from({ length: 8 }, () => ensureWorkspace(world.db, user, NOON)),
    );
    expect(new Set(asked.map((actor) => actor.workspaceId)).size).toBe(1);
    expect(asked[0]).toMatchObject({ userId: 'somebody', role: 'admin' });
    expect(await memberOf(world.db, 'somebody')).toEqual(asked[0]);
    expect(await memberOf(world.db, 'nobody')).toBeNull();
  });

  it('a person is in one workspace only', async () => {
    const other = await world.workspace();
    const taken = addMember(
      world.db,
      admin.workspaceId,
      { userId: other.userId, role: 'rep' },
      NOON,
    );
    await expect(taken).rejects.toMatchObject({ constraint: 'members_one_workspace_per_user' });
  });

  it('members are listed by name, and change role, zone and language', async () => {
    const rep = await world.member(admin, 'rep');
    const change = { role: 'manager', timeZone: 'Asia/Kathmandu', locale: 'zh-CN' } as const;
    expect(await updateMember(world.db, admin, rep.userId, change)).toMatchObject(change);
    expect(await updateMember(world.db, admin, rep.userId, {})).toMatchObject(change);
    expect(await updateMember(world.db, admin, 'nobody', change)).toBeNull();
    const members = await listMembers(world.db, admin);
    expect(members.map((member) => member.userId).sort()).toEqual(
      [admin.userId, rep.userId].sort(),
    );
    expect(await memberOf(world.db, rep.userId)).toMatchObject({ role: 'manager' });
  });

  it('B5.2 the template begins as the plain name and is the workspace’s', async () => {
    expect(await getTemplate(world.db, admin)).toBe('{{activity_subject}}');
    await putTemplate(world.db, admin, '{{activity_type}}: {{activity_subject}}', LATER);
    expect(await getTemplate(world.db, admin)).toBe('{{activity_type}}: {{activity_subject}}');
    expect((await getWorkspace(world.db, admin))?.workspaceId).toBe(admin.workspaceId);
  });

  it('a token names its person with the role of today, until it is revoked', async () => {
    const rep = await world.member(admin, 'rep');
    const hash = 'ab'.repeat(32);
    const token = await createApiToken(world.db, rep, { name: 'Script', hash }, NOON);
    expect((await listApiTokens(world.db, rep, { limit: 100 })).tokens).toEqual([token]);
    expect(token).toMatchObject({ name: 'Script', createdAt: NOON, lastUsedAt: null });
    await updateMember(world.db, admin, rep.userId, { role: 'manager' });
    expect(await findApiToken(world.db, hash, LATER)).toEqual({ ...rep, role: 'manager' });
    expect(await findApiToken(world.db, 'cd'.repeat(32), LATER)).toBeNull();
    const used = async () =>
      (await listApiTokens(world.db, rep, { limit: 100 })).tokens[0]?.lastUsedAt;
    expect(await used()).toBe(LATER);
    await findApiToken(world.db, hash, '2026-11-24T12:05:59.000Z');
    expect(await used()).toBe(LATER);
    expect(await revokeApiToken(world.db, admin, token.tokenId, LATER)).toBe(false);
    expect(await revokeApiToken(world.db, rep, 'nonsense', LATER)).toBe(false);
    expect(await revokeApiToken(world.db, rep, token.tokenId, LATER)).toBe(true);
    expect(await findApiToken(world.db, hash, LATER)).toBeNull();
  });
});
