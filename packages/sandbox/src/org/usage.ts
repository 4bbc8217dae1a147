/** API calls of the last 24 hours, in buckets of a minute, as the org's daily limit counts them. */
export class Usage {
  readonly #now: () => number;
  #buckets = new Map<number, number>();

  constructor(now: () => number) {
    this.#now = now;
  }

  add(): void {
    const minute = Math.floor(this.#now() / 60_000);
    this.#buckets.set(minute, (this.#buckets.get(minute) ?? 0) + 1);
  }

  total(): number {
    const now = Math.floor(this.#now() / 60_000);
    let total = 0;
    for (const [minute, count] of this.#buckets) {
      // A clock set back leaves buckets in the future: they are not of the last 24 hours either.
      if (minute <= now - MINUTES_A_DAY || minute > now) this.#buckets.delete(minute);
      else total += count;
    }
    return total;
  }

  save(): readonly (readonly [number, number])[] {
    this.total();
    return [...this.#buckets];
  }

  load(buckets: readonly (readonly [number, number])[]): void {
    this.#buckets = new Map(buckets);
  }
}

const MINUTES_A_DAY = 24 * 60;
