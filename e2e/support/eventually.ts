import { setTimeout as delay } from 'node:timers/promises';

/** Asks again every 50 ms until `done` likes the answer; fails with the last answer after `withinMs`. */
export async function eventually<T>(
  ask: () => Promise<T>,
  done: (answer: T) => boolean,
  withinMs: number,
): Promise<T> {
  const end = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (done(answer)) return answer;
    if (performance.now() > end) {
      throw new Error(
        `not within ${withinMs} ms; last: ${JSON.stringify(answer)?.slice(0, 1_000)}`,
      );
    }
    await delay(50);
  }
}
