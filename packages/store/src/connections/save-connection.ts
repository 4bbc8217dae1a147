import type { Instant } from '@tandem/engine';
import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Database } from '../database.ts';
import { notify } from '../events/notify.ts';
import { type Executor, inTransaction, violatedConstraint } from '../transaction.ts';
import { wakeAfterEdit } from '../wake/wake.ts';
import type { NewConnection, SaveConnectionResult } from './connection.ts';
import { connectionByKey } from './connections.ts';

/**
 * After a finished OAuth round. The same org resumes its connection with links, watermark and settings,
 * another org starts a new one and the old one rests (B7.3). Signing in again ends `needs_sign_in` (B11.8);
 * a connection that was off stays off until somebody switches it on (B6.1).
 */
export async function saveConnection(
  db: Database,
  actor: Actor,
  input: NewConnection,
  at: Instant,
): Promise<SaveConnectionResult> {
  try {
    const connectionId = await inTransaction(db, async (trx) => {
      if (!(await isMember(trx, actor))) return null;
      await restOtherOrgs(trx, actor, input.orgId);
      const saved = await upsert(trx, actor, input, at);
      const { workspaceId, userId } = actor;
      await appendAudit(trx, actor, { action: 'account_connected', target: saved }, at);
      await notify(trx, { type: 'sync', workspaceId, userIds: [userId] });
      await wakeAfterEdit(trx, workspaceId, [saved]);
      return saved;
    });
    if (connectionId === null) return { kind: 'removed' };
    const key = { workspaceId: actor.workspaceId, connectionId };
    const connection = await connectionByKey(db, key);
    if (connection === null) throw new Error('A connection that was saved exists.');
    return { kind: 'ok', connection };
  } catch (error) {
    if (violatedConstraint(error) !== 'connections_one_user_per_salesforce_user') throw error;
    return { kind: 'salesforce_user_taken', byUserId: await connectedAs(db, actor, input) };
  }
}

/** Behind the lock that a removal takes first: Salesforce answers slowly, and somebody may be removed meanwhile. */
async function isMember(db: Executor, { workspaceId, userId }: Actor): Promise<boolean> {
  await sql`select from tandem.workspaces where workspace_id = ${workspaceId} for share`.execute(
    db,
  );
  const member = await db
    .selectFrom('tandem.members')
    .select('user_id')
    .where('workspace_id', '=', workspaceId)
    .where('user_id', '=', userId)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return member !== undefined;
}

async function restOtherOrgs(db: Executor, actor: Actor, orgId: string): Promise<void> {
  await db
    .updateTable('tandem.connections')
    .set({ connected: false, tokens: null, status: 'off', sign_in_needed: false })
    .where('workspace_id', '=', actor.workspaceId)
    .where('user_id', '=', actor.userId)
    .where('org_id', '<>', orgId)
    .where('connected', '=', true)
    .execute();
}

async function upsert(
  db: Executor,
  actor: Actor,
  input: NewConnection,
  at: Instant,
): Promise<string> {
  await db
    .insertInto('tandem.orgs')
    .values({ workspace_id: actor.workspaceId, org_id: input.orgId })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'org_id']).doNothing())
    .execute();
  const account = {
    org_name: input.orgName,
    salesforce_user_id: input.salesforceUserId,
    username: input.username,
    display_name: input.displayName,
    instance_url: input.instanceUrl,
    login_url: input.loginUrl,
    tokens: Buffer.from(input.tokens),
    connected: true,
    connected_at: at,
    sign_in_needed: false,
  };
  const row = await db
    .insertInto('tandem.connections')
    .values({
      workspace_id: actor.workspaceId,
      user_id: actor.userId,
      org_id: input.orgId,
      ...account,
    })
    .onConflict((conflict) =>
      conflict.constraint('connections_one_per_user_and_org').doUpdateSet({
        ...account,
        status: sql`case tandem.connections.status when 'needs_sign_in' then 'on'
          else tandem.connections.status end`,
      }),
    )
    .returning('connection_id')
    .executeTakeFirstOrThrow();
  return row.connection_id;
}

async function connectedAs(db: Database, actor: Actor, input: NewConnection): Promise<string> {
  const row = await db.kysely
    .selectFrom('tandem.connections')
    .select('user_id')
    .where('workspace_id', '=', actor.workspaceId)
    .where('org_id', '=', input.orgId)
    .where('salesforce_user_id', '=', input.salesforceUserId)
    .where('connected', '=', true)
    .executeTakeFirst();
  // Nobody any more: the other person disconnected this very moment, and trying again will do.
  return row?.user_id ?? actor.userId;
}
