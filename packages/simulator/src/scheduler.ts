import type { Rng } from './random.ts';

/** Whose completion an event is: a process that may be dead or asleep. `null` owners are the world itself. */
export interface Owner {
  alive: boolean;
  pausedUntil: number;
}

export interface Event {
  at: number;
  readonly owner: Owner | null;
  readonly label: string;
  readonly run: () => void | Promise<void>;
}

/**
 * Owns every completion and the clock. One pick releases one completion at random among those that are due;
 * when none is due, the clock moves to the next. The next pick waits until the code that was released rests.
 */
export class Scheduler {
  /** Virtual milliseconds since 1970. */
  now: number;
  steps = 0;
  readonly trace: string[] = [];
  #running = false;
  /** Hears of the end of the chain that is running. */
  #rested: (() => void) | null = null;
  /** Comes when there is nothing left to do before `#rested` is called. */
  #dry: NodeJS.Immediate | null = null;
  readonly #rng: Rng;
  readonly #tracing: boolean;
  /** What is known from the start, the next one last: kept apart, because each pick looks at all events. */
  #agenda: Event[] = [];
  #events: Event[] = [];
  /** Places of the events that are due, as far as the last count goes. */
  readonly #due: number[] = [];
  #hash = 0x811c9dc5;
  #hash2 = 0x9747b28c;

  constructor(start: number, rng: Rng, tracing: boolean) {
    this.now = start;
    this.#rng = rng;
    this.#tracing = tracing;
  }

  /** A chain of the code under test is running: it ends at the next port call. */
  get running(): boolean {
    return this.#running;
  }

  set running(isRunning: boolean) {
    this.#running = isRunning;
    if (isRunning || this.#rested === null) return;
    this.#rested();
    this.#rested = null;
  }

  schedule(
    delayMs: number,
    owner: Owner | null,
    label: string,
    run: () => void | Promise<void>,
  ): Event {
    const at = Math.max(this.now + delayMs, owner?.pausedUntil ?? 0);
    const event: Event = { at, owner, label, run };
    // An answer to a process that is gone reaches nobody.
    if (owner?.alive !== false) this.#events.push(event);
    return event;
  }

  /** The world's own timetable. */
  plan(
    entries: readonly {
      readonly delayMs: number;
      readonly label: string;
      readonly run: () => void;
    }[],
  ): void {
    for (const { delayMs, label, run } of entries)
      this.#agenda.push({ at: this.now + delayMs, owner: null, label, run });
    this.#agenda.sort((one, other) => other.at - one.at);
  }

  cancel(event: Event): void {
    const index = this.#events.indexOf(event);
    if (index >= 0) this.#take(index);
  }

  /** What belongs to this process happens no more. */
  drop(owner: Owner): void {
    this.#events = this.#events.filter((event) => event.owner !== owner);
  }

  pause(owner: Owner, until: number): void {
    owner.pausedUntil = until;
    for (const event of this.#events)
      if (event.owner === owner && event.at < until) event.at = until;
  }

  get idle(): boolean {
    return this.#events.length === 0 && this.#agenda.length === 0;
  }

  /** When the next event is due, or null. */
  nextAt(): number | null {
    const events = this.#events;
    let next = this.#agenda.at(-1)?.at ?? Number.POSITIVE_INFINITY;
    for (let index = 0; index < events.length; index += 1)
      next = Math.min(next, (events[index] as Event).at);
    return next === Number.POSITIVE_INFINITY ? null : next;
  }

  /** One pick, where there is one; nothing to wait for when no code under test was released. */
  step(next: number | null = this.nextAt()): Promise<void> | undefined {
    if (next !== null && next > this.now) this.now = next;
    const due = this.#collectDue();
    const event = this.#take(this.#due[due === 1 ? 0 : this.#rng.int(due)] as number);
    this.steps += 1;
    this.mark(event.label);
    const done = event.run();
    return done === undefined ? this.drain() : this.#drainAfter(done);
  }

  /** How many events are due; their places are noted. */
  #collectDue(): number {
    for (
      let next = this.#agenda.at(-1);
      next !== undefined && next.at <= this.now;
      next = this.#agenda.at(-1)
    )
      this.#events.push(this.#agenda.pop() as Event);
    const { now } = this;
    const events = this.#events;
    let due = 0;
    for (let index = 0; index < events.length; index += 1)
      if ((events[index] as Event).at <= now) {
        this.#due[due] = index;
        due += 1;
      }
    return due;
  }

  /** Until the code that was released has come to its next port call; nothing to wait for when none was. */
  drain(): Promise<void> | undefined {
    if (!this.#running) return undefined;
    this.#dry ??= setImmediate(() => this.#ranDry());
    return new Promise<void>((resolve) => {
      this.#rested = resolve;
    });
  }

  async #drainAfter(done: Promise<void>): Promise<void> {
    await done;
    if (this.#running) await this.drain();
  }

  /** Of a world that is over nobody wants to hear. */
  close(): void {
    if (this.#dry !== null) clearImmediate(this.#dry);
  }

  /** Nothing in a world is real; code that waits for something that is, is left alone with it. */
  #ranDry(): void {
    this.#dry = null;
    this.running = false;
  }

  /** Enters the trace hash, and the trace when somebody reads it. */
  mark(what: string): void {
    let hash = this.#hash;
    for (let at = 0; at < what.length; at += 1)
      hash = Math.imul(hash ^ what.charCodeAt(at), 0x01000193);
    this.#hash = Math.imul(hash ^ (this.now & 0xffffff), 0x01000193);
    this.#hash2 = Math.imul(this.#hash2 ^ this.#hash, 0x5bd1e995) ^ (this.#hash2 >>> 13);
    if (this.#tracing) this.trace.push(`${this.steps} ${timeOf(this.now)} ${what}`);
  }

  get hash(): string {
    const hex = (word: number) => (word >>> 0).toString(16).padStart(8, '0');
    return hex(this.#hash) + hex(this.#hash2);
  }

  #take(index: number): Event {
    const event = this.#events[index] as Event;
    const last = this.#events.pop() as Event;
    if (index < this.#events.length) this.#events[index] = last;
    return event;
  }
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString().slice(5, 23);
}
