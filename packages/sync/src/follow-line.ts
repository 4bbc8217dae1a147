import { type Instant, instantMs, retryDelayMs, type SalesforceFault } from '@tandem/engine';
import type { ChangeHint, HintBatch, ListenPorts, TurnWish } from './event-ports.ts';
import { HintBuffer, mayConcern } from './hint-buffer.ts';

/** A burst is one call: what arrives within this goes together. */
const FOLD_MS = 300;
/** Two turns for hints are at least so far apart: with fold and call within the three seconds of B8.2. */
const PACE_MS = 2_000;
/** An echo of our own may carry what the org's automation added; it waits this long for a call to ride on. */
const ECHO_WAIT_MS = 60_000;
/** Somebody else works on the connection; they may have read before the change. */
const BUSY_MS = 500;
/** How far a listener has come is written down this often while nothing has to be done for it. */
const SAVE_EVERY_MS = 10_000;

export interface Line {
  /** Why it ended; null: we, or a connection that rests, ended it. */
  readonly fault: SalesforceFault | null;
  readonly wasOpen: boolean;
}

/** One line to Salesforce, from its opening to its end. Reading and working go side by side: a turn takes its time. */
export async function followLine(
  ports: ListenPorts,
  place: Uint8Array | null,
  signal: AbortSignal,
): Promise<Line> {
  const end = new AbortController();
  const follower = new Follower(ports, AbortSignal.any([signal, end.signal]));
  try {
    await Promise.race([follower.read(place), follower.work()]);
    return { fault: null, wasOpen: follower.isOpen };
  } catch (error) {
    const fault = faultIn(error);
    if (fault === null) throw error;
    return { fault, wasOpen: follower.isOpen };
  } finally {
    end.abort();
    await follower.idle;
  }
}

class Follower {
  isOpen = false;
  /** Settles when no turn of this line is under way any more. */
  idle: Promise<unknown> = Promise.resolve();
  readonly #ports: ListenPorts;
  readonly #stop: AbortSignal;
  readonly #buffer = new HintBuffer();
  #poke = new AbortController();
  #eventAt: Instant | null = null;
  #echoSince: Instant | null = null;
  #savedAt: Instant | null = null;

  constructor(ports: ListenPorts, stop: AbortSignal) {
    this.#ports = ports;
    this.#stop = stop;
  }

  async read(place: Uint8Array | null): Promise<void> {
    for await (const batch of this.#ports.events.listen(place, this.#stop)) {
      if (!this.isOpen) {
        this.isOpen = true;
        await this.#ports.feed.save({ state: 'listening', fault: null });
        // Without a place nobody knows what was missed before: a poll does.
        if (place === null) this.#buffer.wantPoll();
      }
      await this.#take(batch);
      this.#poke.abort();
    }
  }

  /** Ends when the connection rests: there is nothing to follow for. */
  async work(): Promise<void> {
    for (let failures = 0; !this.#stop.aborted; ) {
      if (!this.#isTime()) {
        await this.#sleep(SAVE_EVERY_MS);
        await this.#note(null);
        continue;
      }
      await this.#ports.wait(FOLD_MS, this.#stop);
      const { place } = this.#buffer;
      const wish = this.#buffer.take();
      this.#echoSince = null;
      const outcome = wish === null ? 'done' : await this.#turn(wish);
      if (outcome === 'resting') return;
      failures = outcome === 'failed' ? failures + 1 : 0;
      // What was named is not lost: a poll finds it, and the place stays where it was until then.
      if (outcome === 'failed') this.#buffer.wantPoll();
      else await this.#note(place);
      const pause = failures > 0 ? retryDelayMs(failures, this.#ports.random.next()) : PACE_MS;
      await this.#ports.wait(pause, this.#stop);
    }
  }

  async #take(batch: HintBatch): Promise<void> {
    const { feed, clock } = this.#ports;
    const [linked, owners] =
      batch.hints.length === 0
        ? [NOBODY, NOBODY]
        : await Promise.all([feed.linked(idsOf(batch.hints)), feed.owners()]);
    this.#buffer.add(batch, (hint) => mayConcern(hint, linked, owners));
    if (this.#buffer.hasEchoes) this.#echoSince ??= clock.now();
    if (batch.hints.length === 0) return;
    const isFirst = this.#eventAt === null;
    this.#eventAt = clock.now();
    // From the first event on it is known that they come, and polls may be further apart.
    if (isFirst) await this.#note(null);
  }

  #isTime(): boolean {
    if (this.#buffer.isUrgent) return true;
    return this.#echoSince !== null && this.#since(this.#echoSince) >= ECHO_WAIT_MS;
  }

  async #turn(wish: TurnWish): Promise<'done' | 'failed' | 'resting'> {
    while (!this.#stop.aborted) {
      const turn = this.#ports.turn(wish);
      this.idle = turn.catch(() => {});
      const outcome = await turn;
      if (outcome !== 'busy') return outcome;
      await this.#ports.wait(BUSY_MS, this.#stop);
    }
    return 'failed';
  }

  /** `place`: all before it is worked on. Without one, that events come is written down from time to time. */
  async #note(place: Uint8Array | null): Promise<void> {
    const isWaiting = this.#buffer.isUrgent || this.#buffer.hasEchoes;
    const reached = place ?? (isWaiting ? null : this.#buffer.place);
    const isFresh = this.#savedAt !== null && this.#since(this.#savedAt) < SAVE_EVERY_MS;
    if (this.#eventAt === null || (place === null && isFresh)) return;
    this.#savedAt = this.#ports.clock.now();
    await this.#ports.feed.save({
      lastEventAt: this.#eventAt,
      ...(reached === null ? {} : { place: reached }),
    });
  }

  /** Until something arrives, or for so long. */
  async #sleep(ms: number): Promise<void> {
    await this.#ports.wait(ms, AbortSignal.any([this.#stop, this.#poke.signal]));
    if (this.#poke.signal.aborted) this.#poke = new AbortController();
  }

  #since(at: Instant): number {
    return instantMs(this.#ports.clock.now()) - instantMs(at);
  }
}

const NOBODY: ReadonlySet<string> = new Set();

function idsOf(hints: readonly ChangeHint[]): readonly string[] {
  return [...new Set(hints.flatMap((hint) => hint.ids))];
}

/** What an adapter throws at the end of a line says why; anything else is a mistake, and no end of a line. */
function faultIn(error: unknown): SalesforceFault | null {
  if (!(error instanceof Error) || !('fault' in error)) return null;
  return error.fault as SalesforceFault;
}
