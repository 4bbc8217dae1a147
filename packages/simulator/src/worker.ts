import { instantMs } from '@tandem/engine';
import { type SyncPorts, syncConnection } from '@tandem/sync';
import type { Refuse } from './apply-rows.ts';
import { KEY } from './policy.ts';
import type { Process } from './process.ts';
import { salesforcePort } from './salesforce-port.ts';
import type { Event } from './scheduler.ts';
import { storePort } from './store-port.ts';
import type { World } from './world.ts';

const SECOND = 1_000;
/** A crashed process is started again after up to this long. */
const RESTART_MS = 20 * SECOND;
/** Longer than a lease runs (20 s): somebody else takes over meanwhile. */
const PAUSE_MIN_MS = 15 * SECOND;
const PAUSE_MAX_MS = 60 * SECOND;
/** As the server's own job does it: well within the lease. */
const BEAT_MS = 6 * SECOND;
/** Somebody else has the connection: ask again. */
const BUSY_MS = 10 * SECOND;
/** The dispatcher looks at every connection this often, whatever was lost (a wake-up is only a hint). */
const SWEEP_MS = 45 * SECOND;

export interface Wish {
  readonly pollNow?: boolean;
  readonly hints?: readonly string[];
}

/** A worker: processes one after the other, each running turns of the code under test, one at a time. */
export class Worker {
  readonly name: string;
  process: Process;
  busy = false;
  /** Turns that ended by themselves. */
  turns = 0;
  readonly #world: World;
  readonly #refuse: Refuse;
  #ports: SyncPorts;
  #wish: Wish | null = null;
  /** Somebody who can take over. */
  other: Worker | null = null;

  constructor(world: World, name: string, refuse: Refuse) {
    this.name = name;
    this.#world = world;
    this.#refuse = refuse;
    this.process = this.#born();
    this.#ports = this.#portsOf(this.process);
  }

  /** Runs a turn after `delayMs`, or right after the one under way. */
  wake(delayMs: number, wish: Wish = {}): void {
    this.#world.scheduler.schedule(delayMs, this.process, `${this.name} wakes`, () =>
      this.run(wish),
    );
  }

  run(wish: Wish): void {
    if (this.busy) {
      this.#wish = { ...this.#wish, ...wish };
      return;
    }
    const { process } = this;
    this.busy = true;
    this.#world.scheduler.running = true;
    const options = { holder: this.name, ...wish };
    syncConnection(this.#ports, KEY, options).then(
      (outcome) => {
        if (!process.alive) return;
        this.#ended();
        if (outcome.kind === 'busy') this.#again(this.#world.delay(BUSY_MS));
        else if (outcome.kind === 'ran') {
          const wait = instantMs(outcome.wakeAt) - this.#world.scheduler.now;
          this.#again(Math.min(Math.max(wait, 0), SWEEP_MS));
        } else this.#again(SWEEP_MS);
      },
      (error: unknown) => {
        if (!process.alive) return;
        this.#ended();
        const text =
          error instanceof Error ? `${error.message} ${error.stack ?? ''}` : String(error);
        this.#world.oracle.violate(text.startsWith('I3') ? 'I3' : 'X1', `a turn threw: ${text}`);
        this.#again(BUSY_MS);
      },
    );
  }

  /** The process is gone at this very point; another one starts later. */
  crash(): void {
    const { scheduler } = this.#world;
    scheduler.mark(`${this.name} crashes`);
    this.process.alive = false;
    scheduler.drop(this.process);
    this.busy = false;
    this.#wish = null;
    this.process = this.#born();
    this.#ports = this.#portsOf(this.process);
    this.wake(this.#world.delay(RESTART_MS));
    this.other?.wake(this.#world.delay(RESTART_MS * 2));
  }

  /** A machine that stops for a while and does not know it. */
  pause(): void {
    const { scheduler, faults } = this.#world;
    const dice = faults.dice('worker_paused');
    const until = scheduler.now + dice.between(PAUSE_MIN_MS, PAUSE_MAX_MS);
    scheduler.mark(`${this.name} pauses`);
    scheduler.pause(this.process, until);
    // Another worker notices when the lease has run out.
    this.other?.wake(dice.between(PAUSE_MIN_MS, PAUSE_MAX_MS));
  }

  #ended(): void {
    this.#world.scheduler.running = false;
    this.busy = false;
    this.turns += 1;
    if (this.#wish !== null) {
      const wish = this.#wish;
      this.#wish = null;
      this.wake(0, wish);
    }
  }

  #again(delayMs: number): void {
    if (!this.#world.stopped) this.#world.appoint(delayMs);
  }

  #born(): Process {
    const skew = this.#world.skew();
    // Nobody starts a worker while the machines are off.
    const pausedUntil = this.#world.gapUntil;
    return { worker: this.name, skew, alive: true, pausedUntil, token: 0 };
  }

  #portsOf(process: Process): SyncPorts {
    const world = this.#world;
    const crash = () => this.crash();
    const pause = () => this.pause();
    return {
      store: storePort(world, process, crash, pause),
      salesforce: salesforcePort(world, process, crash, this.#refuse),
      clock: { now: () => world.instant(process.skew) },
      ids: { uuid: () => world.id('id') },
      random: { next: () => world.latency.next() },
      heartbeat: {
        during: async (beat, work) => {
          let timer: Event | null = null;
          const arm = () => {
            timer = world.scheduler.schedule(BEAT_MS, process, `${process.worker} beats`, () => {
              arm();
              world.scheduler.running = true;
              const rest = () => {
                world.scheduler.running = false;
              };
              // A beat that fails is no news: the next state write finds out (see Heartbeat).
              beat().then(rest, rest);
            });
          };
          arm();
          try {
            return await work();
          } finally {
            if (timer !== null) world.scheduler.cancel(timer);
          }
        },
      },
      // The store of this world is never away.
      patience: { whileAway: (work) => work() },
      log: { info: () => {}, warn: () => {} },
    };
  }
}
