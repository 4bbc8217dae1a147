import { type Instant, instantMs } from '@tandem/engine';

/**
 * B11.6: standing still, told from working slowly. Each limit leaves room for what is usual (a poll a minute
 * when idle) and for the page, which looks every 15 s, so that a person sees a stall within two minutes.
 */
export type StallKind = 'worker' | 'poll' | 'unsent';

export interface Stall {
  /** `worker`: nobody works on the account. `poll`: Salesforce is not read. `unsent`: changes do not leave. */
  readonly kind: StallKind;
  readonly since: Instant;
  /** Who can end it: a worker is an admin's; of Salesforce's silence nobody here is master. */
  readonly whoseMove: 'nobody' | 'admin';
  /** How many accounts it concerns: one's own, or for an admin all that nobody works on. */
  readonly accounts: number;
}

export interface Signs {
  /** Since when it could be at work: what is older has waited for a person. */
  readonly switchedOnAt: Instant | null;
  /** When Salesforce was last read for this account, by its own poll or a teammate's that sees all (E3). */
  readonly lastPollAt: Instant | null;
  readonly oldestUnsentAt: Instant | null;
  /** The appointment for the next turn; null while a turn is under way. */
  readonly wakeAt: Instant | null;
  /** Until when a worker holds the account; null: nobody does. */
  readonly leaseUntil: Instant | null;
  readonly isImporting: boolean;
  /** How long silence is on purpose because calls are few (B11.7). */
  readonly restMs: number;
  /** How long polls may rest because change events are followed (sync's pace). */
  readonly eventsRestMs: number;
}

/** A turn that is due begins within seconds, also after a worker died (its lease is 20 s). */
export const WORKER_LATE_MS = 30_000;
/** An idle account is polled once a minute; a turn may take a while. */
export const POLL_LATE_MS = 100_000;
export const UNSENT_LATE_MS = 100_000;
/** While change events are followed, a poll is due 5 min after the last one (sync's pace). */
export const EVENTS_REST_MS = 5 * 60_000;

/** The first that applies explains the others. */
export function stallOf(signs: Signs, now: Instant): Stall | null {
  const nowMs = instantMs(now);
  const isOlder = (at: Instant | null, ms: number): at is Instant =>
    at !== null && nowMs - instantMs(at) > ms;

  const due = signs.leaseUntil ?? signs.wakeAt;
  if (isOlder(due, WORKER_LATE_MS))
    return { kind: 'worker', since: due, whoseMove: 'admin', accounts: 1 };
  const heardAt = later(signs.lastPollAt, signs.switchedOnAt);
  // While the first tasks come in, the progress bar tells how far it is.
  if (
    !signs.isImporting &&
    isOlder(heardAt, POLL_LATE_MS + Math.max(signs.restMs, signs.eventsRestMs))
  ) {
    return { kind: 'poll', since: heardAt, whoseMove: 'nobody', accounts: 1 };
  }
  const unsentAt = signs.oldestUnsentAt && later(signs.oldestUnsentAt, signs.switchedOnAt);
  if (isOlder(unsentAt, UNSENT_LATE_MS + signs.restMs)) {
    return { kind: 'unsent', since: unsentAt, whoseMove: 'nobody', accounts: 1 };
  }
  return null;
}

function later(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null || b === null) return a ?? b;
  return instantMs(a) > instantMs(b) ? a : b;
}
