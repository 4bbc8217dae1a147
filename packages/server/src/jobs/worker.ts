import {
  type ConnectionView,
  connectionByKey,
  createSyncStore,
  wakeConnection,
} from '@tandem/store';
import { type Ids, type SyncPorts, syncConnection } from '@tandem/sync';
import { z } from 'zod';
import type { SalesforceGateway } from '../connect/gateway.ts';
import { isOrgReadDue, mayHaveLostKeyField, readOrg } from '../connect/read-org.ts';
import type { Metrics } from '../http/metrics.ts';
import { heartbeat } from './heartbeat.ts';
import { jobsLog } from './jobs-log.ts';
import { keepRunning } from './keep-running.ts';
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
          await turn(deps, holder, key, askedToPoll);
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
  return {
    async stop() {
      await stopSweeper();
      await Promise.all([running.stop(), webhooks.stop()]);
    },
  };
}

async function turn(
  deps: WorkerDeps,
  holder: string,
  key: { workspaceId: string; connectionId: string },
  askedToPoll: boolean,
): Promise<void> {
  const { db, clock, log, metrics } = deps;
  const connection = await currentConnection(deps, key);
  if (connection === null) return;
  const salesforce = deps.salesforce.of(connection);
  const ports: SyncPorts = {
    store: createSyncStore(db, { clock }),
    salesforce,
    clock,
    ids: deps.ids,
    random: { next: Math.random },
    heartbeat,
    log: {
      info: (event, facts = {}) => log.info({ ...key, ...facts }, event),
      warn: (event, facts = {}) => log.warn({ ...key, ...facts }, event),
    },
  };
  const end = metrics.syncSeconds.startTimer();
  const outcome = await syncConnection(ports, key, { holder, pollNow: askedToPoll });
  end();
  metrics.syncRuns.inc({ outcome: outcome.kind });
  const stoppedBy = outcome.kind === 'ran' ? (outcome.stopped?.code ?? null) : null;
  if (mayHaveLostKeyField(connection, stoppedBy, clock.now())) {
    await readOrg(deps, salesforce, connection);
  }
  const soon = new Date(Date.parse(clock.now()) + AFTER_BUSY_MS).toISOString();
  if (outcome.kind !== 'busy') return;
  // A person's "look now" is not lost because somebody was looking already.
  await (askedToPoll ? pollNow(db, key, soon) : wakeConnection(db, key, soon));
}

/** With what the org is like today: its picklists and whether it has the key field (R7, B3.4). */
async function currentConnection(
  deps: WorkerDeps,
  key: { workspaceId: string; connectionId: string },
): Promise<ConnectionView | null> {
  const connection = await connectionByKey(deps.db, key);
  if (connection === null || !connection.connected) return null;
  if (connection.status !== 'on' || !isOrgReadDue(connection, deps.clock.now())) return connection;
  const isRead = await readOrg(deps, deps.salesforce.of(connection), connection);
  return isRead ? connectionByKey(deps.db, key) : connection;
}
