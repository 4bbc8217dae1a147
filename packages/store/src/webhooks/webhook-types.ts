import type { Instant } from '@tandem/engine';

/** What a webhook can be told of. `ping` is only sent on demand. */
export type TaskEventType =
  | 'task.created'
  | 'task.updated'
  | 'task.completed'
  | 'task.reopened'
  | 'task.deleted'
  | 'task.restored';
export type WebhookEventType = TaskEventType | 'ping';

/** `stopped`: by Tandem, because nothing got through for days; `off`: by a person. */
export type WebhookState = 'on' | 'off' | 'stopped';

export interface WebhookView {
  readonly webhookId: string;
  readonly name: string;
  readonly url: string;
  /** Empty: every event. */
  readonly events: readonly string[];
  readonly state: WebhookState;
  readonly failures: number;
  readonly failingSince: Instant | null;
  readonly pauseUntil: Instant | null;
  /** Until when the former secret signs as well. */
  readonly formerUntil: Instant | null;
  readonly createdAt: Instant;
}

export interface NewWebhook {
  readonly webhookId: string;
  readonly name: string;
  readonly url: string;
  readonly events: readonly string[];
  /** Sealed by the caller. */
  readonly secret: Buffer;
}

export interface WebhookPage {
  readonly webhooks: readonly WebhookView[];
  readonly nextCursor: string | null;
}

export interface WebhookKey {
  readonly workspaceId: string;
  readonly webhookId: string;
}

export interface DeliveryView {
  readonly deliveryId: string;
  readonly eventId: string;
  readonly type: WebhookEventType;
  readonly taskId: string | null;
  readonly at: Instant;
  readonly state: 'waiting' | 'delivered' | 'failed';
  readonly attempts: number;
  readonly nextAt: Instant | null;
  readonly lastStatus: number | null;
  readonly lastFault: string | null;
  readonly lastAt: Instant | null;
}

export interface DeliveryPage {
  readonly deliveries: readonly DeliveryView[];
  readonly nextCursor: string | null;
}
