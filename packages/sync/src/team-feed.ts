import { type Instant, instantMs } from '@tandem/engine';
import { idlePauseMs } from './event-pace.ts';
import type { OrgFeed, SyncConnection } from './ports.ts';
import type { Run } from './run.ts';

/** A feed's next poll may be late by this part of its pause before others stop relying on it. */
const LATE_BY = 1.5;

/**
 * E3: a teammate's connection that reads every task of the org has polled lately, for this one too; then
 * this one only takes over how far the feed is. Without a gap: the feed's last poll began to read before
 * the point up to which this connection is complete.
 */
export async function relyOnTeam(run: Run, connection: SyncConnection): Promise<boolean> {
  const { teamFeed, watermark, import: progress } = connection;
  if (teamFeed === null || watermark === null || progress?.state === 'running') return false;
  const pause = idlePauseMs(run) * LATE_BY;
  if (instantMs(run.now()) - instantMs(teamFeed.at) > pause) return false;
  if (instantMs(watermark) < instantMs(teamFeed.since)) return false;
  await run.transact((tx) =>
    tx.saveConnection({ watermark: later(watermark, teamFeed.watermark), lastPollAt: teamFeed.at }),
  );
  run.polledAt = teamFeed.at;
  return true;
}

/**
 * What a complete poll means for teammates; `at`: when it began. Not in an org without the key field: there a
 * record may be the lost birth of a teammate's task, which only the teammate's own turn can tell (R8).
 */
export function feedAfter(run: Run, at: Instant, since: Instant): OrgFeed | null {
  return run.seesAll && run.connection.hasCreationKey ? { at, since } : null;
}

function later(a: Instant, b: Instant): Instant {
  return instantMs(a) > instantMs(b) ? a : b;
}
