import type { Instant } from '@tandem/engine';
import { type RawBuilder, sql } from 'kysely';
import type { ConnectionKey } from '../connections/connection.ts';
import type { Database } from '../database.ts';
import type { Executor } from '../transaction.ts';

/** Quick edits within this time become one write (E4); short enough for B8.1's two seconds. */
export const APPOINTED_AFTER_EDIT_MS = 1_200;

/** When an appointment is this old its job was lost (a worker died with it), so it is made again. */
export const LOST_JOB_MS = 2_000;

/** Asks for a pass: at once, or at `runAt`; never later than what somebody else has asked for. */
export async function wakeConnection(
  db: Database,
  key: ConnectionKey,
  runAt?: Instant,
): Promise<void> {
  const at = runAt === undefined ? sql<Instant>`now()` : sql<Instant>`${runAt}::timestamptz`;
  await wakeAt(db.kysely, key.workspaceId, [key.connectionId], at);
}

/** After a person's edit, in its transaction and as its last lock. */
export async function wakeAfterEdit(
  db: Executor,
  workspaceId: string,
  connectionIds: readonly string[],
): Promise<void> {
  if (connectionIds.length === 0) return;
  const at = sql<Instant>`now() + make_interval(secs => ${APPOINTED_AFTER_EDIT_MS / 1000})`;
  await wakeAt(db, workspaceId, connectionIds, at);
}

/**
 * `wakes` is what was asked for, the graphile-worker job only carries it. An appointment that is already
 * as early stays as it is, and its job with it: that is what makes quick edits one pass.
 */
async function wakeAt(
  db: Executor,
  workspaceId: string,
  connectionIds: readonly string[],
  at: RawBuilder<Instant>,
): Promise<void> {
  await sql`
    with appointed as (
      insert into tandem.wakes as w (workspace_id, connection_id, wake_at)
      select c.workspace_id, c.connection_id, ${at}
      from tandem.connections c
      where c.workspace_id = ${workspaceId}
        and c.connection_id = any(${[...connectionIds]}::uuid[])
        and c.status = 'on'
      order by c.connection_id
      on conflict (workspace_id, connection_id) do update set wake_at = excluded.wake_at
        where w.wake_at is null
          or w.wake_at > excluded.wake_at
          or w.wake_at < now() - make_interval(secs => ${LOST_JOB_MS / 1000})
      returning w.workspace_id, w.connection_id, w.wake_at
    )
    select ${addJob} from appointed
  `.execute(db);
}

/**
 * One job per connection and no queue: a queue stays locked for hours when its worker is killed, the
 * lease does not. `replace`, because `appointed` has already decided which time is the earlier one.
 */
export const addJob = sql`
  count(graphile_worker.add_job(
    'sync',
    json_build_object(
      'workspaceId', appointed.workspace_id, 'connectionId', appointed.connection_id),
    run_at := appointed.wake_at,
    job_key := 'sync:' || appointed.connection_id,
    job_key_mode := 'replace'
  ))
`;
