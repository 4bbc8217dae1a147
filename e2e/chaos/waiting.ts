import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 100;

/** Asks until the answer is not null; what was awaited is in the error. */
export async function until<T>(
  awaited: string,
  ask: () => Promise<T | null> | T | null,
  msMax: number,
  everyMs = LOOK_EVERY_MS,
): Promise<T> {
  const giveUpAt = performance.now() + msMax;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (performance.now() > giveUpAt) throw new NotInTime(awaited, msMax);
    await pause(everyMs);
  }
}

export class NotInTime extends Error {
  override name = 'NotInTime';

  constructor(awaited: string, msMax: number) {
    super(`Not within ${Math.round(msMax / 1000)} s: ${awaited}.`);
  }
}

/** Settled from outside: an event that somebody waits for. */
export function signal(): { readonly fired: Promise<void>; fire(): void } {
  let fire = () => {};
  const fired = new Promise<void>((resolve) => {
    fire = resolve;
  });
  return { fired, fire };
}
