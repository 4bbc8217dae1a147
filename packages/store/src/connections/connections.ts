import type { Instant } from '@tandem/engine';
import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Database } from '../database.ts';
import { notify } from '../events/notify.ts';
import { type Executor, inTransaction } from '../transaction.ts';
import { isUuid } from '../uuid.ts';
import type { ConnectionKey, ConnectionView } from './connection.ts';
import { fenceOff } from './switch.ts';

/** The one in use; else the last one used, disconnected; null when there never was one. */
export async function getConnection(db: Database, actor: Actor): Promise<ConnectionView | null> {
  const row = await connectionQuery(db)
    .where('c.workspace_id', '=', actor.workspaceId)
    .where('c.user_id', '=', actor.userId)
    .orderBy('c.connected', 'desc')
    .orderBy('c.connected_at', 'desc')
    .orderBy('c.connection_id')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** For workers, who act for no person. */
export async function connectionByKey(
  db: Database,
  key: ConnectionKey,
): Promise<ConnectionView | null> {
  if (!isUuid(key.workspaceId) || !isUuid(key.connectionId)) return null;
  const row = await connectionQuery(db)
    .where('c.workspace_id', '=', key.workspaceId)
    .where('c.connection_id', '=', key.connectionId)
    .executeTakeFirst();
  return row ?? null;
}

function connectionQuery(db: Database) {
  return db.kysely
    .selectFrom('tandem.connections as c')
    .innerJoin('tandem.orgs as g', (join) =>
      join.onRef('g.workspace_id', '=', 'c.workspace_id').onRef('g.org_id', '=', 'c.org_id'),
    )
    .select([
      'c.workspace_id as workspaceId',
      'c.connection_id as connectionId',
      'c.user_id as userId',
      'c.org_id as orgId',
      'c.org_name as orgName',
      'c.salesforce_user_id as salesforceUserId',
      'c.username',
      'c.display_name as displayName',
      'c.instance_url as instanceUrl',
      'c.login_url as loginUrl',
      'c.connected',
      'c.status',
      'c.sign_in_needed as signInNeeded',
      'c.connected_at as connectedAt',
      'c.switched_on_at as switchedOnAt',
      'g.creation_key_field as creationKeyField',
      'g.read_at as orgReadAt',
      'c.parked_tried_at as parkedTriedAt',
    ]);
}

/** B7.1: like switching off, and the tokens are forgotten. Links and history stay. */
export async function disconnect(db: Database, actor: Actor, at: Instant): Promise<void> {
  await inTransaction(db, async (trx) => {
    if (!(await disconnectIn(trx, actor))) return;
    await appendAudit(trx, actor, { action: 'account_disconnected' }, at);
  });
}

/** False when nothing was connected. */
export async function disconnectIn(
  db: Executor,
  { workspaceId, userId }: Pick<Actor, 'workspaceId' | 'userId'>,
): Promise<boolean> {
  const { rows } = await sql`
    with cut as (
      update tandem.connections set connected = false, tokens = null, status = 'off',
        sign_in_needed = false, ${fenceOff}
      where workspace_id = ${workspaceId} and user_id = ${userId} and connected
      returning workspace_id, connection_id
    ), unasked as (
      update tandem.wakes w set wake_at = null from cut
      where w.workspace_id = cut.workspace_id and w.connection_id = cut.connection_id
    )
    select from cut
  `.execute(db);
  if (rows.length === 0) return false;
  await notify(db, { type: 'sync', workspaceId, userIds: [userId] });
  return true;
}

/** Encrypted, as they were saved; null when disconnected. */
export async function loadTokens(db: Database, key: ConnectionKey): Promise<Uint8Array | null> {
  const row = await db.kysely
    .selectFrom('tandem.connections')
    .select('tokens')
    .where('workspace_id', '=', key.workspaceId)
    .where('connection_id', '=', key.connectionId)
    .executeTakeFirst();
  return row?.tokens ?? null;
}

/** After a refresh. A connection that was disconnected meanwhile gets no tokens back. */
export async function saveTokens(
  db: Database,
  key: ConnectionKey,
  tokens: Uint8Array,
): Promise<void> {
  await db.kysely
    .updateTable('tandem.connections')
    .set({ tokens: Buffer.from(tokens) })
    .where('workspace_id', '=', key.workspaceId)
    .where('connection_id', '=', key.connectionId)
    .where('connected', '=', true)
    .execute();
}
