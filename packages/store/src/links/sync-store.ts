import type { Instant } from '@tandem/engine';
import type { Database } from '../database.ts';
import { asValueRefused } from '../errors.ts';
import { acquireLease, holdLease, releaseLease, renewLease } from './lease.ts';
import type { SyncStore } from './port.ts';
import { StoreTx } from './store-tx.ts';

export interface SyncStoreDeps {
  readonly clock: { now(): Instant };
}

/**
 * What the sync driver reads and writes. `transact` never runs `work` twice, because `work` also counts and
 * remembers outside of the database. It need not: every transaction locks its tasks in the order of their
 * ids, as people's edits do (lock-order.ts). Should two meet all the same, the turn ends with PostgreSQL's
 * error, nothing written, and the next turn does it all.
 */
export function createSyncStore(db: Database, deps: SyncStoreDeps): SyncStore {
  return {
    acquireLease: (key, holder, ttlMs) => acquireLease(db, key, holder, ttlMs),
    renewLease: (lease, ttlMs) => renewLease(db, lease, ttlMs),
    releaseLease: (lease, wakeAt) => releaseLease(db, lease, wakeAt),
    async transact(lease, work) {
      try {
        return await db.kysely.transaction().execute(async (trx) => {
          await holdLease(trx, lease);
          const tx = new StoreTx(trx, lease, deps.clock.now());
          const result = await work(tx);
          await tx.finish();
          return result;
        });
      } catch (error) {
        throw asValueRefused(error);
      }
    },
  };
}
