import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 25;
/** Ends what never comes; what comes late on a busy machine is no failure. */
const PATIENCE_MS = 30_000;

/** Looks again and again until `look` no longer throws; what it threw last is the failure. */
export async function eventually<T>(look: () => Promise<T>, msMax = PATIENCE_MS): Promise<T> {
  const giveUpAt = performance.now() + msMax;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (performance.now() > giveUpAt) throw error;
    }
    await pause(LOOK_EVERY_MS);
  }
}
