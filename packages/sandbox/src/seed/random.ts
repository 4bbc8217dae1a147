/** Mulberry32: small, fast and the same everywhere. Returns numbers in [0, 1). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** An element of a list that is known not to be empty. */
export function pick<T>(list: readonly T[], draw: () => number): T {
  const chosen = list[Math.floor(draw() * list.length)];
  if (chosen === undefined) throw new RangeError('there is nothing to pick from');
  return chosen;
}
