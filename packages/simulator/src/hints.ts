import { Rng } from './random.ts';
import type { Worker } from './worker.ts';
import type { World } from './world.ts';

const EVENT_MS = 1_500;
const LATE_MS = 10 * 60_000;
const REORDER_MS = 20_000;
const GAP_MS = 60_000;
/** Ids an overflow names besides the right ones: of things this connection never heard of. */
const STRANGERS = ['00T999999999991AAA', '00T999999999992AAA'];

/** In some orgs changes are told by events: each names an id, and nothing else in it is believed (R2). */
export function scheduleHints(world: World, workers: readonly Worker[]): void {
  const rng = new Rng(world.seed, 'hints');
  if (!rng.chance(0.5)) return;
  const { faults, scheduler } = world;
  let gapUntil = 0;
  const tell = (hints: readonly string[], delay: number) =>
    rng.pick(workers).wake(delay, { hints });

  world.onHint = (id) => {
    if (faults.fire('hint_gap')) {
      // Nothing for a while, then the feed says that it lost track and names what it has.
      gapUntil = scheduler.now + rng.int(GAP_MS);
      tell([...STRANGERS, id, id], gapUntil - scheduler.now);
    }
    if (scheduler.now < gapUntil || faults.fire('hint_dropped')) return;
    let delay = world.delay(EVENT_MS);
    if (faults.fire('hint_reordered')) delay = rng.int(REORDER_MS);
    if (faults.fire('hint_late')) delay = rng.int(LATE_MS);
    tell([id], delay);
    if (faults.fire('hint_duplicate')) tell([id, id], delay + rng.int(EVENT_MS));
  };
}
