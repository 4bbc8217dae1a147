import type { SyncStore } from '@tandem/sync';
import { labelsOf } from './labels.ts';
import type { Process } from './process.ts';
import type { World } from './world.ts';

/** A database on the same network: a few milliseconds there, a few back. */
const DATABASE_MS = 4;
const AT_ONCE = 0.7;

/**
 * The store as one process reaches it. Each call is two events: it takes effect at the database, and its
 * reply arrives. A crash may come before, between and after them; a transaction is one moment, as row locks
 * make it.
 */
export function storePort(
  world: World,
  process: Process,
  crash: () => void,
  pause: () => void,
): SyncStore {
  const { scheduler, store, faults, oracle } = world;
  const labels = labelsOf(process.worker);
  let inTransaction = false;

  /** `took`: right after the effect, be its answer ever heard or not. */
  const reach = <T>(
    label: string,
    effect: () => Promise<T>,
    took: (answer: T) => void = () => {},
  ): Promise<T> => {
    if (inTransaction) throw new Error(`${label} inside a transaction`);
    scheduler.running = false;
    const { there, back } = labels(label);
    return new Promise((resolve, reject) => {
      const reply = (dies: boolean, answer: () => void) => {
        if (dies) return crash();
        if (faults.fire('worker_paused')) pause();
        // Often the reply comes before anything else happens.
        else if (world.latency.chance(AT_ONCE) && !faults.fire('crash')) {
          scheduler.running = true;
          return answer();
        }
        const arrive = () => {
          if (faults.fire('crash')) return crash();
          scheduler.running = true;
          answer();
        };
        scheduler.schedule(world.delay(DATABASE_MS), process, back, arrive);
      };
      const reached = () => {
        const dies = label === 'transact' && faults.fire('crash_in_commit');
        if (dies && faults.dice('crash_in_commit').chance(0.5)) return crash();
        return effect().then(
          (value) => {
            inTransaction = false;
            took(value);
            reply(dies, () => resolve(value));
          },
          (error) => {
            inTransaction = false;
            reply(dies, () => reject(error));
          },
        );
      };
      scheduler.schedule(world.delay(DATABASE_MS), process, there, reached);
    });
  };

  return {
    acquireLease: (key, holder, ttlMs) =>
      reach(
        'acquire',
        () => store.acquireLease(key, holder, ttlMs),
        (lease) => {
          if (lease === null) return;
          process.token = lease.token;
          world.newestToken = lease.token;
          world.leaseUntil = scheduler.now + ttlMs;
        },
      ),
    renewLease: (lease, ttlMs) =>
      reach(
        'renew',
        () => store.renewLease(lease, ttlMs),
        () => {
          if (lease.token === world.newestToken) world.leaseUntil = scheduler.now + ttlMs;
        },
      ),
    releaseLease: (lease, wakeAt) => reach('release', () => store.releaseLease(lease, wakeAt)),
    transact: (lease, work) => {
      let before = store.state;
      return reach(
        'transact',
        () => {
          before = store.state;
          inTransaction = true;
          return store.transact(lease, work);
        },
        () => {
          if (lease.token !== world.newestToken)
            oracle.violate('I9', `${process.worker} committed under a lease that had passed on`);
          world.judge(before, lease.token);
        },
      );
    },
  };
}
