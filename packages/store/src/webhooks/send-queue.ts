import type { Instant } from '@tandem/engine';
import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { notify } from '../events/notify.ts';
import { type Executor, inTransaction } from '../transaction.ts';
import type { TaskEventData } from './record-events.ts';
import type { WebhookEventType, WebhookKey } from './webhook-types.ts';

/** A delivery somebody has taken to send, with all that takes. */
export interface TakenDelivery {
  readonly deliveryId: string;
  readonly eventId: string;
  readonly type: WebhookEventType;
  readonly at: Instant;
  readonly data: TaskEventData | Record<string, never>;
  /** This one included. */
  readonly attempts: number;
  /** In a row, of all its deliveries, before this one. */
  readonly failures: number;
  readonly url: string;
  readonly secret: Buffer;
  /** While it still signs. */
  readonly formerSecret: Buffer | null;
}

export type DeliveryOutcome =
  | { readonly kind: 'delivered'; readonly status: number }
  | {
      readonly kind: 'failed';
      readonly status: number | null;
      readonly fault: string;
      /** Null: it was the last try. */
      readonly nextAt: Instant | null;
      /** Until then nothing is sent to this webhook at all. */
      readonly pauseUntil: Instant | null;
    };

/** As long as a job that was lost may stay unnoticed; as in wake/wake.ts. */
const LOST_JOB_MS = 2_000;
/** A sweep comes every few seconds; what does not fit waits for the next one. */
const DUE_MAX = 500;
/** When nothing got through for this long, nobody is there any more. */
const STOP_AFTER_MS = 3 * 24 * 60 * 60 * 1000;
/** Fewer tries than this in all that time say nothing. */
const STOP_FAILURES_MIN = 10;
/** So much waits only for a receiver that is far too slow, or away; it would wait for ever. */
const WAITING_MAX = 50_000;
/** How long the log is kept. */
const LOG_MS = 30 * 24 * 60 * 60 * 1000;
const PURGE_STEP = 1_000;

/** Asks for a turn of sending; as soon as may be, or at `runAt`. */
export async function wakeWebhook(
  db: Executor,
  { workspaceId, webhookId }: WebhookKey,
  runAt?: Instant,
): Promise<void> {
  const at = runAt === undefined ? sql`now()` : sql`${runAt}::timestamptz`;
  await sql`
    select graphile_worker.add_job('webhook',
      json_build_object('workspaceId', ${workspaceId}::uuid, 'webhookId', ${webhookId}::uuid),
      run_at := ${at}, job_key := 'webhook:' || ${webhookId}::text)
  `.execute(db);
}

/**
 * The oldest that is due, for `claimMs`: two workers never send the same one at once, and a worker that
 * dies gives it back by time. Null: nothing to send now.
 */
export async function takeDelivery(
  db: Database,
  { workspaceId, webhookId }: WebhookKey,
  at: Instant,
  claimMs: number,
): Promise<TakenDelivery | null> {
  const { rows } = await sql<TakenDelivery>`
    -- Materialized: joined in, the planner may run it once for each row, and take more than one.
    with next as materialized (
      select x.delivery_id, w.url, w.failures, w.secret,
        case when w.former_until > ${at}::timestamptz then w.former_secret end as former
      from tandem.webhook_deliveries x
      join tandem.webhooks w using (workspace_id, webhook_id)
      where x.workspace_id = ${workspaceId} and x.webhook_id = ${webhookId} and w.state = 'on'
        and (w.pause_until is null or w.pause_until <= ${at}::timestamptz)
        and x.state = 'waiting' and x.next_at <= ${at}::timestamptz
        and (x.claimed_until is null or x.claimed_until <= ${at}::timestamptz)
      order by x.position
      limit 1
      for update of x skip locked
    )
    update tandem.webhook_deliveries d set attempts = d.attempts + 1,
      claimed_until = ${at}::timestamptz + make_interval(secs => ${claimMs / 1000})
    from next
    where d.workspace_id = ${workspaceId} and d.delivery_id = next.delivery_id
    returning d.delivery_id as "deliveryId", d.event_id as "eventId", d.type, d.at, d.data, d.attempts,
      next.failures, next.url, next.secret, next.former as "formerSecret"
  `.execute(db.kysely);
  return rows[0] ?? null;
}

/** How it went. A webhook that fails for days is stopped, and the screens are told (`stopped`). */
export async function settleDelivery(
  db: Database,
  { workspaceId, webhookId }: WebhookKey,
  taken: Pick<TakenDelivery, 'deliveryId' | 'attempts'>,
  outcome: DeliveryOutcome,
  at: Instant,
): Promise<{ readonly stopped: boolean }> {
  return inTransaction(db, async (trx) => {
    const failed = outcome.kind === 'failed';
    const nextAt = failed ? outcome.nextAt : null;
    const settled = await trx
      .updateTable('tandem.webhook_deliveries')
      .set({
        state: failed ? (nextAt === null ? 'failed' : 'waiting') : 'delivered',
        next_at: nextAt,
        claimed_until: null,
        last_status: outcome.status,
        last_fault: failed ? outcome.fault.slice(0, 200) : null,
        last_at: at,
      })
      .where('workspace_id', '=', workspaceId)
      .where('delivery_id', '=', taken.deliveryId)
      // Somebody else took it over after our claim ran out.
      .where('attempts', '=', taken.attempts)
      .where('state', '=', 'waiting')
      .returning('delivery_id')
      .executeTakeFirst();
    if (settled === undefined) return { stopped: false };
    if (!failed) {
      await sql`
        update tandem.webhooks set failures = 0, failing_since = null, pause_until = null
        where workspace_id = ${workspaceId} and webhook_id = ${webhookId} and failures > 0
      `.execute(trx);
      return { stopped: false };
    }
    const { rows } = await sql<{ stopped: boolean }>`
      update tandem.webhooks set failures = failures + 1,
        failing_since = coalesce(failing_since, ${at}::timestamptz),
        pause_until = ${outcome.pauseUntil}::timestamptz,
        state = case when state = 'on' and failures + 1 >= ${STOP_FAILURES_MIN} and failing_since
          <= ${at}::timestamptz - make_interval(secs => ${STOP_AFTER_MS / 1000})
          then 'stopped' else state end
      where workspace_id = ${workspaceId} and webhook_id = ${webhookId}
      returning state = 'stopped' as stopped
    `.execute(trx);
    const stopped = rows[0]?.stopped === true;
    if (stopped) await giveUpWaiting(trx, { workspaceId, webhookId }, at);
    return { stopped };
  });
}

/** What waited for a stopped webhook can be sent again by hand. */
async function giveUpWaiting(db: Executor, { workspaceId, webhookId }: WebhookKey, at: Instant) {
  await sql`
    update tandem.webhook_deliveries set state = 'failed', next_at = null, claimed_until = null,
      last_fault = 'webhook_stopped', last_at = ${at}::timestamptz
    where workspace_id = ${workspaceId} and webhook_id = ${webhookId} and state = 'waiting'
  `.execute(db);
  await notify(db, { type: 'settings', workspaceId });
}

/** Stops a webhook that can no longer keep up: a queue has an end. */
export async function stopFlooded(
  db: Database,
  key: WebhookKey,
  at: Instant,
  waitingMax: number = WAITING_MAX,
): Promise<{ readonly stopped: boolean }> {
  return inTransaction(db, async (trx) => {
    const { rows } = await sql`
      update tandem.webhooks w set state = 'stopped'
      where w.workspace_id = ${key.workspaceId} and w.webhook_id = ${key.webhookId}
        and w.state = 'on' and (select count(*) from (
          select from tandem.webhook_deliveries d
          where d.workspace_id = w.workspace_id and d.webhook_id = w.webhook_id
            and d.state = 'waiting' limit ${waitingMax + 1}) waiting) > ${waitingMax}
      returning 1 as stopped
    `.execute(trx);
    if (rows.length > 0) await giveUpWaiting(trx, key, at);
    return { stopped: rows.length > 0 };
  });
}

/** When there is something to send again; null when nothing waits. */
export async function nextDeliveryAt(
  db: Database,
  { workspaceId, webhookId }: WebhookKey,
): Promise<Instant | null> {
  const { rows } = await sql<{ at: Instant | null }>`
    select greatest(min(greatest(d.next_at, d.claimed_until)), max(w.pause_until)) as at
    from tandem.webhook_deliveries d
    join tandem.webhooks w using (workspace_id, webhook_id)
    where d.workspace_id = ${workspaceId} and d.webhook_id = ${webhookId} and d.state = 'waiting'
      and w.state = 'on'
    having count(*) > 0
  `.execute(db.kysely);
  return rows[0]?.at ?? null;
}

/** Webhooks with something due that nobody sends: their job was lost. Spans workspaces, by purpose. */
export async function dueWebhooks(db: Database, now: Instant): Promise<readonly WebhookKey[]> {
  const { rows } = await sql<WebhookKey>`
    select distinct d.workspace_id as "workspaceId", d.webhook_id as "webhookId"
    from tandem.webhook_deliveries d
    join tandem.webhooks w using (workspace_id, webhook_id)
    where d.state = 'waiting' and w.state = 'on'
      and d.next_at < ${now}::timestamptz - make_interval(secs => ${LOST_JOB_MS / 1000})
      and (d.claimed_until is null or d.claimed_until < ${now}::timestamptz)
      and (w.pause_until is null or w.pause_until < ${now}::timestamptz)
    limit ${DUE_MAX}
  `.execute(db.kysely);
  return rows;
}

/** The log of long ago, in all workspaces, a step at a time. What still waits stays. */
export async function purgeDeliveries(db: Database, now: Instant): Promise<{ purged: number }> {
  const olderThan = new Date(Date.parse(now) - LOG_MS).toISOString();
  let purged = 0;
  for (;;) {
    const { rows } = await sql<{ purged: number }>`
      with old as (
        select workspace_id, delivery_id from tandem.webhook_deliveries
        where at < ${olderThan}::timestamptz and state <> 'waiting'
        order by at limit ${PURGE_STEP}
      ), gone as (
        delete from tandem.webhook_deliveries d using old
        where d.workspace_id = old.workspace_id and d.delivery_id = old.delivery_id
        returning 1
      )
      select count(*) as purged from gone
    `.execute(db.kysely);
    const step = rows[0]?.purged ?? 0;
    purged += step;
    if (step < PURGE_STEP) return { purged };
  }
}
