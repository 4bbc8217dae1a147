import {
  type Database,
  dueConnections,
  dueWebhooks,
  purgeAudit,
  purgeDeliveries,
  purgeInvitations,
  purgeKeys,
  purgeTrash,
  wakeConnection,
  wakeWebhook,
} from '@tandem/store';
import type { Clock } from '@tandem/sync';
import type { Logger } from 'pino';
import { isAway } from '../database/is-away.ts';

/** How soon the work of a dead worker is picked up (its lease has to run out as well). */
export const SWEEP_MS = 2_000;
/** B1.2: thirty days in Trash. */
const TRASH_MS = 30 * 24 * 60 * 60 * 1000;
const PURGE_EVERY_MS = 60 * 60 * 1000;

/**
 * The net under the jobs: a wake-up whose job was lost, or whose worker was killed, gets another one.
 * Runs in every process; two sweepers at once only ask for the same thing twice.
 */
export function startSweeper(db: Database, clock: Clock, log: Logger): () => Promise<void> {
  let purgeDueMs = 0;
  let current: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;

  const sweep = async () => {
    const now = clock.now();
    for (const key of await dueConnections(db, now)) {
      await wakeConnection(db, key);
      log.info({ connectionId: key.connectionId }, 'sweeper.woke');
    }
    for (const key of await dueWebhooks(db, now)) await wakeWebhook(db.kysely, key);
    if (Date.parse(now) < purgeDueMs) return;
    purgeDueMs = Date.parse(now) + PURGE_EVERY_MS;
    const { purged } = await purgeTrash(db, new Date(Date.parse(now) - TRASH_MS).toISOString());
    if (purged > 0) log.info({ purged }, 'sweeper.purged');
    const deliveries = await purgeDeliveries(db, now);
    const keys = await purgeKeys(db, now);
    const invitations = await purgeInvitations(db, now);
    const audit = await purgeAudit(db);
    const forgotten = {
      deliveries: deliveries.purged,
      keys: keys.purged,
      invitations: invitations.purged,
      audit: audit.purged,
    };
    if (Object.values(forgotten).some((count) => count > 0)) log.info(forgotten, 'sweeper.forgot');
  };
  const again = () => {
    if (stopped) return;
    timer = setTimeout(() => {
      current = sweep()
        // The database may be restarting; the next round tries again.
        .catch((error: Error) =>
          log[isAway(error) ? 'info' : 'warn']({ fault: error.name }, 'sweeper.failed'),
        )
        .finally(again);
    }, SWEEP_MS);
  };
  again();

  return async () => {
    stopped = true;
    if (timer !== null) clearTimeout(timer);
    await current;
  };
}
