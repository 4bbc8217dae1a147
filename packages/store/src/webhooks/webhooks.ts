import { isDeepStrictEqual } from 'node:util';
import type { Instant } from '@tandem/engine';
import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { decodeCursor, encodeCursor, withCursor } from '../cursor.ts';
import type { Database } from '../database.ts';
import { InvalidValue } from '../errors.ts';
import { notify } from '../events/notify.ts';
import { inTransaction } from '../transaction.ts';
import { isUuid } from '../uuid.ts';
import { wakeWebhook } from './send-queue.ts';
import type { NewWebhook, WebhookPage, WebhookView } from './webhook-types.ts';

/** Each change of a task is written once for each of them; more are one program that passes events on. */
const WEBHOOKS_MAX = 20;
/** How long both secrets sign: time enough to bring the new one to every receiver. */
const FORMER_SECRET_MS = 24 * 60 * 60 * 1000;
const LIST = 'webhooks';

/** Webhooks belong to the workspace; that only admins may is the caller's to hold. */
export async function createWebhook(
  db: Database,
  actor: Actor,
  webhook: NewWebhook,
  at: Instant,
): Promise<WebhookView> {
  const { workspaceId } = actor;
  return inTransaction(db, async (trx) => {
    // Two at once must not both be the last that fits.
    await sql`select from tandem.workspaces where workspace_id = ${workspaceId} for update`.execute(
      trx,
    );
    const { count } = await trx
      .selectFrom('tandem.webhooks')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('workspace_id', '=', workspaceId)
      .executeTakeFirstOrThrow();
    if (count >= WEBHOOKS_MAX) {
      throw new InvalidValue('url', `is one too many: a workspace has at most ${WEBHOOKS_MAX}`);
    }
    const { webhookId, name, url, events, secret } = webhook;
    const made = await trx
      .insertInto('tandem.webhooks')
      .values({
        workspace_id: workspaceId,
        webhook_id: webhookId,
        name,
        url,
        events: [...events],
        secret,
        former_secret: null,
        former_until: null,
        failing_since: null,
        pause_until: null,
        created_at: at,
      })
      .returning(columns)
      .executeTakeFirstOrThrow();
    await appendAudit(trx, actor, { action: 'webhook_made', target: webhookId }, at);
    await notify(trx, { type: 'settings', workspaceId });
    return made;
  });
}

/** In the order they were made. */
export async function listWebhooks(
  db: Database,
  actor: Actor,
  page: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<WebhookPage> {
  const after = decodeCursor(LIST, page.cursor, 2);
  const rows = await withCursor(after, () => {
    const all = db.kysely
      .selectFrom('tandem.webhooks')
      .select(columns)
      .where('workspace_id', '=', actor.workspaceId);
    const rest =
      after === null
        ? all
        : all.where(
            sql<boolean>`(created_at, webhook_id) > (${after[0]}::timestamptz, ${after[1]}::uuid)`,
          );
    return rest
      .orderBy('created_at')
      .orderBy('webhook_id')
      .limit(page.limit + 1)
      .execute();
  });
  const webhooks = rows.slice(0, page.limit);
  const last = webhooks.at(-1);
  const more = rows.length > page.limit && last !== undefined;
  return {
    webhooks,
    nextCursor: more ? encodeCursor(LIST, [last.createdAt, last.webhookId]) : null,
  };
}

export async function getWebhook(
  db: Database,
  actor: Actor,
  webhookId: string,
): Promise<WebhookView | null> {
  if (!isUuid(webhookId)) return null;
  const row = await db.kysely
    .selectFrom('tandem.webhooks')
    .select(columns)
    .where('workspace_id', '=', actor.workspaceId)
    .where('webhook_id', '=', webhookId)
    .executeTakeFirst();
  return row ?? null;
}

export interface WebhookChange {
  readonly name?: string | undefined;
  readonly url?: string | undefined;
  readonly events?: readonly string[] | undefined;
  readonly state?: 'on' | 'off' | undefined;
}

/** Null when there is none. Switched on again, it starts afresh: what failed before is no reason any more. */
export async function patchWebhook(
  db: Database,
  actor: Actor,
  webhookId: string,
  change: WebhookChange,
  at: Instant,
): Promise<WebhookView | null> {
  if (!isUuid(webhookId)) return null;
  const { workspaceId } = actor;
  return inTransaction(db, async (trx) => {
    const { name, url, events, state } = change;
    const before = await trx
      .selectFrom('tandem.webhooks')
      .select(['name', 'url', 'events', 'state'])
      .where('workspace_id', '=', workspaceId)
      .where('webhook_id', '=', webhookId)
      .forUpdate()
      .executeTakeFirst();
    if (before === undefined) return null;
    const row = await trx
      .updateTable('tandem.webhooks')
      .set({
        ...(name === undefined ? {} : { name }),
        ...(url === undefined ? {} : { url }),
        ...(events === undefined ? {} : { events: [...events] }),
        ...(state === undefined ? {} : { state }),
        ...(state === 'on' || url !== undefined ? FRESH : {}),
      })
      .where('workspace_id', '=', workspaceId)
      .where('webhook_id', '=', webhookId)
      .returning(columns)
      .executeTakeFirstOrThrow();
    const fields = changedFields(before, change);
    if (fields.length > 0) {
      const entry = { action: 'webhook_changed', target: webhookId, data: { fields } } as const;
      await appendAudit(trx, actor, entry, at);
    }
    await notify(trx, { type: 'settings', workspaceId });
    await wakeWebhook(trx, { workspaceId, webhookId });
    return row;
  });
}

/** Pages save the whole form, so that a field was named says nothing (B12.4). */
function changedFields(was: Record<(typeof FIELDS)[number], unknown>, change: WebhookChange) {
  return FIELDS.filter(
    (field) => change[field] !== undefined && !isDeepStrictEqual(was[field], change[field]),
  );
}

const FIELDS = ['events', 'name', 'state', 'url'] as const;
const FRESH = { failures: 0, failing_since: null, pause_until: null } as const;

/** With its log and what still waited. */
export async function deleteWebhook(
  db: Database,
  actor: Actor,
  webhookId: string,
  at: Instant,
): Promise<boolean> {
  if (!isUuid(webhookId)) return false;
  const { workspaceId } = actor;
  return inTransaction(db, async (trx) => {
    const gone = await trx
      .deleteFrom('tandem.webhooks')
      .where('workspace_id', '=', workspaceId)
      .where('webhook_id', '=', webhookId)
      .returning('webhook_id')
      .executeTakeFirst();
    if (gone === undefined) return false;
    await appendAudit(trx, actor, { action: 'webhook_removed', target: webhookId }, at);
    await notify(trx, { type: 'settings', workspaceId });
    return true;
  });
}

/** The old secret signs beside the new one for a day. */
export async function rotateWebhookSecret(
  db: Database,
  actor: Actor,
  webhookId: string,
  secret: Buffer,
  at: Instant,
): Promise<WebhookView | null> {
  if (!isUuid(webhookId)) return null;
  const until = new Date(Date.parse(at) + FORMER_SECRET_MS).toISOString();
  return inTransaction(db, async (trx) => {
    const row = await trx
      .updateTable('tandem.webhooks')
      .set({ secret, former_secret: sql`secret`, former_until: until })
      .where('workspace_id', '=', actor.workspaceId)
      .where('webhook_id', '=', webhookId)
      .returning(columns)
      .executeTakeFirst();
    if (row === undefined) return null;
    await appendAudit(trx, actor, { action: 'webhook_secret_changed', target: webhookId }, at);
    return row;
  });
}

const columns = [
  'webhook_id as webhookId',
  'name',
  'url',
  'events',
  'state',
  'failures',
  'failing_since as failingSince',
  'pause_until as pauseUntil',
  'former_until as formerUntil',
  'created_at as createdAt',
] as const;
