import { faultOf, retryDelayMs, type SalesforceFault } from '@tandem/engine';
import type { ListenPorts } from './event-ports.ts';
import { followLine } from './follow-line.ts';

/** Salesforce says no, and only a person can change that. */
const REFUSALS = new Set(['EVENTS_NOT_SELECTED', 'EVENTS_NOT_PERMITTED']);

/**
 * Follows an org's change events until `signal` says stop, its connection rests, or Salesforce refuses in a way
 * that time does not mend. Comes back by itself after everything else, later each time; polls go on meanwhile at
 * their ordinary pace (L4).
 */
export async function listen(
  ports: ListenPorts,
  signal: AbortSignal,
): Promise<'ended' | 'refused'> {
  let place = await ports.feed.place();
  let failures = 0;
  while (!signal.aborted) {
    const { fault, wasOpen } = await followLine(ports, place, signal);
    if (fault === null) return 'ended';
    failures = wasOpen ? 1 : failures + 1;
    ports.log.info('events.ended', { code: fault.code, failures });
    const isRefused = isFinal(fault);
    await ports.feed.save({ state: isRefused ? 'refused' : 'lost', fault });
    await ports.pollNow();
    if (isRefused) return 'refused';
    if (fault.code === 'EVENTS_PLACE_LOST') await ports.feed.save({ place: null });
    await ports.wait(retryDelayMs(failures, ports.random.next()), signal);
    place = await ports.feed.place();
  }
  return 'ended';
}

/** An ended session is renewed when the line is opened again; a refused sign-in is its person's move. */
function isFinal({ code, message }: SalesforceFault): boolean {
  if (REFUSALS.has(code)) return true;
  return faultOf(code, message).class === 'authentication' && code !== 'INVALID_SESSION_ID';
}
