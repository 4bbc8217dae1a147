import {
  type ConnectionKey,
  type ConnectionView,
  connectionByKey,
  createSyncStore,
  wakeConnection,
} from '@tandem/store';
import {
  type Ids,
  type SyncOutcome,
  type SyncPorts,
  syncConnection,
  type TurnWish,
} from '@tandem/sync';
import { z } from 'zod';
import type { EventsConfig } from '../config/events.ts';
import type { SalesforceGateway } from '../connect/gateway.ts';
import { isOrgReadDue, mayHaveLostKeyField, readOrg } from '../connect/read-org.ts';
import type { Metrics } from '../http/metrics.ts';
import { startEventListeners } from './event-listeners.ts';
import { heartbeat } from './heartbeat.ts';
import { jobsLog } from './jobs-log.ts';
import { keepRunning } from './keep-running.ts';
import { patience } from './patience.ts';
import { pollNow } from './poll-now.ts';
import { startSweeper } from './sweeper.ts';
import { type WebhookDeps, webhookTurn } from './webhook-turn.ts';

/**
 * Takes wake-ups and works on their connections. Any number of processes may run this on one database:
 * a job only says "look at this connection", the lease in the store decides who does (I9).
 */
export interface Worker {
  /** Lets running turns end, then gives everything back. */
  stop(): Promise<void>;
}

export interface WorkerDeps extends WebhookDeps {
  readonly salesforce: SalesforceGateway;
  readonly ids: Ids;
  readonly metrics: Metrics;
  readonly events: EventsConfig | null;
}

/** A turn mostly waits for Salesforce; four keep two cores busy and use at most eight connections. */
const CONCURRENCY = 4;
/** Beside those, so that receivers that are slow never keep sync waiting. */
const WEBHOOK_CONCURRENCY = 2;
/** How soon a job planned for later is noticed; jobs for now are notified and start within milliseconds. */
const POLL_INTERVAL_MS = 500;
/** Another worker holds the lease: it may have read before the change that woke us. */
const AFTER_BUSY_MS = 500;

const payload = z.object({
  workspaceId: z.string(),
  connectionId: z.string(),
  pollNow: z.boolean().default(false),
});

const webhookPayload = z.object({ workspaceId: z.uuid(), webhookId: z.uuid() });

export async function startWorker(deps: WorkerDeps): Promise<Worker> {
  const { db, log } = deps;
  const holder = `${process.pid}-${deps.ids.uuid().slice(0, 8)}`;
  const running = await keepRunning(
    {
      pgPool: db.pool,
      concurrency: CONCURRENCY,
      pollInterval: POLL_INTERVAL_MS,
      noHandleSignals: true,
      logger: jobsLog(log),
      parsedCronItems: [],
      taskList: {
        sync: async (raw) => {
          const { pollNow: askedToPoll, ...key } = payload.parse(raw);
          await turn(deps, holder, key, askedToPoll ? { kind: 'poll' } : null);
        },
      },
    },
    () => log.info({}, 'jobs.renewed'),
  );
  const webhooks = await keepRunning(
    {
      pgPool: db.pool,
      concurrency: WEBHOOK_CONCURRENCY,
      pollInterval: POLL_INTERVAL_MS,
      noHandleSignals: true,
      logger: jobsLog(log),
      parsedCronItems: [],
      taskList: { webhook: async (raw) => webhookTurn(deps, webhookPayload.parse(raw)) },
    },
    () => log.info({}, 'jobs.renewed'),
  );
  const stopSweeper = startSweeper(db, deps.clock, log);
  const stopListeners = startEventListeners(deps, holder, (key, wish) =>
    oneTurn(deps, holder, key, wish),
  );
  return {
    async stop() {
      await stopListeners();
      await stopSweeper();
      await Promise.all([running.stop(), webhooks.stop()]);
    },
  };
}

/** A turn for a job. */
async function turn(
  deps: WorkerDeps,
  holder: string,
  key: ConnectionKey,
  wish: TurnWish | null,
): Promise<void> {
  const { db, clock } = deps;
  const outcome = await oneTurn(deps, holder, key, wish);
  if (outcome?.kind !== 'busy') return;
  const soon = new Date(Date.parse(clock.now()) + AFTER_BUSY_MS).toISOString();
  // A person's "look now" is not lost because somebody was looking already.
  await (wish === null ? wakeConnection(db, key, soon) : pollNow(db, key, soon));
}

/** Null: the connection is not there any more, or not connected. */
async function oneTurn(
  deps: WorkerDeps,
  holder: string,
  key: ConnectionKey,
  wish: TurnWish | null,
): Promise<SyncOutcome | null> {
  const { db, clock, log, metrics } = deps;
  const connection = await currentConnection(deps, key);
  if (connection === null) return null;
  const salesforce = deps.salesforce.of(connection);
  const ports: SyncPorts = {
    store: createSyncStore(db, { clock }),
    salesforce,
    clock,
    ids: deps.ids,
    random: { next: Math.random },
    heartbeat,
    patience,
    log: {
      info: (event, facts = {}) => log.info({ ...key, ...facts }, event),
      warn: (event, facts = {}) => log.warn({ ...key, ...facts }, event),
    },
  };
  const end = metrics.syncSeconds.startTimer();
  const outcome = await syncConnection(ports, key, {
    holder,
    pollNow: wish?.kind === 'poll',
    hints: wish?.kind === 'read' ? wish.ids : [],
  });
  end();
  metrics.syncRuns.inc({ outcome: outcome.kind });
  const stoppedBy = outcome.kind === 'ran' ? (outcome.stopped?.code ?? null) : null;
  if (mayHaveLostKeyField(connection, stoppedBy, clock.now())) {
    await readOrg(deps, salesforce, connection);
  }
  return outcome;
}

/** With what the org is like today: its picklists and whether it has the key field (R7, B3.4). */
async function currentConnection(
  deps: WorkerDeps,
  key: ConnectionKey,
): Promise<ConnectionView | null> {
  const connection = await connectionByKey(deps.db, key);
  if (connection === null || !connection.connected) return null;
  if (connection.status !== 'on' || !isOrgReadDue(connection, deps.clock.now())) return connection;
  const isRead = await readOrg(deps, deps.salesforce.of(connection), connection);
  return isRead ? connectionByKey(deps.db, key) : connection;
}
