import { setTimeout as delay } from 'node:timers/promises';

/** A dozen looks fit in the 100 ms a server needs to come up or go down. */
const LOOK_EVERY_MS = 10;

/** Looks at a condition until it holds or the time is up; tells which. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  withinMs: number,
): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    if (await holds()) return true;
    if (performance.now() >= deadline) return false;
    await delay(LOOK_EVERY_MS);
  }
}
