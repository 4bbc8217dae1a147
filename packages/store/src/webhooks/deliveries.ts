import { randomUUID } from 'node:crypto';
import type { Instant } from '@tandem/engine';
import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { decodeCursor, encodeCursor, withCursor } from '../cursor.ts';
import type { Database } from '../database.ts';
import { inTransaction } from '../transaction.ts';
import { isUuid } from '../uuid.ts';
import { wakeWebhook } from './send-queue.ts';
import type { DeliveryPage, DeliveryView } from './webhook-types.ts';

const LIST = 'deliveries';

/** What was and will be sent to a webhook, newest first; null when there is no such webhook. */
export async function listDeliveries(
  db: Database,
  actor: Actor,
  webhookId: string,
  page: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<DeliveryPage | null> {
  const after = decodeCursor(LIST, page.cursor, 1);
  if (!isUuid(webhookId)) return null;
  const known = await db.kysely
    .selectFrom('tandem.webhooks')
    .select('webhook_id')
    .where('workspace_id', '=', actor.workspaceId)
    .where('webhook_id', '=', webhookId)
    .executeTakeFirst();
  if (known === undefined) return null;
  const { rows } = await withCursor(after, () =>
    sql<DeliveryView & { position: string }>`
      select ${columns}, d.position::text as position
      from tandem.webhook_deliveries d
      where d.workspace_id = ${actor.workspaceId} and d.webhook_id = ${webhookId}
        and ${after === null ? sql`true` : sql`d.position < ${after[0]}::bigint`}
      order by d.position desc
      limit ${page.limit + 1}
    `.execute(db.kysely),
  );
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  const more = rows.length > page.limit && last !== undefined;
  return {
    deliveries: shown.map(({ position: _, ...delivery }) => delivery),
    nextCursor: more ? encodeCursor(LIST, [last.position]) : null,
  };
}

export type QueueResult =
  | { readonly kind: 'ok'; readonly delivery: DeliveryView }
  | { readonly kind: 'not_found' }
  /** Nothing is sent to a webhook that is off. */
  | { readonly kind: 'webhook_off' };

/** The same event once more, as a delivery of its own: the log keeps what became of the first. */
export async function sendAgain(
  db: Database,
  actor: Actor,
  webhookId: string,
  deliveryId: string,
  at: Instant,
): Promise<QueueResult> {
  if (!isUuid(deliveryId)) return { kind: 'not_found' };
  return queue(
    db,
    actor,
    webhookId,
    at,
    (state) =>
      sql<DeliveryView>`
      insert into tandem.webhook_deliveries as d (workspace_id, webhook_id, event_id, type, task_id,
        data, at, next_at)
      select o.workspace_id, o.webhook_id, o.event_id, o.type, o.task_id, o.data, o.at,
        ${at}::timestamptz
      from tandem.webhook_deliveries o
      where o.workspace_id = ${actor.workspaceId} and o.webhook_id = ${webhookId}
        and o.delivery_id = ${deliveryId} and ${state} = 'on'
      returning ${columns}
    `,
  );
}

/** Something to try a receiver with. */
export async function pingWebhook(
  db: Database,
  actor: Actor,
  webhookId: string,
  at: Instant,
): Promise<QueueResult> {
  return queue(
    db,
    actor,
    webhookId,
    at,
    (state) =>
      sql<DeliveryView>`
      insert into tandem.webhook_deliveries as d (workspace_id, webhook_id, event_id, type, task_id,
        data, at, next_at)
      select ${actor.workspaceId}, ${webhookId}, ${randomUUID()}, 'ping', null, '{}',
        ${at}::timestamptz, ${at}::timestamptz
      where ${state} = 'on'
      returning ${columns}
    `,
  );
}

async function queue(
  db: Database,
  { workspaceId }: Actor,
  webhookId: string,
  _at: Instant,
  insert: (state: string) => ReturnType<typeof sql<DeliveryView>>,
): Promise<QueueResult> {
  if (!isUuid(webhookId)) return { kind: 'not_found' };
  return inTransaction(db, async (trx) => {
    const webhook = await trx
      .selectFrom('tandem.webhooks')
      .select('state')
      .where('workspace_id', '=', workspaceId)
      .where('webhook_id', '=', webhookId)
      .executeTakeFirst();
    if (webhook === undefined) return { kind: 'not_found' };
    const { rows } = await insert(webhook.state).execute(trx);
    const [delivery] = rows;
    if (delivery === undefined) {
      return { kind: webhook.state === 'on' ? 'not_found' : 'webhook_off' };
    }
    await wakeWebhook(trx, { workspaceId, webhookId });
    return { kind: 'ok', delivery };
  });
}

const columns = sql`
  d.delivery_id as "deliveryId", d.event_id as "eventId", d.type, d.task_id as "taskId", d.at, d.state,
  d.attempts, d.next_at as "nextAt", d.last_status as "lastStatus", d.last_fault as "lastFault",
  d.last_at as "lastAt"
`;
