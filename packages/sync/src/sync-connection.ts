import {
  causeOf,
  faultOf,
  type Instant,
  instantMs,
  type SalesforceFault,
  type SalesforceId,
  shift,
} from '@tandem/engine';
import { acquire } from './acquire.ts';
import { compare, placeOfComparison } from './compare.ts';
import { pollPauseMs } from './event-pace.ts';
import { flush } from './flush.ts';
import { runImport } from './import.ts';
import {
  AFTER_LIMIT_MS,
  AFTER_TROUBLE_MS,
  AFTER_UNKNOWN_MS,
  POLL_ACTIVE_MS,
  POLL_IDLE_MS,
} from './pace.ts';
import { poll } from './poll.ts';
import type { ConnectionKey, LinkedTask, SyncPorts } from './ports.ts';
import { readHinted } from './read-hinted.ts';
import { linksInDoubt, resolveUnknown } from './resolve-unknown.ts';
import { Run, RunStopped } from './run.ts';

export interface SyncOptions {
  /** Names this worker in the lease, for people who look at the table. */
  readonly holder: string;
  /** "Sync now": poll even if the last poll is fresh. */
  readonly pollNow?: boolean;
  /** R2: ids that change events named. They are read again, and nothing in an event is believed. */
  readonly hints?: readonly SalesforceId[];
}

export type SyncOutcome =
  | { readonly kind: 'ran'; readonly wakeAt: Instant; readonly stopped: SalesforceFault | null }
  /** Another worker has the lease; ask again shortly. */
  | { readonly kind: 'busy' }
  /** Switched off or waiting for a sign-in: nothing was done and nothing is due. */
  | { readonly kind: 'resting' };

/**
 * One turn on one connection: settle what is in doubt, take in what changed, send what is due. Safe to
 * call at any time, from any number of workers, and to be killed at any point.
 */
export async function syncConnection(
  ports: SyncPorts,
  key: ConnectionKey,
  options: SyncOptions,
): Promise<SyncOutcome> {
  const held = await acquire(ports, key, options.holder);
  if (held === null) return { kind: 'busy' };
  const { lease } = held;
  let wakeAt: Instant | null = shift(lease.at, AFTER_TROUBLE_MS);
  try {
    const begun = await ports.store.transact(lease, async (tx) => {
      const connection = await tx.connection();
      if (connection.status !== 'on') return null;
      const run = new Run(ports, held, connection, options.pollNow === true);
      // B11.7: with few calls left a connection asks Salesforce only in its own turns, and else does what costs none.
      return { run, inDoubt: run.isItsTurn ? await linksInDoubt(run, tx) : [] };
    });
    if (begun === null) {
      wakeAt = null;
      return { kind: 'resting' };
    }
    const { run } = begun;
    const stopped = await work(run, begun.inDoubt, options);
    if (stopped !== null)
      ports.log.warn('sync.stopped', { connectionId: key.connectionId, code: stopped.code });
    if (stopped !== null && faultOf(stopped.code, stopped.message).class === 'authentication') {
      // B11.8: nothing is lost; everything waits for the sign-in.
      await run.finish('needs_sign_in');
      wakeAt = null;
      return { kind: 'resting' };
    }
    await run.finish();
    wakeAt = nextWake(run, stopped);
    return { kind: 'ran', wakeAt, stopped };
  } catch (error) {
    // I9: another worker took over meanwhile; it owns the connection's future now.
    if (error instanceof Error && error.name === 'LeaseLost') return { kind: 'busy' };
    throw error;
  } finally {
    await ports.store.releaseLease(lease, wakeAt);
  }
}

async function work(
  run: Run,
  inDoubt: readonly LinkedTask[],
  { pollNow = false, hints = [] }: SyncOptions,
): Promise<SalesforceFault | null> {
  try {
    const comparison = await placeOfComparison(run);
    await resolveUnknown(run, inDoubt);
    await runImport(run);
    const byPoll = (await readHinted(run, hints)) === 'by_poll';
    await poll(run, pollNow || byPoll);
    // After a gap or a restore nothing is sent before it is known what Salesforce holds.
    if (comparison === 'first' && !run.isItsTurn) return null;
    if (comparison === 'first' && (await compare(run)) === 'goes_on') return null;
    await flush(run);
    if (comparison === 'last' && run.spending().comparison) {
      await compare(run);
      await flush(run);
    }
    return null;
  } catch (error) {
    if (error instanceof RunStopped) return error.fault;
    throw error;
  }
}

function nextWake(run: Run, stopped: SalesforceFault | null): Instant {
  const now = run.now();
  if (stopped !== null && causeOf(stopped.code, stopped.message) === 'REQUEST_LIMIT_EXCEEDED') {
    return shift(now, AFTER_LIMIT_MS);
  }
  if (stopped !== null) return shift(now, AFTER_TROUBLE_MS);
  const { pacedMs } = run.spending();
  if (pacedMs !== null) {
    // Counted from the last call, not from now: edits that wake the worker must not put their own turn off (L5).
    const next = shift((run.usage ?? run.connection.usage)?.at ?? now, pacedMs);
    return instantMs(next) > instantMs(now) ? next : shift(now, POLL_IDLE_MS);
  }
  if (run.unknownOutcomes > 0) return shift(now, AFTER_UNKNOWN_MS);
  const restMs = Math.max(pollPauseMs(run), run.activity > 0 ? POLL_ACTIVE_MS : POLL_IDLE_MS);
  // From the last poll on: turns that edits and events ask for in between must not put the next one off (B11.6).
  const due = shift(run.polledAt ?? now, restMs);
  return instantMs(due) > instantMs(now) ? due : shift(now, restMs);
}
