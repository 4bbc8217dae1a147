import type { Instant } from '@tandem/engine';
import { sql } from 'kysely';
import type { Executor } from '../transaction.ts';
import type { Lease } from './port.ts';

/**
 * B11.7: own calls, added to the hour in which they were made. One upsert by the primary key, which also takes
 * away the hours that count no more.
 */
export async function recordCalls(
  db: Executor,
  lease: Lease,
  calls: number,
  at: Instant,
): Promise<void> {
  if (calls === 0) return;
  await sql`
    with old as (
      delete from tandem.api_calls a using tandem.connections c
      where c.workspace_id = ${lease.workspaceId} and c.connection_id = ${lease.connectionId}
        and a.workspace_id = c.workspace_id and a.org_id = c.org_id
        and a.hour < ${at}::timestamptz - interval '2 days'
    )
    insert into tandem.api_calls (workspace_id, org_id, hour, calls)
    select c.workspace_id, c.org_id, date_trunc('hour', ${at}::timestamptz, 'UTC'), ${calls}
    from tandem.connections c
    where c.workspace_id = ${lease.workspaceId} and c.connection_id = ${lease.connectionId}
    on conflict on constraint api_calls_pkey do update set calls = tandem.api_calls.calls + excluded.calls
  `.execute(db);
}
