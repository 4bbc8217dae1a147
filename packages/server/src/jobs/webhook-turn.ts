import { signWebhook } from '@tandem/client';
import {
  type DeliveryOutcome,
  nextDeliveryAt,
  settleDelivery,
  stopFlooded,
  type TakenDelivery,
  takeDelivery,
  type WebhookKey,
  wakeWebhook,
} from '@tandem/store';
import type { Services } from '../services.ts';
import { type Vault, VaultError } from '../vault.ts';
import { messageOf } from '../webhooks/message.ts';
import { POST_MS_MAX, type PostResult, postWebhook } from '../webhooks/post.ts';
import { pauseMs, retryAfterMs } from '../webhooks/schedule.ts';
import { openSecret } from '../webhooks/secret.ts';

export type WebhookDeps = Pick<
  Services,
  'db' | 'clock' | 'log' | 'vault' | 'webhookPrivateNetworks'
>;

/** Then others have their turn; what is left gets a job of its own. */
const DELIVERIES_PER_TURN = 50;
/** Longer than the longest POST, so that nobody else takes what is still being sent. */
const CLAIM_MS = POST_MS_MAX + 20_000;

/** Sends what is due to one webhook, oldest first, and says when to come back. */
export async function webhookTurn(deps: WebhookDeps, key: WebhookKey): Promise<void> {
  const { db, clock, log } = deps;
  for (let sent = 0; sent < DELIVERIES_PER_TURN; sent += 1) {
    const taken = await takeDelivery(db, key, clock.now(), CLAIM_MS);
    if (taken === null) break;
    const outcome = await deliver(deps, key, taken);
    const { stopped } = await settleDelivery(db, key, taken, outcome, clock.now());
    const facts = {
      webhookId: key.webhookId,
      deliveryId: taken.deliveryId,
      status: outcome.status,
    };
    if (outcome.kind === 'failed') log.info({ ...facts, fault: outcome.fault }, 'webhook.failed');
    if (stopped) log.warn({ webhookId: key.webhookId }, 'webhook.stopped');
  }
  const flooded = await stopFlooded(db, key, clock.now());
  if (flooded.stopped) log.warn({ webhookId: key.webhookId }, 'webhook.stopped');
  const next = await nextDeliveryAt(db, key);
  if (next !== null) await wakeWebhook(db.kysely, key, next);
}

async function deliver(
  deps: WebhookDeps,
  key: WebhookKey,
  taken: TakenDelivery,
): Promise<DeliveryOutcome> {
  const result = await post(deps, key, taken);
  if (result.kind === 'answered' && result.status >= 200 && result.status < 300) {
    return { kind: 'delivered', status: result.status };
  }
  const now = Date.parse(deps.clock.now());
  const instant = (ms: number) => new Date(now + ms).toISOString();
  const retry = retryAfterMs(taken.attempts, Math.random());
  const pause = pauseMs(taken.failures + 1);
  return {
    kind: 'failed',
    status: result.kind === 'answered' ? result.status : null,
    fault: result.kind === 'answered' ? 'status' : result.fault,
    nextAt: retry === null ? null : instant(retry),
    pauseUntil: pause === 0 ? null : instant(pause),
  };
}

async function post(
  deps: WebhookDeps,
  key: WebhookKey,
  taken: TakenDelivery,
): Promise<PostResult | { readonly kind: 'failed'; readonly fault: 'secret_unreadable' }> {
  const secrets = secretsOf(deps.vault, key.webhookId, taken);
  if (secrets === null) return { kind: 'failed', fault: 'secret_unreadable' };
  const body = messageOf(taken, key.workspaceId);
  const sentAt = Date.parse(deps.clock.now());
  return postWebhook(
    taken.url,
    body,
    {
      'content-type': 'application/json',
      'user-agent': 'Tandem',
      'tandem-event': taken.type,
      'tandem-event-id': taken.eventId,
      'tandem-delivery': taken.deliveryId,
      'tandem-signature': signWebhook(body, secrets, sentAt),
    },
    deps.webhookPrivateNetworks,
  );
}

/** Null: sealed under another TANDEM_SECRET_KEY. A failure as any other, so that it ends and is seen. */
function secretsOf(
  vault: Vault,
  webhookId: string,
  { secret, formerSecret }: TakenDelivery,
): readonly string[] | null {
  try {
    return [secret, formerSecret].flatMap((blob) =>
      blob === null ? [] : [openSecret(vault, webhookId, blob)],
    );
  } catch (error) {
    if (error instanceof VaultError) return null;
    throw error;
  }
}
