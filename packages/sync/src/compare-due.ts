import { type Instant, instantMs } from '@tandem/engine';
import type { Comparison, SyncConnection } from './ports.ts';

const DAY_MS = 24 * 60 * 60_000;

/**
 * A feed that was not read for so long is compared in full before anything is sent: Salesforce keeps a deleted
 * record for 15 days at most, and an admin may empty the Recycle Bin any day (B7.2, L4). A day off is rare
 * enough that the calls do not count.
 */
export const GAP_MS = DAY_MS;

/** R13: what events and polls have missed is found within a day, for a call per 2,000 records. */
export const COMPARE_EVERY_MS = DAY_MS;

/** Why a full comparison is to begin, or null. What was asked for and has not begun is not asked for again. */
export function comparisonDue(
  { comparison, watermark, brake, import: progress }: SyncConnection,
  now: Instant,
): Comparison['why'] | null {
  // Before the first import there is nothing to compare.
  if (watermark === null || comparison?.state === 'wanted') return null;
  // Also over a comparison that is under way: what it has passed may have changed in the gap.
  if (isOlder(watermark, GAP_MS, now)) return 'gap';
  if (comparison?.state === 'running') return null;
  // I10: somebody has looked and said "go on".
  if (brake?.kind === 'empty_feed' && brake.allowed !== null) return 'asked';
  const last = comparison?.finishedAt ?? progress?.startedAt ?? null;
  return last !== null && isOlder(last, COMPARE_EVERY_MS, now) ? 'daily' : null;
}

/** These follow a time of which the feed may not tell everything: nothing is sent before they are through. */
export function comesFirst({ why }: Comparison): boolean {
  return why === 'gap' || why === 'switched_on' || why === 'restored';
}

function isOlder(at: Instant, ms: number, now: Instant): boolean {
  return instantMs(now) - instantMs(at) >= ms;
}
