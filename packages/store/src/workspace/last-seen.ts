import type { Instant } from '@tandem/engine';
import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Database } from '../database.ts';

/** "Last seen" is good to ten minutes; writing at every request would cost more than it tells. */
const STEP_MS = 10 * 60_000;

/** One statement, and a write only when the last one is old. */
export async function noteSeen(
  db: Database,
  { workspaceId, userId }: Actor,
  at: Instant,
): Promise<void> {
  await sql`
    insert into tandem.last_seen as s (workspace_id, user_id, at)
    values (${workspaceId}, ${userId}, ${at}::timestamptz)
    on conflict (workspace_id, user_id) do update set at = excluded.at
    where s.at < excluded.at - make_interval(secs => ${STEP_MS / 1000})
  `.execute(db.kysely);
}
