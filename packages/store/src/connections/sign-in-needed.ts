import type { Instant } from '@tandem/engine';
import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { notify } from '../events/notify.ts';
import { inTransaction } from '../transaction.ts';
import type { ConnectionKey } from './connection.ts';

/**
 * B11.8: Salesforce refused the authorisation of this connection as it was read. What is on waits for the
 * sign-in, what is off stays off; nothing is lost. Whoever has signed in again since then is left alone.
 */
export async function noteSignInNeeded(
  db: Database,
  connection: ConnectionKey & { readonly connectedAt: Instant },
): Promise<void> {
  const { workspaceId, connectionId, connectedAt } = connection;
  await inTransaction(db, async (trx) => {
    const { rows } = await sql<{ userId: string }>`
      update tandem.connections set sign_in_needed = true,
        status = case status when 'on' then 'needs_sign_in' else status end
      where workspace_id = ${workspaceId} and connection_id = ${connectionId}
        and connected and connected_at = ${connectedAt}::timestamptz
        and (not sign_in_needed or status = 'on')
      returning user_id as "userId"
    `.execute(trx);
    for (const { userId } of rows) {
      await notify(trx, { type: 'sync', workspaceId, userIds: [userId] });
      // Every row's state word depends on it.
      await notify(trx, { type: 'tasks', workspaceId, userIds: [userId], taskIds: [] });
    }
  });
}
