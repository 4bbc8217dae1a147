import type { Instant } from '@tandem/engine';
import { sql } from 'kysely';
import type { Actor, Role } from '../actor.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { disconnectIn } from '../connections/connections.ts';
import type { Database } from '../database.ts';
import { notify } from '../events/notify.ts';
import { type Executor, inTransaction } from '../transaction.ts';

/** What admins do to their team; that only they may is the caller's to hold. */

export async function renameWorkspace(
  db: Database,
  actor: Actor,
  name: string,
  at: Instant,
): Promise<void> {
  const { workspaceId } = actor;
  await inTransaction(db, async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('tandem.workspaces')
      .set({ name })
      .where('workspace_id', '=', workspaceId)
      .where('name', '<>', name)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return;
    await appendAudit(trx, actor, { action: 'workspace_renamed' }, at);
    await notify(trx, { type: 'settings', workspaceId });
  });
}

export type TeamResult = 'ok' | 'not_found' | 'last_admin';

/**
 * A workspace always has an admin: two who step down at once are queued, and the second is refused. Invitations
 * are an admin's to give, so those of who is none any more are over.
 */
export async function changeRole(
  db: Database,
  actor: Actor,
  userId: string,
  role: Role,
  at: Instant,
): Promise<TeamResult> {
  return onMember(db, actor, userId, async (trx, before, adminCount) => {
    if (before === role) return 'ok';
    if (before === 'admin' && adminCount === 1) return 'last_admin';
    await trx
      .updateTable('tandem.members')
      .set({ role })
      .where('workspace_id', '=', actor.workspaceId)
      .where('user_id', '=', userId)
      .execute();
    if (before === 'admin') {
      await trx
        .deleteFrom('tandem.invitations')
        .where('workspace_id', '=', actor.workspaceId)
        .where('invited_by', '=', userId)
        .execute();
    }
    const data = { from: before, to: role };
    await appendAudit(trx, actor, { action: 'role_changed', target: userId, data }, at);
    return 'ok';
  });
}

/**
 * Tokens, sessions and invitations of the person end with the transaction, and sync freezes as on disconnect
 * (B7.1). Tasks stay with their owner's name until somebody takes them over; history stays.
 */
export async function removeMember(
  db: Database,
  actor: Actor,
  userId: string,
  at: Instant,
): Promise<TeamResult> {
  const { workspaceId } = actor;
  return onMember(db, actor, userId, async (trx, role, adminCount) => {
    if (role === 'admin' && adminCount === 1) return 'last_admin';
    await disconnectIn(trx, { workspaceId, userId });
    await sql`
      with tokens as (
        delete from tandem.api_tokens where workspace_id = ${workspaceId} and user_id = ${userId}
      ), keys as (
        delete from tandem.idempotency_keys
        where workspace_id = ${workspaceId} and user_id = ${userId}
      ), invited as (
        delete from tandem.invitations
        where workspace_id = ${workspaceId} and invited_by = ${userId}
      ), reminders as (
        delete from tandem.reminders
        where workspace_id = ${workspaceId} and user_id = ${userId}
      ), notices as (
        delete from tandem.notices
        where workspace_id = ${workspaceId} and user_id = ${userId}
      ), due_words as (
        delete from tandem.due_words
        where workspace_id = ${workspaceId} and user_id = ${userId}
      ), sessions as (
        delete from auth.session where "userId" = ${userId}
      )
      update tandem.members set removed_at = ${at}::timestamptz
      where workspace_id = ${workspaceId} and user_id = ${userId}
    `.execute(trx);
    await appendAudit(trx, actor, { action: 'member_removed', target: userId, data: { role } }, at);
    return 'ok';
  });
}

async function onMember(
  db: Database,
  { workspaceId }: Actor,
  userId: string,
  work: (trx: Executor, role: Role, adminCount: number) => Promise<TeamResult>,
): Promise<TeamResult> {
  return inTransaction(db, async (trx) => {
    await sql`select from tandem.workspaces where workspace_id = ${workspaceId} for update`.execute(
      trx,
    );
    const { rows } = await sql<{ role: Role | null; admins: number }>`
      select max(role) filter (where user_id = ${userId}) as role,
        count(*) filter (where role = 'admin')::int as admins
      from tandem.members where workspace_id = ${workspaceId} and removed_at is null
    `.execute(trx);
    const [found] = rows;
    if (!found?.role) return 'not_found';
    const result = await work(trx, found.role, found.admins);
    if (result === 'ok') await notify(trx, { type: 'settings', workspaceId });
    return result;
  });
}
