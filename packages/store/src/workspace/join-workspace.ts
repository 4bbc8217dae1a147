import type { Instant } from '@tandem/engine';
import type { Actor, Role } from '../actor.ts';
import type { Executor } from '../transaction.ts';

/** Somebody who was a member before comes back as the same one, with tasks and history of then. */
export async function joinWorkspace(
  db: Executor,
  workspaceId: string,
  { userId, role }: { readonly userId: string; readonly role: Role },
  at: Instant,
): Promise<Actor> {
  return db
    .insertInto('tandem.members')
    .values({
      workspace_id: workspaceId,
      user_id: userId,
      role,
      time_zone: null,
      created_at: at,
      removed_at: null,
    })
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'user_id']).doUpdateSet({ role, removed_at: null }),
    )
    .returning(['workspace_id as workspaceId', 'user_id as userId', 'role'])
    .executeTakeFirstOrThrow();
}
