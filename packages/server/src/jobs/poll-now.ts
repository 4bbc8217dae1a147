import type { ConnectionKey, Database } from '@tandem/store';

/**
 * "Sync now": a job of its own beside the connection's appointment, because a person's edit may move
 * that one and would take the wish to poll with it. Pressing twice is one job.
 */
export async function pollNow(
  db: Database,
  key: ConnectionKey,
  runAt: string | null = null,
): Promise<void> {
  await db.pool.query(
    `select graphile_worker.add_job('sync', $1::json, job_key := $2, job_key_mode := 'replace',
       run_at := coalesce($3::timestamptz, now()))`,
    [
      JSON.stringify({
        workspaceId: key.workspaceId,
        connectionId: key.connectionId,
        pollNow: true,
      }),
      `poll:${key.connectionId}`,
      runAt,
    ],
  );
}
