import type { Instant } from '@tandem/engine';
import { sql } from 'kysely';
import type { ConnectionKey } from '../connections/connection.ts';
import type { Database } from '../database.ts';
import { LOST_JOB_MS } from './wake.ts';

/** A sweep comes every few seconds; what does not fit waits for the next one. */
const DUE_MAX = 500;

/**
 * Connections that ought to be at work and are not: the appointment has passed and nobody took it (its
 * job died with a worker), or the lease ran out in somebody's hands. Spans workspaces, by purpose.
 * Both halves read partial indexes that hold only what waits or works (wakes_due, connections_leased).
 */
export async function dueConnections(
  db: Database,
  now: Instant,
): Promise<readonly ConnectionKey[]> {
  const { rows } = await sql<ConnectionKey>`
    select c.workspace_id as "workspaceId", c.connection_id as "connectionId"
    from tandem.wakes w
    join tandem.connections c using (workspace_id, connection_id)
    where w.wake_at < ${now}::timestamptz - make_interval(secs => ${LOST_JOB_MS / 1000})
      and c.status = 'on'
      and (c.lease_until is null or c.lease_until < ${now}::timestamptz)
    union
    select c.workspace_id, c.connection_id
    from tandem.connections c
    where c.lease_holder is not null and c.lease_until < ${now}::timestamptz and c.status = 'on'
    limit ${DUE_MAX}
  `.execute(db.kysely);
  return rows;
}
