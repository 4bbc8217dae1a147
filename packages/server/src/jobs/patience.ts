import { setTimeout as wait } from 'node:timers/promises';
import { LEASE_TTL_MS, type Patience } from '@tandem/sync';
import { isAway } from '../database/is-away.ts';

/** A restarted database answers within a second or two; its connections are refused until then. */
const PAUSE_MS = 250;

/** After that another worker has the connection, and learns what it can from Salesforce itself. */
const UNTIL_MS = LEASE_TTL_MS;

export const patience = patienceBy({ now: () => performance.now(), wait: (ms) => wait(ms) });

export function patienceBy(time: { now(): number; wait(ms: number): Promise<unknown> }): Patience {
  return {
    async whileAway(work) {
      const since = time.now();
      for (;;) {
        try {
          return await work();
        } catch (error) {
          if (!isAway(error) || time.now() - since >= UNTIL_MS) throw error;
        }
        await time.wait(PAUSE_MS);
      }
    },
  };
}
