/** Names, each with a number of its own: given once for all runs, as the same few hundred come up in each of them. */
class Names {
  readonly #numbers = new Map<string, number>();
  readonly #names: string[] = [];

  numberOf(name: string): number {
    let number = this.#numbers.get(name);
    if (number === undefined) {
      number = this.#names.push(name) - 1;
      this.#numbers.set(name, number);
    }
    return number;
  }

  nameOf(number: number): string {
    return this.#names[number] ?? '';
  }
}

const subjects = new Names();
const counters = new Names();

/** Of a fault or a branch. */
export function numberOf(name: string): number {
  return subjects.numberOf(name);
}

export function counterOf(name: string): number {
  return counters.numberOf(name);
}

type Part = 'fault' | 'safety' | 'liveness';
const COUNTERS: Readonly<Record<Part, (number | undefined)[]>> = {
  fault: [],
  safety: [],
  liveness: [],
};

/** The counter of a fault, `fault:crash`, or of a branch in one of the two phases, `branch:sf:missing/safety`. */
export function counterIn(part: Part, number: number): number {
  let counter = COUNTERS[part][number];
  if (counter === undefined) {
    const name = subjects.nameOf(number);
    counter = counterOf(part === 'fault' ? `fault:${name}` : `branch:${name}/${part}`);
    COUNTERS[part][number] = counter;
  }
  return counter;
}

/** What was counted in any number of runs; each of them has hundreds of pairs of a fault and a branch. */
export class CounterSums {
  /** By number of the counter. */
  readonly #counts: number[] = [];
  /** By the numbers of the fault and of the branch: in how many runs. */
  readonly #pairs: (number[] | undefined)[] = [];

  add(counter: number, by: number): void {
    while (this.#counts.length <= counter) this.#counts.push(0);
    this.#counts[counter] = (this.#counts[counter] ?? 0) + by;
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
    const all: Record<string, number> = {};
    for (const [counter, count] of this.#counts.entries())
      if (count > 0) all[counters.nameOf(counter)] = count;
    for (const [fault, runs] of this.#pairs.entries())
      for (const [branch, count] of (runs ?? []).entries())
        if (count > 0) all[`pair:${subjects.nameOf(fault)}×${subjects.nameOf(branch)}`] = count;
    return all;
  }
}
