import type { Instant } from '@tandem/engine';
import { type RawBuilder, sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { type AuditAction, appendAudit } from '../audit/append-audit.ts';
import type { Database } from '../database.ts';
import { notify } from '../events/notify.ts';
import { inTransaction } from '../transaction.ts';
import { wakeAfterEdit } from '../wake/wake.ts';
import type { ConnectionKey } from './connection.ts';
import { wanted } from './want-comparison.ts';

export type SwitchResult =
  | { readonly kind: 'ok'; readonly key: ConnectionKey }
  | { readonly kind: 'not_connected' };

/**
 * B6.3: sync starts at once, with an import from `windowStart` on (null: all open tasks). Links of an
 * earlier time stay, and what was imported then counts as linked now (B7.2); the watermark stays too, so
 * that the next poll reads what happened meanwhile. Where there are links, all of them are compared before
 * anything is sent: what was deleted long ago, no poll shows any more. Already on: nothing changes.
 * `by`: an admin, where it is done for the team.
 */
export async function switchOn(
  db: Database,
  actor: Actor,
  windowStart: Instant | null,
  at: Instant,
  by: string = actor.userId,
): Promise<SwitchResult> {
  const progress = {
    state: 'running',
    windowStart,
    startedAt: null,
    found: null,
    imported: 0,
    linked: 0,
    skipped: 0,
    cursor: null,
  };
  return change(
    db,
    actor,
    { action: 'sync_switched_on', at, by },
    sql`status = 'off'`,
    sql`status = 'on', switched_on_at = ${at}::timestamptz, import = ${JSON.stringify(progress)}::jsonb,
      comparison = case when ${hasLinks} then ${wanted('switched_on')} else comparison end`,
  );
}

const hasLinks = sql`exists (
  select from tandem.links l
  where l.workspace_id = connections.workspace_id and l.connection_id = connections.connection_id
    and l.salesforce_id is not null
)`;

/** B7.1: freezes. Nothing else changes, on either side; a turn that is under way ends at its next step. */
export async function switchOff(
  db: Database,
  actor: Actor,
  at: Instant,
  by: string = actor.userId,
): Promise<SwitchResult> {
  const entry = { action: 'sync_switched_off', at, by } as const;
  return change(db, actor, entry, sql`status <> 'off'`, sql`status = 'off'`);
}

/** A turn that is under way was begun under the old setting: it changes nothing more (I9). */
export const fenceOff = sql`lease_token = lease_token + 1, lease_holder = null, lease_until = null`;

async function change(
  db: Database,
  actor: Actor,
  { action, at, by }: { action: AuditAction; at: Instant; by: string },
  where: RawBuilder<unknown>,
  set: RawBuilder<unknown>,
): Promise<SwitchResult> {
  const { workspaceId, userId } = actor;
  return inTransaction(db, async (trx): Promise<SwitchResult> => {
    const current = await trx
      .selectFrom('tandem.connections')
      .select('connection_id')
      .where('workspace_id', '=', workspaceId)
      .where('user_id', '=', userId)
      .where('connected', '=', true)
      .executeTakeFirst();
    if (current === undefined) return { kind: 'not_connected' };
    const connectionId = current.connection_id;
    const { rows } = await sql`
      update tandem.connections set ${set}, ${fenceOff}
      where workspace_id = ${workspaceId} and connection_id = ${connectionId} and connected
        and ${where}
      returning 1
    `.execute(trx);
    if (rows.length > 0) {
      await appendAudit(trx, { workspaceId, userId: by }, { action, target: userId }, at);
      await notify(trx, { type: 'sync', workspaceId, userIds: [userId] });
      // Every row's state word depends on it.
      await notify(trx, { type: 'tasks', workspaceId, userIds: [userId], taskIds: [] });
      await wakeAfterEdit(trx, workspaceId, [connectionId]);
    }
    return { kind: 'ok', key: { workspaceId, connectionId } };
  });
}
