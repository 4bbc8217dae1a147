import type { Instant, SalesforceId } from '@tandem/engine';
import { sql } from 'kysely';
import type { Executor } from '../transaction.ts';
import type { Lease, SkippedRecord } from './port.ts';

/** "Ignore" stays as long as the reason does. */
export async function recordSkipped(
  db: Executor,
  lease: Lease,
  rows: readonly SkippedRecord[],
  at: Instant,
): Promise<void> {
  if (rows.length === 0) return;
  // One row per record, the last one said: ON CONFLICT cannot touch a row twice.
  const whose = rows.map((row) => ({
    ...row,
    connectionId: row.connectionId ?? lease.connectionId,
  }));
  const once = [...new Map(whose.map((row) => [row.salesforceId, row])).values()];
  await sql`
    insert into tandem.skipped as s (workspace_id, connection_id, salesforce_id, subject, reason, at)
    select ${lease.workspaceId}, r."connectionId", r."salesforceId", r.subject, r.reason,
      ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(once)}::jsonb)
      as r ("connectionId" uuid, "salesforceId" text, subject text, reason text)
    on conflict (workspace_id, connection_id, salesforce_id) do update set
      subject = excluded.subject, reason = excluded.reason,
      at = case when s.reason = excluded.reason then s.at else excluded.at end,
      ignored = s.ignored and s.reason = excluded.reason
  `.execute(db);
}

export async function forgetSkipped(
  db: Executor,
  lease: Lease,
  ids: readonly SalesforceId[],
): Promise<void> {
  if (ids.length === 0) return;
  // Of the whole org: a record may have been left out for one person and come in for another.
  await sql`
    delete from tandem.skipped s
    using tandem.connections c, tandem.connections own
    where s.workspace_id = ${lease.workspaceId} and s.salesforce_id = any(${[...ids]})
      and own.workspace_id = s.workspace_id and own.connection_id = ${lease.connectionId}
      and c.workspace_id = s.workspace_id and c.org_id = own.org_id
      and s.connection_id = c.connection_id
  `.execute(db);
}
