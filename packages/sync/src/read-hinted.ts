import type { SalesforceId } from '@tandem/engine';
import { POLL_ACTIVE_MS } from './pace.ts';
import { isDue, newSince } from './poll.ts';
import { readRecords } from './read-records.ts';
import type { Run } from './run.ts';

/** One call reads so many by id; what is more is cheaper to poll for. */
export const HINTS_MAX = 200;

/**
 * R2: what events named is read again, and nothing in an event is believed. Answers whether a poll does it instead:
 * one is due anyway, or there is more than one call can read. Where calls are few hints cost none: the polls, further
 * apart, find it (B11.7).
 */
export async function readHinted(
  run: Run,
  hints: readonly SalesforceId[],
): Promise<'read' | 'by_poll'> {
  if (hints.length === 0 || !run.isItsTurn) return 'read';
  if (isDue(run) || hints.length > HINTS_MAX) return 'by_poll';
  if (run.spending().pollMs > POLL_ACTIVE_MS) return 'read';
  run.isForTeam = true;
  await readRecords(run, [...new Set(hints)], newSince(run.connection), 'leave_hidden');
  run.isForTeam = false;
  return 'read';
}
