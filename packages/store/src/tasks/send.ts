import type { Instant } from '@tandem/engine';
import type { Actor } from '../actor.ts';
import type { Database } from '../database.ts';
import { notify } from '../events/notify.ts';
import { type Executor, inTransaction } from '../transaction.ts';
import { isUuid } from '../uuid.ts';
import { wakeAfterEdit } from '../wake/wake.ts';
import { lockTasks } from './change-tasks.ts';
import { linkTasks } from './create-tasks.ts';
import { readTasks } from './read-tasks.ts';
import type { TaskView } from './task-view.ts';

export type SendResult =
  | { readonly kind: 'ok'; readonly task: TaskView }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'not_connected' }
  | { readonly kind: 'sync_is_off' };

/** B6.5: a single older task goes to Salesforce after all. One that is linked already stays as it is. */
export async function sendToSalesforce(
  db: Database,
  actor: Actor,
  id: string,
  at: Instant,
): Promise<SendResult> {
  if (!isUuid(id)) return { kind: 'not_found' };
  return inTransaction(db, async (trx): Promise<SendResult> => {
    const [task] = await lockTasks(trx, actor, [id]);
    if (task === undefined || task.trashedAt !== null) return { kind: 'not_found' };
    const status = await ownersSync(trx, actor.workspaceId, task.ownerId);
    if (status === null) return { kind: 'not_connected' };
    if (status === 'off') return { kind: 'sync_is_off' };
    const connectionIds = await linkTasks(trx, actor.workspaceId, [task.id], at);
    if (connectionIds.length > 0) {
      await notify(trx, {
        type: 'tasks',
        workspaceId: actor.workspaceId,
        userIds: [task.ownerId, actor.userId],
        taskIds: [task.id],
      });
      await wakeAfterEdit(trx, actor.workspaceId, connectionIds);
    }
    const [view] = await readTasks(trx, actor.workspaceId, [task.id]);
    return view === undefined ? { kind: 'not_found' } : { kind: 'ok', task: view };
  });
}

async function ownersSync(
  db: Executor,
  workspaceId: string,
  userId: string,
): Promise<'on' | 'off' | 'needs_sign_in' | null> {
  const row = await db
    .selectFrom('tandem.connections')
    .select('status')
    .where('workspace_id', '=', workspaceId)
    .where('user_id', '=', userId)
    .where('connected', '=', true)
    .executeTakeFirst();
  return row?.status ?? null;
}
