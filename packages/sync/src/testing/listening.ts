import type { SalesforceFault } from '@tandem/engine';
import type { ChangeHint, FeedChange, HintBatch, ListenPorts, TurnWish } from '../event-ports.ts';
import { listen } from '../listen.ts';
import { TestClock } from './salesforce-double.ts';

export const LINKED = '00T000000000001AAA';
export const STRANGER = '00T000000000999AAA';

export function hint(change: Partial<ChangeHint> = {}): ChangeHint {
  return { kind: 'change', ids: [LINKED], mayBeNew: false, ownerId: null, isOwn: false, ...change };
}

/** A listener with everything around it in memory, and time that moves when told. */
export class Listening {
  readonly clock = new TestClock();
  readonly wishes: TurnWish[] = [];
  readonly saved: FeedChange[] = [];
  /** Places the lines were opened at. */
  readonly opened: (Uint8Array | null)[] = [];
  polls = 0;
  /** Lines that are opened from now on are refused with this. */
  refusal: string | null = null;
  outcome: 'done' | 'busy' | 'failed' | 'resting' = 'done';
  place: Uint8Array | null = null;
  readonly stop = new AbortController();
  readonly ended: Promise<'ended' | 'refused'>;
  readonly #waits = new Set<{ readonly at: number; readonly end: () => void }>();
  #line: Line | null = null;

  constructor(place: Uint8Array | null = null) {
    this.place = place;
    this.ended = listen(this.#ports(), this.stop.signal);
  }

  /** Events arrive; the place after them is `place`. */
  async tell(place: number, ...hints: readonly ChangeHint[]): Promise<void> {
    this.#line?.push({ hints, place: Uint8Array.of(place) });
    await this.#settle();
  }

  async cut(code: string): Promise<void> {
    this.#line?.fail(faultOf(code));
    await this.#settle();
  }

  /** Lets so much time pass, step by step, as the waits of the listener end. */
  async pass(ms: number): Promise<void> {
    const until = Date.parse(this.clock.now()) + ms;
    await this.#settle();
    for (;;) {
      const now = Date.parse(this.clock.now());
      const next = Math.min(until, ...[...this.#waits].map(({ at }) => at));
      this.clock.advance(Math.max(0, next - now));
      for (const wait of [...this.#waits]) if (wait.at <= next) wait.end();
      await this.#settle();
      if (next >= until) return;
    }
  }

  get state(): FeedChange['state'] {
    return this.saved.findLast(({ state }) => state !== undefined)?.state;
  }

  #ports(): ListenPorts {
    return {
      events: {
        listen: (place, signal) => {
          this.opened.push(place);
          this.#line = new Line(place, signal);
          if (this.refusal !== null) this.#line.fail(faultOf(this.refusal));
          return this.#line.batches();
        },
      },
      feed: {
        place: async () => this.place,
        save: async (change) => {
          this.saved.push(change);
          if (change.place !== undefined) this.place = change.place;
        },
        linked: async (ids) => new Set(ids.filter((id) => id === LINKED)),
        owners: async () => new Set(['005MARA']),
      },
      clock: this.clock,
      random: { next: () => 0.5 },
      log: { info: () => {}, warn: () => {} },
      wait: (ms, signal) => this.#wait(ms, signal),
      turn: async (wish) => {
        this.wishes.push(wish);
        return this.outcome;
      },
      pollNow: async () => {
        this.polls += 1;
      },
    };
  }

  #wait(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const wait = {
        at: Date.parse(this.clock.now()) + ms,
        end: () => {
          this.#waits.delete(wait);
          signal.removeEventListener('abort', wait.end);
          resolve();
        },
      };
      this.#waits.add(wait);
      signal.addEventListener('abort', wait.end, { once: true });
    });
  }

  /** Everything that can go on without time going on has done so. */
  async #settle(): Promise<void> {
    for (let round = 0; round < 50; round += 1) await Promise.resolve();
  }
}

/** One line, with what is pushed into it. */
class Line {
  readonly #queue: HintBatch[] = [];
  readonly #place: Uint8Array | null;
  readonly #signal: AbortSignal;
  #fault: SalesforceFault | null = null;
  #wake = () => {};

  constructor(place: Uint8Array | null, signal: AbortSignal) {
    this.#place = place;
    this.#signal = signal;
    signal.addEventListener('abort', () => this.#wake(), { once: true });
  }

  push(batch: HintBatch): void {
    this.#queue.push(batch);
    this.#wake();
  }

  fail(fault: SalesforceFault): void {
    this.#fault = fault;
    this.#wake();
  }

  async *batches(): AsyncGenerator<HintBatch> {
    // A refusal comes instead of the opening.
    if (this.#fault === null) yield { hints: [], place: this.#place };
    while (!this.#signal.aborted) {
      const batch = this.#queue.shift();
      if (batch !== undefined) yield batch;
      else if (this.#fault !== null)
        throw Object.assign(new Error('ended'), { fault: this.#fault });
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
    }
  }
}

function faultOf(code: string): SalesforceFault {
  return { code, message: '', fields: [], httpStatus: null };
}
