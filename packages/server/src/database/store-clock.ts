import type { Database } from '@tandem/store';
import type { Clock } from '@tandem/sync';

/** Clocks drift by milliseconds an hour; one that is set anew is noticed within this time. */
const EVERY_MS = 60_000;

export interface StoreClock extends Clock {
  /** Asks the database once more what time it is. */
  measure(): Promise<void>;
  /** Asks again every minute, until the returned function is called. */
  follow(): () => Promise<void>;
}

/**
 * The database's clock, carried on by our own. Workers already stamp by it, and what is known of Salesforce's
 * clock is known against it; edits of people must be stamped by the same one, or the wrong of two edits would
 * be the later (B10.2) wherever the server's machine and the database's disagree about the time.
 */
export function createStoreClock(db: Database, own: Clock): StoreClock {
  let offsetMs = 0;
  const ownMs = () => Date.parse(own.now());

  async function measure(): Promise<void> {
    const asked = ownMs();
    const { rows } = await db.pool.query<{ ms: number }>(
      'select (extract(epoch from clock_timestamp()) * 1000)::double precision as ms',
    );
    const said = rows[0]?.ms;
    if (said === undefined) return;
    // It was so late at some moment between question and answer: only what contradicts that is corrected.
    offsetMs = Math.min(Math.max(offsetMs, said - ownMs()), said - asked);
  }

  return {
    now: () => new Date(ownMs() + offsetMs).toISOString(),
    measure,
    follow() {
      let current = Promise.resolve();
      const timer = setInterval(() => {
        // The database may be restarting; what was measured before holds until the next look.
        current = current.then(measure).catch(() => {});
      }, EVERY_MS);
      timer.unref();
      return () => {
        clearInterval(timer);
        return current;
      };
    },
  };
}
