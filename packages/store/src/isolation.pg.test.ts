import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as store from './index.ts';
import { ATTEMPTS } from './isolation-attempts.ts';
import { buildHouse, type House, NAME } from './isolation-house.ts';
import { openWorld, type World } from './test-world.ts';

/** They belong to no workspace, or exist to find one; the tests beside them hold what they may tell. */
const OUTSIDE_WORKSPACES = new Set([
  'APPOINTED_AFTER_EDIT_MS',
  'EVENTS_REST_MS',
  'AUDIT_ACTIONS',
  'InvalidValue',
  'LeaseLost',
  'DEFAULT_REMINDERS',
  'adoptMembers',
  'checkSchema',
  'claimFeeds',
  'countHealth',
  'dropLateMails',
  'dueConnections',
  'dueWebhooks',
  'ensureWorkspace',
  'examineDatabase',
  'findApiToken',
  'findInvitation',
  'forgetDueWords',
  'isRemoved',
  'listen',
  'memberOf',
  'migrate',
  'noteKeyChange',
  'noteRestored',
  'openDatabase',
  'planReminders',
  'provideDatabase',
  'purgeAudit',
  'purgeDeliveries',
  'purgeInvitations',
  'purgeKeys',
  'purgeNotices',
  'purgeTrash',
  'SEALED_PLACES',
  'readIdentity',
  'replaceSealed',
  'sayLateDue',
  'sealedByOthers',
  'surviveLostConnections',
  'takeMails',
  'watchTroubles',
]);

describe('I13 one workspace never reaches another’s', () => {
  let world: World;
  let mine: House;
  let their: House;

  beforeAll(async () => {
    world = await openWorld();
    mine = await buildHouse(world);
    their = await buildHouse(world);
  });
  afterAll(() => world.close());

  async function everythingOf(workspaceId: string): Promise<string> {
    const tables = await world.db.pool.query<{ name: string }>(
      `select table_name as name from information_schema.columns
       where table_schema = 'tandem' and column_name = 'workspace_id' order by 1`,
    );
    const parts: string[] = [];
    for (const { name } of tables.rows) {
      const { rows } = await world.db.pool.query(
        `select to_jsonb(x)::text as row from tandem.${name} x where workspace_id = $1 order by 1`,
        [workspaceId],
      );
      parts.push(name, ...rows.map(({ row }) => row));
    }
    return parts.join('\n');
  }

  it('every function of the store is tried, or has a reason not to be', () => {
    const functions = Object.keys(store).filter((name) => !OUTSIDE_WORKSPACES.has(name));
    expect(Object.keys(ATTEMPTS).sort()).toEqual(functions.sort());
  });

  it.each(Object.keys(ATTEMPTS))('%s', async (name) => {
    const before = await everythingOf(their.actor.workspaceId);
    expect(before.split(NAME).length).toBeGreaterThan(5);
    const answer = JSON.stringify(await ATTEMPTS[name]?.(world, mine.actor, their, mine)) ?? '';
    expect(await everythingOf(their.actor.workspaceId)).toBe(before);
    const secrets = [
      their.actor.workspaceId,
      their.taskId,
      their.linkId,
      their.tokenId,
      their.invitationId,
      their.viewId,
      their.webhookId,
      their.deliveryId,
      their.noticeId,
      their.key.connectionId,
    ].filter((secret) => !ECHOES[name]?.(their).includes(secret));
    for (const secret of secrets) expect(answer).not.toContain(secret);
  });
});

/** Ids that were given and come back as "not found". */
const ECHOES: Record<string, (their: House) => readonly string[]> = {
  patchTasks: ({ taskId }) => [taskId],
  trashTasks: ({ taskId }) => [taskId],
  importTasks: ({ taskId }) => [taskId],
  createWebhook: ({ webhookId }) => [webhookId],
};
