import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Database, openDatabase } from '@tandem/store';
import type { Clock, Ids } from '@tandem/sync';
import type { FastifyInstance } from 'fastify';
import { type Logger, pino } from 'pino';
import { type Auth, createAuth, type TellReset } from './auth/auth.ts';
import type { Config } from './config/config.ts';
import { createConnectFlow } from './connect/connect-flow.ts';
import { createGateway } from './connect/gateway.ts';
import { createStoreClock } from './database/store-clock.ts';
import { createApp } from './http/app.ts';
import { createMetrics } from './http/metrics.ts';
import { RATE_LIMITS, type RateLimits } from './http/rate-limits.ts';
import { UNSUBSCRIBE_PATH } from './http/unsubscribe-page.ts';
import { startReminders } from './jobs/reminders.ts';
import { startWorker, type Worker } from './jobs/worker.ts';
import { openHub } from './live/hub.ts';
import { compose } from './mail/compose.ts';
import { createMailer } from './mail/mailer.ts';
import { resetLetter } from './reminders/letters.ts';
import { signUnsubscription } from './reminders/unsubscribe-token.ts';
import type { Services } from './services.ts';
import { createVault, deriveKey } from './vault.ts';

/** The one place where everything of production is put together. */

export const systemClock: Clock = { now: () => new Date().toISOString() };
const systemIds: Ids = { uuid: randomUUID };

export interface ServerOptions {
  readonly databaseUrl: string;
  readonly log?: Logger;
  readonly clock?: Clock;
  readonly limits?: RateLimits;
  /** Folder of the built web app; default: packages/web/dist where it exists. */
  readonly webRoot?: string | null;
  /** False leaves the jobs to `tandem worker`. */
  readonly worker?: boolean;
  /** False leaves reminding to whoever calls its turns: a test that sets the clock itself. */
  readonly reminders?: boolean;
  readonly host?: string;
}

export interface Server {
  readonly url: string;
  readonly port: number;
  readonly services: Services;
  readonly app: FastifyInstance;
  close(): Promise<void>;
}

/** Only this machine: whoever opens Tandem to a network puts a proxy that speaks https before it. */
const HOST = '127.0.0.1';

/** HTTP and jobs on a migrated database. */
export async function startServer(
  config: CoreConfig & Pick<Config, 'port'>,
  options: ServerOptions,
): Promise<Server> {
  let url = '';
  const core = openCore({ ...config, publicUrl: config.publicUrl ?? null }, options, () => url);
  const { log } = core;
  await core.followTime();
  const live = await openHub(core.db, core.ids.uuid().slice(0, 8));
  const services: Services = { ...core, live };
  const app = await createApp(services, {
    webRoot: options.webRoot === undefined ? builtWeb() : options.webRoot,
    limits: options.limits ?? RATE_LIMITS,
  });
  let worker: Worker | null = null;
  let stopReminders = async () => {};
  const close = async () => {
    // People first, then the work, then the ground they stand on.
    await app.close();
    await live.close();
    await stopReminders();
    await worker?.stop();
    await core.close();
  };
  try {
    await app.listen({ port: config.port, host: options.host ?? HOST });
    url = `http://${HOST}:${portOf(app, config.port)}`;
    if (options.reminders ?? true) stopReminders = startReminders(services);
    if (options.worker ?? true) worker = await startWorker(services);
  } catch (error) {
    await close();
    throw error;
  }
  const port = portOf(app, config.port);
  log.info({ port, worker: worker !== null }, 'server.ready');
  return { url, port, services, app, close };
}

/** The system chose one where 0 was asked for. */
function portOf(app: FastifyInstance, asked: number): number {
  const address = app.server.address();
  return typeof address === 'object' && address !== null ? address.port : asked;
}

export type Core = Omit<Services, 'live'> & {
  /** From now on stamps are the database's (`database/store-clock.ts`). */
  followTime(): Promise<void>;
  close(): Promise<void>;
};

type CoreConfig = Pick<Config, 'salesforce' | 'secretKey' | 'webhookPrivateNetworks'> &
  Partial<Pick<Config, 'mail' | 'publicUrl' | 'events' | 'formerSecretKey' | 'metricsToken'>>;

/** Everything but the door: what commands and a lone worker need. `localUrl`: where the door is. */
export function openCore(
  config: CoreConfig,
  options: Pick<ServerOptions, 'databaseUrl' | 'log' | 'clock'>,
  localUrl: () => string,
): Core {
  const { databaseUrl } = options;
  const secretKey = config.secretKey();
  const formerKey = config.formerSecretKey?.() ?? null;
  const ids = systemIds;
  const log = options.log ?? createLog();
  const db: Database = openDatabase(databaseUrl);
  const storeClock = createStoreClock(db, systemClock);
  const clock = options.clock ?? storeClock;
  let stopTime = async () => {};
  const vault = createVault(secretKey, formerKey === null ? [] : [formerKey]);
  const mailer = config.mail ? createMailer(config.mail) : null;
  const publicUrl = () => config.publicUrl ?? localUrl();
  const unsubscribeKey = deriveKey(secretKey, 'unsubscribe v1');
  const tellReset: TellReset = (user, token) => {
    const letter = resetLetter({ ...user, publicUrl: publicUrl() }, token);
    mailer
      ?.send({ to: user.email, ...compose(letter) })
      .then(() => log.info({ kind: 'reset' }, 'mail.sent'))
      .catch((error: Error) => log.warn({ kind: 'reset', fault: error.name }, 'mail.failed'));
  };
  const auth: Auth = createAuth(databaseUrl, secretKey, tellReset, formerKey);
  const salesforce = createGateway({ db, databaseUrl, vault, app: config.salesforce, log });
  const connect = createConnectFlow({
    db,
    gateway: salesforce,
    key: deriveKey(secretKey, 'salesforce connect v1'),
    clock,
    ids,
    log,
  });
  return {
    db,
    auth,
    clock,
    ids,
    log,
    salesforce,
    connect,
    events: config.events ?? null,
    metrics: createMetrics(),
    vault,
    mailer,
    publicUrl,
    unsubscribeKey,
    unsubscribeUrl: (asked) =>
      `${publicUrl()}${UNSUBSCRIBE_PATH}?t=${signUnsubscription(asked, unsubscribeKey)}`,
    webhookPrivateNetworks: config.webhookPrivateNetworks,
    metricsToken: config.metricsToken ?? null,
    async followTime() {
      await storeClock.measure();
      stopTime = storeClock.follow();
    },
    async close() {
      await stopTime();
      mailer?.close();
      await salesforce.close();
      await auth.close();
      await db.close();
    },
  };
}

/** Events with ids and counts, to standard error: standard output is for people. The paths below are a second lock on the door, not the first (B12.2). */
export function createLog(level = 'info'): Logger {
  return pino(
    {
      level,
      base: null,
      redact: ['*.tokens', '*.accessToken', '*.refreshToken', '*.password', '*.authorization'],
    },
    pino.destination({ dest: 2, sync: true }),
  );
}

function builtWeb(): string | null {
  const dist = fileURLToPath(new URL('../../web/dist', import.meta.url));
  return existsSync(dist) ? dist : null;
}
