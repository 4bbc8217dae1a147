import type { Sandbox } from '@tandem/sandbox';
import type { Clock } from '@tandem/sync';
import type { Logger } from 'pino';
import type { MailConfig } from '../config/config.ts';
import type { RateLimits } from '../http/rate-limits.ts';
import { createLog, type Server, startServer } from '../wiring.ts';
import { TestClient } from './client.ts';

export interface TestServerOptions {
  /** A migrated database, usually `(await testDatabase()).url` of @tandem/store/testing. */
  readonly databaseUrl: string;
  /** Where "Connect Salesforce" leads: the url of a sandbox. Default: nowhere. */
  readonly salesforceUrl?: string;
  /** The Pub/Sub API of that sandbox; default: change events are not followed. */
  readonly events?: Sandbox['events'];
  readonly clock?: Clock;
  readonly limits?: RateLimits;
  readonly worker?: boolean;
  /** Default: they run, as in every process; false: by turns that the test takes. */
  readonly reminders?: boolean;
  readonly log?: Logger;
  readonly webRoot?: string | null;
  readonly port?: number;
  readonly secretKey?: string;
  readonly formerSecretKey?: string;
  /** Default: no mail. */
  readonly mail?: MailConfig;
  /** Receivers of tests listen on 127.0.0.1. */
  readonly webhookPrivateNetworks?: boolean;
  /** Default: /metrics answers everybody. */
  readonly metricsToken?: string;
}

export interface RunningTandem extends Server {
  /** Nobody yet; `signUp` or `token` makes it somebody. */
  client(): TestClient;
}

/** Tests sign in far more often in a minute than people do. */
const NO_LIMITS: RateLimits = {
  apiPerMinute: 1_000_000,
  signInPerMinute: 1_000_000,
  signInPerAddress: 1_000_000,
  mailsPerMinute: 1_000_000,
};
export const TEST_SECRET_KEY = 'only-for-tests-only-for-tests-only-for-tests';

/** The real server over real HTTP on a free port; nothing of it is replaced but what options say. */
export async function startTestServer(options: TestServerOptions): Promise<RunningTandem> {
  const server = await startServer(
    {
      port: options.port ?? 0,
      secretKey: () => options.secretKey ?? TEST_SECRET_KEY,
      formerSecretKey: () => options.formerSecretKey ?? null,
      mail: options.mail ?? null,
      events: eventsOf(options.events ?? null),
      webhookPrivateNetworks: options.webhookPrivateNetworks ?? false,
      metricsToken: options.metricsToken ?? null,
      salesforce: {
        clientId: 'tandem-local',
        clientSecret: 'tandem-local-secret',
        // Port 9 is "discard": nothing of ours ever answers there.
        loginUrl: options.salesforceUrl ?? 'http://127.0.0.1:9',
      },
    },
    {
      databaseUrl: options.databaseUrl,
      log: options.log ?? createLog('silent'),
      limits: options.limits ?? NO_LIMITS,
      worker: options.worker ?? false,
      reminders: options.reminders ?? true,
      webRoot: options.webRoot ?? null,
      ...(options.clock === undefined ? {} : { clock: options.clock }),
    },
  );
  return { ...server, client: () => new TestClient(server.url) };
}

function eventsOf(events: Sandbox['events']) {
  return events && { endpoint: events.endpoint, certificate: () => events.certificate };
}
