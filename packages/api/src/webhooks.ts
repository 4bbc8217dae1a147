import { z } from 'zod';
import { instant, task } from './task.ts';
import { storable } from './text.ts';

/** Programs are told of changes: one POST for each event, signed, repeated until it is taken. */

export const webhookEvent = z.enum([
  'task.created',
  'task.updated',
  'task.completed',
  'task.reopened',
  'task.deleted',
  'task.restored',
]);
export type WebhookEventName = z.infer<typeof webhookEvent>;

/** `stopped`: by Tandem, after nothing got through for three days, or when 50,000 wait. `on` again by PATCH. */
export const webhookState = z.enum(['on', 'off', 'stopped']);

export const webhook = z.object({
  id: z.uuid(),
  name: z.string(),
  url: z.url(),
  /** Empty: all of them, those of later releases too. */
  events: z.array(z.string()),
  state: webhookState,
  /** Tries in a row that failed; 0 when the last one was taken. */
  failures: z.int(),
  failingSince: instant.nullable(),
  /** Nothing is sent before this moment. */
  pauseUntil: instant.nullable(),
  /** Until then messages are signed with the former secret as well. */
  formerSecretUntil: instant.nullable(),
  createdAt: instant,
});
export type Webhook = z.infer<typeof webhook>;
export const webhooks = z.object({
  webhooks: z.array(webhook),
  nextCursor: z.string().nullable(),
});

const name = storable.trim().min(1, 'must not be empty').max(100);
const url = z.url('must be an address like https://example.com/tandem').max(2000);
const events = z.array(webhookEvent).max(webhookEvent.options.length);

export const newWebhook = z.strictObject({ name, url, events: events.default([]) });
export const webhookPatch = z
  .strictObject({ name, url, events, state: z.enum(['on', 'off']) })
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, 'must name at least one field');
/** The secret is shown this once; it signs every message (see packages/client/README.md). */
export const webhookWithSecret = webhook.extend({ secret: z.string() });
export type WebhookWithSecret = z.infer<typeof webhookWithSecret>;

export const delivery = z.object({
  id: z.uuid(),
  /** The same for every delivery of one event: receivers tell repetitions by it. */
  eventId: z.uuid(),
  type: z.string(),
  taskId: z.uuid().nullable(),
  at: instant,
  state: z.enum(['waiting', 'delivered', 'failed']),
  attempts: z.int(),
  nextAt: instant.nullable(),
  /** HTTP status of the last answer; null where there was none. */
  lastStatus: z.int().nullable(),
  /** `status`, `timeout`, `unreachable`, `address_refused`, `webhook_stopped`, `secret_unreadable`. */
  lastFault: z.string().nullable(),
  lastAt: instant.nullable(),
});
export type Delivery = z.infer<typeof delivery>;
export const deliveries = z.object({
  deliveries: z.array(delivery),
  nextCursor: z.string().nullable(),
});

/** The body of a message. `task` is as it was when it happened; null in a `ping`. */
export const webhookMessage = z.object({
  id: z.uuid(),
  type: z.string(),
  at: instant,
  workspaceId: z.uuid(),
  /** On which side it happened; null in a `ping`. */
  origin: z.enum(['app', 'sf']).nullable(),
  actorId: z.string().nullable(),
  changed: z.array(z.string()),
  task: task.nullable(),
});
export type WebhookMessage = z.infer<typeof webhookMessage>;
