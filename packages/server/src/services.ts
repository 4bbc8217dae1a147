import type { Database } from '@tandem/store';
import type { Clock, Ids } from '@tandem/sync';
import type { Logger } from 'pino';
import type { Auth } from './auth/auth.ts';
import type { EventsConfig } from './config/events.ts';
import type { ConnectFlow } from './connect/connect-flow.ts';
import type { SalesforceGateway } from './connect/gateway.ts';
import type { Metrics } from './http/metrics.ts';
import type { LiveHub } from './live/hub.ts';
import type { Mailer } from './mail/mailer.ts';
import type { Unsubscription } from './reminders/unsubscribe-token.ts';
import type { Vault } from './vault.ts';

/** What handlers and jobs work with; made once in wiring.ts, replaced piece by piece in tests. */
export interface Services {
  readonly db: Database;
  readonly auth: Auth;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
  readonly salesforce: SalesforceGateway;
  readonly connect: ConnectFlow;
  /** Null: change events are not followed. */
  readonly events: EventsConfig | null;
  readonly live: LiveHub;
  readonly metrics: Metrics;
  readonly vault: Vault;
  /** Null: no mail server is configured. */
  readonly mailer: Mailer | null;
  /** Where people reach Tandem, without a slash at the end. */
  publicUrl(): string;
  /** The page that ends mails of one kind for one member, signed. */
  unsubscribeUrl(asked: Unsubscription): string;
  readonly unsubscribeKey: Buffer;
  /** Whether webhooks may lead into private networks: self-hosting only. */
  readonly webhookPrivateNetworks: boolean;
  /** Null: /metrics answers everybody. */
  readonly metricsToken: string | null;
}
