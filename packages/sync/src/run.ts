import {
  type ApiUsage,
  type Instant,
  instantMs,
  type Reply,
  type SalesforceFault,
  shift,
} from '@tandem/engine';
import { type Held, LEASE_TTL_MS } from './acquire.ts';
import { PACED_CHANGES, type Spending, spendingOf } from './budget.ts';
import {
  type Lease,
  LeaseLost,
  type SyncConnection,
  type SyncPorts,
  type SyncTx,
} from './ports.ts';

/** A worker whose renewals take this long each time is in no state to hold a connection. */
const RENEWALS_MAX = 5;

/** A wake-up may come a moment before its time. */
const TURN_SLACK_MS = 1_000;

/** Salesforce's Date header has whole seconds. */
const SERVER_TIME_STEP_MS = 1_000;

type SeenUsage = ApiUsage & { readonly at: Instant };

/**
 * One worker's turn on one connection: its lease, what it has learned so far, and the two doors to the
 * outside. Everything in this package that does something takes a Run.
 */
export class Run {
  readonly ports: SyncPorts;
  readonly lease: Lease;
  readonly connection: SyncConnection;
  /** Salesforce's clock minus ours; edit times are corrected by it (B10.2). */
  clockOffsetMs: number;
  usage: SeenUsage | null = null;
  /** Records seen or written in this run or the overlap before it: somebody is active (B8.2). */
  activity = 0;
  /** The user was shown to read every task of the org in this turn (E3). */
  seesAll = false;
  /** What is read now was named by an event of the whole org: it may be a teammate's (B8.2). */
  isForTeam = false;
  /** When Salesforce was last read for this connection, by a poll of its own or a teammate's. */
  polledAt: Instant | null;
  /** Some reply was lost; look again soon. */
  unknownOutcomes = 0;
  /** What this turn deleted on either side: the brake counts whole turns (B11.5). */
  deleted = 0;
  /** Calls of this turn, and those of them that no transaction has recorded yet (B11.7). */
  #calls = 0;
  #unrecorded = 0;
  #unsavedUsage: SeenUsage | null = null;
  #pacedSends = 0;
  readonly #storeOffsetMs: number;
  readonly #people: number;
  /** False while calls are few and this connection has made its own not long ago (L5). */
  readonly isItsTurn: boolean;

  constructor(ports: SyncPorts, held: Held, connection: SyncConnection, asked = false) {
    this.ports = ports;
    this.lease = held.lease;
    this.connection = connection;
    this.clockOffsetMs = connection.clockOffsetMs;
    this.polledAt = connection.lastPollAt;
    this.#people = Math.max(1, Object.keys(connection.policy.owners.toApp).length);
    this.#storeOffsetMs = held.storeOffsetMs;
    // Decided once: the calls of the turn itself must not end it. "Sync now" is a person's wish.
    this.isItsTurn = asked || this.#isDue();
  }

  /**
   * The store's clock, carried on by our own: what two workers stamp one after the other stays in order, and
   * ten minutes are ten minutes, even when their clocks differ (R11, R14).
   */
  now(): Instant {
    return shift(this.ports.clock.now(), this.#storeOffsetMs);
  }

  #isDue(): boolean {
    const { pacedMs } = this.spending();
    const at = this.connection.usage?.at;
    if (pacedMs === null || at === undefined) return true;
    return instantMs(this.now()) - instantMs(at) >= pacedMs - TURN_SLACK_MS;
  }

  /** One request to Salesforce, under a fresh lease (R14: a stale worker changes nothing on either side). */
  async call<T>(request: () => Promise<Reply<T>>): Promise<Reply<T>> {
    const renew = () => this.ports.store.renewLease(this.lease, LEASE_TTL_MS);
    await this.#holdLease(renew);
    this.#calls += 1;
    this.#unrecorded += 1;
    const askedAt = this.now();
    const reply = await this.ports.heartbeat.during(renew, request);
    if (reply.kind === 'ok') this.#learn(askedAt, reply.serverTime, reply.usage);
    return reply;
  }

  /**
   * A machine that slept between the question and the answer holds a lease of the past: it asks again, and
   * learns whether somebody has taken over (I9).
   */
  async #holdLease(renew: () => Promise<void>): Promise<void> {
    for (let round = 0; round < RENEWALS_MAX; round += 1) {
      const asked = instantMs(this.now());
      await renew();
      if (instantMs(this.now()) - asked < LEASE_TTL_MS / 2) return;
    }
    throw new LeaseLost();
  }

  /** A read: anything but an answer ends the run. */
  async read<T>(
    request: () => Promise<Reply<T>>,
  ): Promise<{ value: T; serverTime: Instant; askedAt: Instant }> {
    const askedAt = this.now();
    const reply = await this.call(request);
    if (reply.kind === 'ok') return { value: reply.value, serverTime: reply.serverTime, askedAt };
    throw new RunStopped(reply.kind === 'fault' ? reply.fault : lostReply(reply.message));
  }

  /**
   * Calls made since the last transaction, and what Salesforce said is left, are stored by the next one: a crash
   * loses the count of at most the few calls between two. Last, because all connections of an org count in one row.
   */
  async transact<T>(work: (tx: SyncTx) => Promise<T>): Promise<T> {
    const calls = this.#unrecorded;
    const usage = this.#unsavedUsage;
    const result = await this.ports.store.transact(this.lease, async (tx) => {
      const value = await work(tx);
      if (usage !== null) await tx.saveConnection({ usage });
      if (calls > 0) await tx.recordCalls(calls);
      return value;
    });
    this.#unrecorded -= calls;
    if (this.#unsavedUsage === usage) this.#unsavedUsage = null;
    return result;
  }

  /** By Salesforce's clock: when the database was last put back to an older backup (R10). */
  restoredAt(): Instant | null {
    const { restoredAt } = this.connection;
    return restoredAt === null ? null : shift(restoredAt, this.clockOffsetMs);
  }

  /** The comparison that follows a restored backup was not through when the turn began. */
  get recovering(): boolean {
    const { comparison } = this.connection;
    return comparison?.why === 'restored' && comparison.state !== 'done';
  }

  /** What the calls that are left allow right now (B11.7). */
  spending(): Spending {
    const { budget, usage } = this.connection;
    return spendingOf({
      spent: budget.spent + this.#calls,
      share: budget.share,
      usage: this.usage ?? usage,
      people: this.#people,
    });
  }

  /** How many changes may still leave in this turn: all of them, or in a paced turn a few (L5). */
  sendsLeft(): number {
    const { pacedMs } = this.spending();
    if (pacedMs === null) return Number.POSITIVE_INFINITY;
    return this.isItsTurn ? PACED_CHANGES - this.#pacedSends : 0;
  }

  countSends(sends: number): void {
    if (this.spending().pacedMs !== null) this.#pacedSends += sends;
  }

  /** What no transaction has stored yet; on record also when the turn stopped. */
  async finish(status?: 'needs_sign_in'): Promise<void> {
    if (status !== undefined) await this.transact((tx) => tx.saveConnection({ status }));
    else if (this.#unrecorded > 0 || this.#unsavedUsage !== null)
      await this.transact(async () => {});
  }

  /**
   * Salesforce answered at some moment between question and answer, and says at which second: what its clock is
   * taken for only changes when that cannot be.
   */
  #learn(askedAt: Instant, serverTime: Instant, usage: ApiUsage | null): void {
    const said = instantMs(serverTime);
    const least = said - instantMs(this.now());
    const most = said + SERVER_TIME_STEP_MS - instantMs(askedAt);
    this.clockOffsetMs = Math.min(Math.max(this.clockOffsetMs, least), most);
    if (usage === null) return;
    this.usage = { used: usage.used, max: usage.max, at: this.now() };
    this.#unsavedUsage = this.usage;
  }
}

/** Salesforce cannot be worked with right now; the run ends with all state kept. Caught in sync-connection. */
export class RunStopped extends Error {
  override name = 'RunStopped';
  readonly fault: SalesforceFault;

  constructor(fault: SalesforceFault) {
    super(fault.code);
    this.fault = fault;
  }
}

export function lostReply(message: string): SalesforceFault {
  return { code: 'NETWORK', message, fields: [], httpStatus: null };
}
