import { createHash } from 'node:crypto';
import { revisionOf } from './revision.ts';

const DAY_MS = 24 * 60 * 60_000;

/**
 * Where a test run begins to look: every commit at another place, and one commit always at the same, so that what
 * it finds can be found again. A copy without git goes by the day.
 */
export async function freshSeedFor(root: string): Promise<number> {
  const revision = await revisionOf(root);
  const commit = /^commit ([0-9a-f]+)/.exec(revision)?.[1];
  return firstSeedOf(commit ?? `day ${Math.floor(Date.now() / DAY_MS)}`);
}

/** Below 2^32 a seed is one world and no other. */
export function firstSeedOf(name: string): number {
  return createHash('sha256').update(name).digest().readUInt32BE(0);
}
