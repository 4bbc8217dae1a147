import { instantMs } from '@tandem/engine';
import type { ConnectionKey, Lease, SyncPorts } from './ports.ts';

/** How long a silent worker keeps its connection; a dead one is replaced after this. */
export const LEASE_TTL_MS = 20_000;

export interface Held {
  readonly lease: Lease;
  /** The store's clock minus ours. */
  readonly storeOffsetMs: number;
}

/** Null while another worker holds the connection. `holder` names this one, for people who look at the table. */
export async function acquire(
  { store, clock }: SyncPorts,
  key: ConnectionKey,
  holder: string,
): Promise<Held | null> {
  const askedMs = instantMs(clock.now());
  const lease = await store.acquireLease(key, holder, LEASE_TTL_MS);
  if (lease === null) return null;
  const atMs = instantMs(lease.at);
  const least = atMs - instantMs(clock.now());
  const most = atMs - askedMs;
  // The store's clock showed `at` at some moment between question and answer. A worker that was held up between the
  // two knows no more than that, and takes the clocks to be as close to each other as they can be.
  return { lease, storeOffsetMs: Math.min(Math.max(0, least), most) };
}
