import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../actor.ts';
import { putTeamSync } from '../connections/team.ts';
import { createTasks } from '../tasks/create-tasks.ts';
import { LATER, NOON, newTask, openWorld, type World } from '../test-world.ts';
import { createWebhook, patchWebhook } from '../webhooks/webhooks.ts';
import { createApiToken, revokeApiToken } from '../workspace/api-tokens.ts';
import { changeRole, renameWorkspace } from '../workspace/team.ts';
import { putTemplate } from '../workspace/workspaces.ts';
import { listAudit, noteAudit, noteSeldom, purgeAudit } from './audit.ts';

const HOUR_MS = 60 * 60_000;

describe('the audit log', () => {
  let world: World;
  let admin: Actor;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  const actions = async (filter: object = {}) =>
    (await listAudit(world.db, admin, { limit: 200, ...filter })).entries.map((one) => one.action);

  it('B12.4 tells who did what to whom, newest first, and no text of a task', async () => {
    admin = await world.workspace();
    const rep = await world.member(admin, 'rep');
    await createTasks(world.db, admin, [newTask(admin, { name: 'Secret plan' })], NOON);
    const token = { name: 'Secret plan', hash: 'f'.repeat(64) };
    const { tokenId } = await createApiToken(world.db, rep, token, NOON);
    await renameWorkspace(world.db, admin, 'Secret plan', NOON);
    await putTemplate(world.db, admin, 'Secret plan', NOON);
    await changeRole(world.db, admin, rep.userId, 'manager', NOON);
    await revokeApiToken(world.db, rep, tokenId, LATER);
    const { entries } = await listAudit(world.db, admin, { limit: 200 });
    expect(entries.map(({ action, actorId, targetId }) => [action, actorId, targetId])).toEqual([
      ['token_revoked', rep.userId, tokenId],
      ['role_changed', admin.userId, rep.userId],
      ['template_changed', admin.userId, null],
      ['workspace_renamed', admin.userId, null],
      ['token_made', rep.userId, tokenId],
    ]);
    expect(entries[1]).toMatchObject({ at: NOON, data: { from: 'rep', to: 'manager' } });
    expect(JSON.stringify(entries)).not.toContain('Secret plan');
    expect(await actions({ action: 'role_changed' })).toEqual(['role_changed']);
    expect(await actions({ actorId: rep.userId })).toHaveLength(2);
    expect(await actions({ from: LATER })).toEqual(['token_revoked']);
    expect(await actions({ to: LATER })).toHaveLength(4);
  });

  it('B12.4 a form that was saved as it was is no entry', async () => {
    const boss = await world.workspace();
    const webhookId = randomUUID();
    const hook = { name: 'x', url: 'https://hooks.example/x', events: [] };
    const made = { ...hook, webhookId, secret: Buffer.from('sealed') };
    await createWebhook(world.db, boss, made, NOON);
    const save = async (name: string) => {
      await renameWorkspace(world.db, boss, name, NOON);
      await putTemplate(world.db, boss, name, NOON);
      await putTeamSync(world.db, boss, { mode: 'off', locked: true }, () => null, NOON);
      await patchWebhook(world.db, boss, webhookId, { ...hook, name }, NOON);
    };
    const noted = async () => (await listAudit(world.db, boss, { limit: 200 })).entries;
    await save('Aldermoor');
    const once = await noted();
    expect(once.map(({ action }) => action)).toEqual([
      'webhook_changed',
      'team_sync_changed',
      'template_changed',
      'workspace_renamed',
      'webhook_made',
    ]);
    expect(once[0]?.data).toEqual({ fields: ['name'] });
    await save('Aldermoor');
    expect(await noted()).toEqual(once);
  });

  it('B12.4 a change that is rolled back leaves no entry', async () => {
    const before = await actions();
    await expect(putTemplate(world.db, admin, 'x'.repeat(1_001), NOON)).rejects.toThrow();
    expect(await actions()).toEqual(before);
  });

  it.each([
    "update tandem.audit set actor = 'somebody else'",
    'delete from tandem.audit',
    'truncate tandem.audit',
    'truncate tandem.workspaces cascade',
  ])('B12.4 nobody gets "%s" through', async (statement) => {
    const before = await actions();
    await expect(world.db.pool.query(statement)).rejects.toMatchObject({ code: '23001' });
    expect(await actions()).toEqual(before);
  });

  it('B12.4 what is older than 400 days is purged, and nothing else', async () => {
    const daysAgo = (days: number) => new Date(Date.now() - days * 24 * HOUR_MS).toISOString();
    for (const days of [401, 399]) {
      await noteAudit(world.db, admin, { action: 'signed_in' }, daysAgo(days));
    }
    const before = await actions();
    expect(await purgeAudit(world.db)).toEqual({ purged: 1 });
    expect(await actions()).toHaveLength(before.length - 1);
  });

  it('B12.4 what is tried all day is noted a few times an hour', async () => {
    const nobody = { workspaceId: admin.workspaceId, userId: null };
    const entry = { action: 'sign_in_refused', target: admin.userId } as const;
    const at = (ms: number) => new Date(Date.parse(NOON) + ms).toISOString();
    const bound = { max: 3, withinMs: HOUR_MS };
    for (let minute = 0; minute < 10; minute += 1) {
      await noteSeldom(world.db, nobody, entry, at(minute * 60_000), bound);
    }
    expect(await actions({ action: 'sign_in_refused' })).toHaveLength(3);
    await noteSeldom(world.db, nobody, entry, at(HOUR_MS + 60_000), bound);
    expect(await actions({ action: 'sign_in_refused' })).toHaveLength(4);
  });
});
