/** Names are put together once for all runs: the same few hundred come up in each of them. */
const numbers = new Map<string, number>();
const names: string[] = [];
const joined = new Map<string, Map<string, string>>();

export function numberOf(name: string): number {
  let number = numbers.get(name);
  if (number === undefined) {
    number = names.push(name) - 1;
    numbers.set(name, number);
  }
  return number;
}

/** `fault:crash`, or a branch in one of the two phases, `branch:sf:missing/safety`. */
export function nameIn(what: 'fault:' | 'safety' | 'liveness', name: string): string {
  let known = joined.get(what);
  if (known === undefined) {
    known = new Map();
    joined.set(what, known);
  }
  let text = known.get(name);
  if (text === undefined) {
    text = what === 'fault:' ? `fault:${name}` : `branch:${name}/${what}`;
    known.set(name, text);
  }
  return text;
}

/** What was counted in any number of runs; each of them has hundreds of pairs of a fault and a branch. */
export class CounterSums {
  readonly #counters = new Map<string, number>();
  /** By the numbers of the fault and of the branch: in how many runs. */
  readonly #pairs: (number[] | undefined)[] = [];

  add(name: string, by: number): void {
    this.#counters.set(name, (this.#counters.get(name) ?? 0) + by);
  }

  /** `branches` were last taken at the ticks `taken`; what counts is after the fault had `fired`. */
  addPairs(
    fault: number,
    fired: number,
    branches: readonly number[],
    taken: readonly number[],
  ): void {
    let runs = this.#pairs[fault];
    if (runs === undefined) {
      runs = [];
      this.#pairs[fault] = runs;
    }
    for (let at = 0; at < branches.length; at += 1) {
      if ((taken[at] ?? 0) <= fired) continue;
      const branch = branches[at] ?? 0;
      while (runs.length <= branch) runs.push(0);
      runs[branch] = (runs[branch] ?? 0) + 1;
    }
  }

  /** By name: `fault:crash`, `branch:sf:missing/safety`, `pair:crash×sf:missing`, … */
  result(): Record<string, number> {
    const all = Object.fromEntries(this.#counters);
    for (const [fault, runs] of this.#pairs.entries())
      for (const [branch, count] of (runs ?? []).entries())
        if (count > 0) all[`pair:${names[fault]}×${names[branch]}`] = count;
    return all;
  }
}
