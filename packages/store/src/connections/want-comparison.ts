import { type RawBuilder, sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Database } from '../database.ts';
import { notify } from '../events/notify.ts';
import type { Comparison } from '../links/port.ts';
import { inTransaction } from '../transaction.ts';
import { wakeAfterEdit } from '../wake/wake.ts';
import type { ConnectionKey } from './connection.ts';

/**
 * "Compare now" (R13): the next turn begins one. One that is under way goes on, without the daily one's
 * pauses; one that is waiting keeps its more serious reason.
 */
export async function wantComparison(
  db: Database,
  actor: Actor,
  { connectionId }: ConnectionKey,
): Promise<void> {
  const { workspaceId, userId } = actor;
  await inTransaction(db, async (trx) => {
    const { rows } = await sql`
      update tandem.connections set comparison =
        case
          when comparison->>'state' in ('wanted', 'running') and comparison->>'why' <> 'daily'
            then comparison
          when comparison->>'state' = 'running' then comparison || '{"why":"asked"}'
          else ${wanted('asked')}
        end
      where workspace_id = ${workspaceId} and connection_id = ${connectionId}
        and user_id = ${userId} and connected
      returning 1
    `.execute(trx);
    if (rows.length === 0) return;
    await notify(trx, { type: 'sync', workspaceId, userIds: [userId] });
    await wakeAfterEdit(trx, workspaceId, [connectionId]);
  });
}

/** The column as it asks for a new one. The last result stays on show until that begins. */
export function wanted(why: Comparison['why']): RawBuilder<unknown> {
  const asked = { state: 'wanted', why, cursor: null, held: [] };
  return sql`coalesce(comparison, ${JSON.stringify(NEVER)}::jsonb) || ${JSON.stringify(asked)}::jsonb`;
}

const NEVER: Comparison = {
  state: 'wanted',
  why: 'asked',
  startedAt: null,
  finishedAt: null,
  cursor: null,
  compared: 0,
  agreed: 0,
  missing: 0,
};
