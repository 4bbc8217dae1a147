import type { Instant } from '@tandem/engine';
import { sql } from 'kysely';
import type { Executor } from '../transaction.ts';
import { wakeAfterEdit } from '../wake/wake.ts';

/**
 * B11.2: what waits for a change of its cause goes on when the org's maps or picklists change, or what an account
 * may do. All parked links of the org, or of the one connection, are planned once more; what is still refused
 * parks again, and says nothing new. A create in doubt is not refused, it is unknown, and waits for its own
 * answer (R8).
 */
export async function replanParked(
  db: Executor,
  workspaceId: string,
  of: { readonly orgId: string } | { readonly connectionId: string },
  at: Instant,
): Promise<void> {
  const isOf =
    'orgId' in of ? sql`l.org_id = ${of.orgId}` : sql`l.connection_id = ${of.connectionId}`;
  const { rows } = await sql<{ connection_id: string }>`
    with chosen as (
      select l.link_id from tandem.links l
      where l.workspace_id = ${workspaceId} and ${isOf} and l.parked is not null
        and l.retry_at is null and l.dirty_since is null and l.state <> 'dead'
        and l.parked ->> 'code' <> 'OUTCOME_UNKNOWN'
      order by l.task_id, l.link_id
      for no key update
    ), marked as (
      update tandem.links l set dirty_since = ${at}::timestamptz from chosen
      where l.workspace_id = ${workspaceId} and l.link_id = chosen.link_id
      returning l.connection_id
    )
    select distinct connection_id from marked
  `.execute(db);
  await wakeAfterEdit(
    db,
    workspaceId,
    rows.map((row) => row.connection_id),
  );
}
