import { type Instant, instantMs, type Link, shift } from '@tandem/engine';
import type { Executor } from '../transaction.ts';
import type { Lease } from './port.ts';
import type { Crossed } from './record-lags.ts';

interface Arrival {
  readonly connectionId: string;
  readonly link: Link;
  /** When both sides were last seen to agree: what was made before is no news, however late it is decided. */
  readonly since: Instant | null;
}

/** Salesforce tells whole seconds. */
const STAMP_STEP_MS = 1_000;

/**
 * Changes of Salesforce that have arrived, with the time they were made there by our clock (B11.6). What is
 * older than the switch-on is an import, not a delay.
 */
export async function crossedIn(
  db: Executor,
  lease: Lease,
  arrivals: readonly Arrival[],
): Promise<readonly Crossed[]> {
  if (arrivals.length === 0) return [];
  const row = await db
    .selectFrom('tandem.connections')
    .select(['clock_offset_ms', 'switched_on_at'])
    .where('workspace_id', '=', lease.workspaceId)
    .where('connection_id', '=', lease.connectionId)
    .executeTakeFirst();
  const on = row?.switched_on_at ?? null;
  if (row === undefined || on === null) return [];
  return arrivals.flatMap(({ connectionId, link, since }): Crossed[] => {
    if (link.sf.kind !== 'seen') return [];
    const { IsDeleted, SystemModstamp, LastModifiedDate } = link.sf.task;
    const stamp = IsDeleted ? SystemModstamp : LastModifiedDate;
    const madeAt = shift(stamp, -Number(row.clock_offset_ms));
    const after = Math.max(instantMs(on), since === null ? 0 : instantMs(since));
    if (instantMs(madeAt) + STAMP_STEP_MS <= after) return [];
    return [{ connectionId, direction: 'in', madeAt }];
  });
}
