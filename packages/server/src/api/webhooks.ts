import { type Delivery, ENDPOINTS, type Webhook } from '@tandem/api';
import {
  createWebhook,
  type DeliveryView,
  deleteWebhook,
  getWebhook,
  listDeliveries,
  listWebhooks,
  patchWebhook,
  pingWebhook,
  type QueueResult,
  rotateWebhookSecret,
  sendAgain,
  type WebhookView,
} from '@tandem/store';
import type { FastifyInstance } from 'fastify';
import { endpoint } from '../http/endpoint.ts';
import { Refusal } from '../http/refusal.ts';
import type { Services } from '../services.ts';
import { checkWebhookUrl } from '../webhooks/check-url.ts';
import { newWebhookSecret, sealSecret } from '../webhooks/secret.ts';

/** Webhooks with their log; an admin's, because messages tell of everybody's tasks. */
export function registerWebhooks(app: FastifyInstance, services: Services): void {
  const { db, clock, ids, vault, webhookPrivateNetworks } = services;

  endpoint(app, ENDPOINTS.listWebhooks, async ({ actor, query }) => {
    const { webhooks, nextCursor } = await listWebhooks(db, actor, query);
    return { webhooks: webhooks.map(presentWebhook), nextCursor };
  });

  endpoint(app, ENDPOINTS.createWebhook, async ({ actor, body }) => {
    checkWebhookUrl(body.url, webhookPrivateNetworks);
    const webhookId = ids.uuid();
    const secret = newWebhookSecret();
    const sealed = sealSecret(vault, webhookId, secret);
    const made = await createWebhook(
      db,
      actor,
      { ...body, webhookId, secret: sealed },
      clock.now(),
    );
    return { ...presentWebhook(made), secret };
  });

  endpoint(app, ENDPOINTS.getWebhook, async ({ actor, params: { id } }) =>
    presentWebhook(found(await getWebhook(db, actor, id))),
  );

  endpoint(app, ENDPOINTS.patchWebhook, async ({ actor, params: { id }, body }) => {
    if (body.url !== undefined) checkWebhookUrl(body.url, webhookPrivateNetworks);
    return presentWebhook(found(await patchWebhook(db, actor, id, body, clock.now())));
  });

  endpoint(app, ENDPOINTS.deleteWebhook, async ({ actor, params: { id } }) => {
    if (!(await deleteWebhook(db, actor, id, clock.now()))) throw new Refusal('not_found');
  });

  endpoint(app, ENDPOINTS.rotateWebhookSecret, async ({ actor, params: { id } }) => {
    const { webhookId } = found(await getWebhook(db, actor, id));
    const secret = newWebhookSecret();
    const sealed = sealSecret(vault, webhookId, secret);
    const changed = await rotateWebhookSecret(db, actor, webhookId, sealed, clock.now());
    return { ...presentWebhook(found(changed)), secret };
  });

  endpoint(app, ENDPOINTS.pingWebhook, async ({ actor, params: { id } }) =>
    presentDelivery(await pingWebhook(db, actor, id, clock.now())),
  );

  endpoint(app, ENDPOINTS.listDeliveries, async ({ actor, params: { id }, query }) => {
    const page = await listDeliveries(db, actor, id, query);
    if (page === null) throw new Refusal('not_found');
    return { deliveries: page.deliveries.map(deliveryJson), nextCursor: page.nextCursor };
  });

  endpoint(app, ENDPOINTS.sendAgain, async ({ actor, params: { id, deliveryId } }) =>
    presentDelivery(await sendAgain(db, actor, id, deliveryId, clock.now())),
  );
}

function found<T>(value: T | null): T {
  if (value === null) throw new Refusal('not_found');
  return value;
}

function presentWebhook(webhook: WebhookView): Webhook {
  const { webhookId: id, name, url, events, state, failures } = webhook;
  const { failingSince, pauseUntil, formerUntil: formerSecretUntil, createdAt } = webhook;
  return {
    id,
    name,
    url,
    events: [...events],
    state,
    failures,
    failingSince,
    pauseUntil,
    formerSecretUntil,
    createdAt,
  };
}

function presentDelivery(result: QueueResult): Delivery {
  if (result.kind !== 'ok') throw new Refusal(result.kind);
  return deliveryJson(result.delivery);
}

function deliveryJson({ deliveryId: id, ...rest }: DeliveryView): Delivery {
  return { id, ...rest };
}
