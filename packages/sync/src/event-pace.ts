import { type Instant, instantMs } from '@tandem/engine';
import { POLL_IDLE_MS, POLL_WITH_EVENTS_MS } from './pace.ts';
import type { SyncConnection } from './ports.ts';
import type { Run } from './run.ts';

/** A poll sees a record a moment before its event has arrived. */
const EVENT_LATE_MS = 30_000;

/**
 * Events flow: somebody listens for this org, and since the line was opened at least one has come. An org where
 * Task is not selected after all is silent, and is polled as ever.
 */
export function eventsFlow({ events, hasCreationKey }: SyncConnection): boolean {
  if (events === null || events.isDoubted || !hasCreationKey) return false;
  return events.lastEventAt !== null && instantMs(events.lastEventAt) >= instantMs(events.since);
}

/** The shortest pause between two polls of this connection: the budget's, longer while events tell of changes. */
export function pollPauseMs(run: Run): number {
  const { pollMs } = run.spending();
  return eventsFlow(run.connection) ? Math.max(POLL_WITH_EVENTS_MS, pollMs) : pollMs;
}

/** How long an idle connection may go without a poll. */
export function idlePauseMs(run: Run): number {
  return Math.max(POLL_IDLE_MS, pollPauseMs(run));
}

/**
 * A change that no event has told of, though events were listened for when it happened and others ought to have
 * come by now: the feed is not to be relied on until it speaks again.
 */
export function isUnannounced(run: Run, modifiedAt: Instant): boolean {
  const { events } = run.connection;
  if (events === null || !eventsFlow(run.connection)) return false;
  const at = instantMs(modifiedAt) - run.clockOffsetMs;
  const last = instantMs(events.lastEventAt ?? events.since);
  return (
    at > instantMs(events.since) + EVENT_LATE_MS &&
    at < instantMs(run.now()) - EVENT_LATE_MS &&
    at > last + EVENT_LATE_MS
  );
}
