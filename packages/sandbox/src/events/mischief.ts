/** What a control asked to happen to the next events on their way. */
export const MISCHIEF = ['duplicate', 'drop', 'reorder'] as const;
export type Mischief = (typeof MISCHIEF)[number];

/** A held-back event does not wait for a next one for ever. */
const REORDER_MS = 2_000;

/** Between the transaction and the readers: by default nothing happens here. */
export class Way {
  readonly #left: Record<Mischief, number> = { duplicate: 0, drop: 0, reorder: 0 };
  readonly #timers = new Set<NodeJS.Timeout>();
  #delayMs = 0;
  #heldBack: (() => void) | null = null;

  /** `times` more events. */
  arm(kind: Mischief, times: number): void {
    this.#left[kind] = times;
  }

  /** From now on every event is late by this; 0 ends it. */
  delay(ms: number): void {
    this.#delayMs = ms;
  }

  state() {
    return { ...this.#left, delayMs: this.#delayMs };
  }

  pass(deliver: () => void): void {
    if (this.#take('drop')) return;
    const copies = this.#take('duplicate') ? [deliver, deliver] : [deliver];
    const send = () => {
      for (const copy of copies) copy();
    };
    if (this.#delayMs > 0) this.#later(send, this.#delayMs);
    else if (this.#take('reorder')) this.#holdBack(send);
    else {
      send();
      this.#release();
    }
  }

  clear(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#heldBack = null;
    this.#delayMs = 0;
    Object.assign(this.#left, { duplicate: 0, drop: 0, reorder: 0 });
  }

  #take(kind: Mischief): boolean {
    if (this.#left[kind] === 0) return false;
    this.#left[kind] -= 1;
    return true;
  }

  /** Until the next one has gone before it. */
  #holdBack(send: () => void): void {
    this.#release();
    this.#heldBack = send;
    this.#later(() => this.#heldBack === send && this.#release(), REORDER_MS);
  }

  #release(): void {
    const send = this.#heldBack;
    this.#heldBack = null;
    send?.();
  }

  #later(work: () => void, ms: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      work();
    }, ms);
    timer.unref();
    this.#timers.add(timer);
  }
}
