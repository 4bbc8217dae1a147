/** Names are made once for all runs: the same few thousand strings come up in each of them. */
const pairNames = new Map<string, Map<string, string>>();

/**
 * Counts what happened, from outside: faults that fired, and branches as they show in what was committed.
 * A pair says that the branch was taken in a run after the fault had fired.
 */
export class Coverage {
  phase: 'safety' | 'liveness' = 'safety';
  readonly #counters = new Map<string, number>();
  readonly #firstFired = new Map<string, number>();
  readonly #lastTaken = new Map<string, number>();
  #tick = 0;

  count(name: string, by = 1): void {
    this.#counters.set(name, (this.#counters.get(name) ?? 0) + by);
  }

  fault(name: string): void {
    this.#tick += 1;
    if (!this.#firstFired.has(name)) this.#firstFired.set(name, this.#tick);
    this.count(nameOf('fault:', name));
  }

  branch(name: string): void {
    this.#tick += 1;
    this.#lastTaken.set(name, this.#tick);
    this.count(nameOf(this.phase, name));
  }

  /** All counters, pairs included; once, at the end of a run. */
  result(): Record<string, number> {
    const all = Object.fromEntries(this.#counters);
    for (const [fault, fired] of this.#firstFired) {
      const names = namesAfter(fault);
      for (const [branch, taken] of this.#lastTaken)
        if (taken > fired) all[nameIn(names, fault, branch)] = 1;
    }
    return all;
  }
}

function nameOf(first: string, second: string): string {
  return nameIn(namesAfter(first), first, second);
}

function namesAfter(first: string): Map<string, string> {
  let names = pairNames.get(first);
  if (names === undefined) {
    names = new Map();
    pairNames.set(first, names);
  }
  return names;
}

function nameIn(names: Map<string, string>, first: string, second: string): string {
  let name = names.get(second);
  if (name === undefined) {
    if (first === 'fault:') name = `fault:${second}`;
    else if (first === 'safety' || first === 'liveness') name = `branch:${second}/${first}`;
    else name = `pair:${first}×${second}`;
    names.set(second, name);
  }
  return name;
}
