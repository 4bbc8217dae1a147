import { type CounterSums, counterIn, counterOf, numberOf } from './counter-sums.ts';

/**
 * Counts what happened in one run, from outside: faults that fired, and branches as they show in what was committed.
 * A pair says that the branch was taken in a run after the fault had fired.
 */
export class Coverage {
  phase: 'safety' | 'liveness' = 'safety';
  /** By number of the counter. */
  readonly #counts = new Map<number, number>();
  /** By number of the fault or the branch, the tick. */
  readonly #firstFired = new Map<number, number>();
  readonly #lastTaken = new Map<number, number>();
  #tick = 0;

  count(name: string, by = 1): void {
    this.#add(counterOf(name), by);
  }

  fault(name: string): void {
    this.#tick += 1;
    const number = numberOf(name);
    if (!this.#firstFired.has(number)) this.#firstFired.set(number, this.#tick);
    this.#add(counterIn('fault', number), 1);
  }

  branch(name: string): void {
    this.#tick += 1;
    const number = numberOf(name);
    this.#lastTaken.set(number, this.#tick);
    this.#add(counterIn(this.phase, number), 1);
  }

  /** All counters, pairs included; once, at the end of a run. */
  addTo(sums: CounterSums): void {
    for (const [counter, count] of this.#counts) sums.add(counter, count);
    const branches = [...this.#lastTaken.keys()];
    const taken = [...this.#lastTaken.values()];
    for (const [fault, fired] of this.#firstFired) sums.addPairs(fault, fired, branches, taken);
  }

  #add(counter: number, by: number): void {
    this.#counts.set(counter, (this.#counts.get(counter) ?? 0) + by);
  }
}
