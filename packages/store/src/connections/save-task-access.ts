import { type Instant, instantMs } from '@tandem/engine';
import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { inTransaction } from '../transaction.ts';
import type { ConnectionKey } from './connection.ts';
import { replanParked } from './replan-parked.ts';

/** Nothing tells when a rule, a lock or a share changed in Salesforce: one more try a day finds out. */
const TRY_AGAIN_MS = 24 * 60 * 60_000;

/**
 * What an account may do in Salesforce, as just read. Where it may do more than before, all of its parked tasks
 * are planned again; and once a day in any case, since the other causes are not to be seen from here (B11.2).
 */
export async function saveTaskAccess(
  db: Database,
  { workspaceId, connectionId }: ConnectionKey,
  granted: readonly string[],
  at: Instant,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    // The connection before its links, as a turn locks them.
    const { rows } = await sql<{ task_access: string[] | null; parked_tried_at: Instant | null }>`
      select task_access, parked_tried_at from tandem.connections
      where workspace_id = ${workspaceId} and connection_id = ${connectionId}
      for no key update
    `.execute(trx);
    const [before] = rows;
    if (before === undefined) return;
    const known = new Set(before.task_access ?? []);
    const isMore = granted.some((name) => !known.has(name));
    const isNewDay =
      before.parked_tried_at === null ||
      instantMs(at) - instantMs(before.parked_tried_at) >= TRY_AGAIN_MS;
    await sql`
      update tandem.connections set task_access = ${[...granted]}::text[],
        parked_tried_at = ${isMore || isNewDay ? at : before.parked_tried_at}
      where workspace_id = ${workspaceId} and connection_id = ${connectionId}
    `.execute(trx);
    if (isMore || isNewDay) await replanParked(trx, workspaceId, { connectionId }, at);
  });
}
