import { type CounterSums, nameIn, numberOf } from './counter-sums.ts';

/**
 * Counts what happened in one run, from outside: faults that fired, and branches as they show in what was committed.
 * A pair says that the branch was taken in a run after the fault had fired.
 */
export class Coverage {
  phase: 'safety' | 'liveness' = 'safety';
  readonly #counters = new Map<string, number>();
  /** By number of the name, the tick. */
  readonly #firstFired = new Map<number, number>();
  readonly #lastTaken = new Map<number, number>();
  #tick = 0;

  count(name: string, by = 1): void {
    this.#counters.set(name, (this.#counters.get(name) ?? 0) + by);
  }

  fault(name: string): void {
    this.#tick += 1;
    const number = numberOf(name);
    if (!this.#firstFired.has(number)) this.#firstFired.set(number, this.#tick);
    this.count(nameIn('fault:', name));
  }

  branch(name: string): void {
    this.#tick += 1;
    this.#lastTaken.set(numberOf(name), this.#tick);
    this.count(nameIn(this.phase, name));
  }

  /** All counters, pairs included; once, at the end of a run. */
  addTo(sums: CounterSums): void {
    for (const [name, count] of this.#counters) sums.add(name, count);
    const branches = [...this.#lastTaken.keys()];
    const taken = [...this.#lastTaken.values()];
    for (const [fault, fired] of this.#firstFired) sums.addPairs(fault, fired, branches, taken);
  }
}
