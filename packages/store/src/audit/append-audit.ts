import type { Instant } from '@tandem/engine';
import type { Actor } from '../actor.ts';
import type { Executor } from '../transaction.ts';

/** What the log tells of; pages and programs have words for each. */
export const AUDIT_ACTIONS = [
  'signed_in',
  'sign_in_refused',
  'signed_out',
  'sessions_ended',
  'password_changed',
  'password_reset',
  'workspace_renamed',
  'invitation_made',
  'invitation_revoked',
  'member_joined',
  'member_removed',
  'role_changed',
  'tasks_reassigned',
  'viewed_as',
  'tasks_exported',
  'problems_exported',
  'token_made',
  'token_revoked',
  'webhook_made',
  'webhook_changed',
  'webhook_secret_changed',
  'webhook_removed',
  'account_connected',
  'account_disconnected',
  'sync_switched_on',
  'sync_switched_off',
  'settings_changed',
  'team_sync_changed',
  'template_changed',
  'deletions_answered',
  'audit_exported',
  'secret_key_changed',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export interface AuditDraft {
  readonly action: AuditAction;
  /** A member's, token's, webhook's or invitation's id. */
  readonly target?: string | null;
  /** Names of settings, roles, counts; never a task's text or a secret (B12.2). */
  readonly data?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}

/** B12.4: in the transaction of what it tells, wherever that happens in this database. */
export async function appendAudit(
  db: Executor,
  { workspaceId, userId }: Pick<Actor, 'workspaceId'> & { readonly userId: string | null },
  { action, target = null, data = {} }: AuditDraft,
  at: Instant,
): Promise<void> {
  await db
    .insertInto('tandem.audit')
    .values({
      workspace_id: workspaceId,
      at,
      actor: userId,
      action,
      target,
      data: JSON.stringify(data),
    })
    .execute();
}
