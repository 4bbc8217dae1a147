import { createChangeEvents } from '@tandem/salesforce';
import {
  type ConnectionView,
  claimFeeds,
  connectionByKey,
  createEventFeed,
  type Database,
  type FeedLease,
  releaseFeed,
  renewFeed,
} from '@tandem/store';
import {
  type Clock,
  type ListenPorts,
  type Log,
  listen,
  type SyncOutcome,
  type TurnWish,
} from '@tandem/sync';
import type { Logger } from 'pino';
import type { EventsConfig } from '../config/events.ts';
import type { SalesforceGateway } from '../connect/gateway.ts';
import { isAway } from '../database/is-away.ts';
import { pollNow } from './poll-now.ts';

export interface ListenerDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly salesforce: SalesforceGateway;
  /** Null: change events are not wanted. */
  readonly events: EventsConfig | null;
}

/** Orgs that one process follows; the others find another process, or polls. */
const LISTENERS_MAX = 200;
/** Turns for hints at once, as many as for jobs: the database has so many connections. */
const TURNS_MAX = 4;
/** How soon an org that nobody follows finds somebody. */
const LOOK_MS = 2_000;
/** A dead process is replaced after this. */
const LEASE_MS = 20_000;
/** A third of it: two beats may fail. */
const BEAT_MS = 6_000;
/** Nothing may have changed in Setup so soon; asking is no API call of the org's. */
const REFUSED_MS = 5 * 60_000;

/** A connection that rests, or a mistake of ours. */
const RESTING_MS = 30_000;

type Turn = (lease: FeedLease, wish: TurnWish) => Promise<SyncOutcome | null>;

/**
 * Follows the change events of every org that lets one of its connections, as long as nobody else does. Runs beside
 * the jobs of each worker process; a lease in the store decides who listens.
 */
export function startEventListeners(
  deps: ListenerDeps,
  holder: string,
  turn: Turn,
): () => Promise<void> {
  const { db, log, events } = deps;
  if (events === null) return async () => {};
  const stop = new AbortController();
  const listening = new Set<Promise<void>>();
  const inTurn = atMost(TURNS_MAX, turn);

  const look = async () => {
    const room = LISTENERS_MAX - listening.size;
    if (room <= 0) return;
    for (const lease of await claimFeeds(db, holder, LEASE_MS, room)) {
      const followed = follow(deps, events, lease, inTurn, stop.signal)
        .catch((error: Error) =>
          log[isAway(error) ? 'info' : 'warn'](
            { orgId: lease.orgId, fault: error.name },
            'events.failed',
          ),
        )
        .finally(() => listening.delete(followed));
      listening.add(followed);
    }
  };
  const looking = (async () => {
    while (!stop.signal.aborted) {
      await look().catch((error: Error) =>
        log[isAway(error) ? 'info' : 'warn']({ fault: error.name }, 'events.look_failed'),
      );
      await wait(LOOK_MS, stop.signal);
    }
  })();
  return async () => {
    stop.abort();
    await looking;
    await Promise.all(listening);
  };
}

/** One org, as long as the lease is ours. */
async function follow(
  deps: ListenerDeps,
  source: EventsConfig,
  lease: FeedLease,
  turn: Turn,
  stop: AbortSignal,
): Promise<void> {
  const { db } = deps;
  const connection = await connectionByKey(db, lease);
  if (connection === null) return;
  const lost = new AbortController();
  const signal = AbortSignal.any([stop, lost.signal]);
  const beat = setInterval(() => {
    renewFeed(db, lease, LEASE_MS).then(
      (isOurs) => isOurs || lost.abort(),
      // The database is away: whoever is back first takes the lease when it has run out.
      () => {},
    );
  }, BEAT_MS);
  let isRefused = false;
  try {
    // Whoever listened before is dead: polls rested on it.
    if (lease.wasListening) await pollNow(db, lease);
    isRefused =
      (await listen(portsOf(deps, source, lease, connection, turn), signal)) === 'refused';
  } catch (error) {
    // Somebody else follows it now, and our state is none of its.
    if (!(error instanceof Error && error.name === 'LeaseLost')) throw error;
  } finally {
    clearInterval(beat);
    // Ended by nobody's wish: its connection rests, and is not asked again at once.
    const pauseMs = isRefused ? REFUSED_MS : stop.aborted ? null : RESTING_MS;
    await releaseFeed(db, lease, pauseMs).catch(() => {});
    await pollNow(db, lease).catch(() => {});
  }
}

function portsOf(
  { db, clock, salesforce, log }: ListenerDeps,
  source: EventsConfig,
  lease: FeedLease,
  connection: ConnectionView,
  turn: Turn,
): ListenPorts {
  return {
    events: createChangeEvents({
      address: { endpoint: source.endpoint, certificate: source.certificate() },
      orgId: lease.orgId,
      tokens: salesforce.tokens(connection),
    }),
    feed: createEventFeed(db, lease),
    clock,
    random: { next: Math.random },
    log: logOf(log, lease),
    wait,
    turn: async (wish) => outcomeOf(await turn(lease, wish)),
    pollNow: () => pollNow(db, lease),
  };
}

/** The others wait for theirs; no more than one from each org. */
function atMost(turns: number, turn: Turn): Turn {
  const waiting: (() => void)[] = [];
  let free = turns;
  return async (lease, wish) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await turn(lease, wish);
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}

function outcomeOf(outcome: SyncOutcome | null): 'done' | 'busy' | 'failed' | 'resting' {
  if (outcome === null) return 'resting';
  if (outcome.kind !== 'ran') return outcome.kind;
  return outcome.stopped === null ? 'done' : 'failed';
}

function logOf(log: Logger, { workspaceId, orgId }: FeedLease): Log {
  const to = { workspaceId, orgId };
  return {
    info: (event, facts = {}) => log.info({ ...to, ...facts }, event),
    warn: (event, facts = {}) => log.warn({ ...to, ...facts }, event),
  };
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}
