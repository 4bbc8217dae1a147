import type { Heartbeat } from '@tandem/sync';

/** A third of the lease: two beats may fail before another worker takes over. */
const BEAT_MS = 6_000;

export const heartbeat: Heartbeat = {
  async during(beat, work) {
    // A failed beat means a lost lease or a busy database; the next state write tells which (I9).
    const timer = setInterval(() => void beat().catch(() => {}), BEAT_MS);
    try {
      return await work();
    } finally {
      clearInterval(timer);
    }
  },
};
