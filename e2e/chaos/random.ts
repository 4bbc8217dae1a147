/** One stream of chance. Streams of one seed do not disturb each other: a fault more changes no user's deed. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** In [0, bound). */
  below(bound: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
}

export function randomStream(seed: number, name: string): Random {
  let state = hash(`${seed}/${name}`);
  const next = () => {
    // Mulberry32: 32 bits of state are plenty for the few hundred draws of a run.
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (bound: number) => Math.floor(next() * bound);
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    pick(list) {
      const one = list[below(list.length)];
      if (one === undefined) throw new Error('Nothing to pick from.');
      return one;
    },
  };
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  }
  return value | 0;
}
