import {
  type ApiUsage,
  type Instant,
  instantMs,
  type Reply,
  type SalesforceFault,
} from '@tandem/engine';
import type { Lease, SyncConnection, SyncPorts, SyncTx } from './ports.ts';

/** How long a silent worker keeps its connection; a dead one is replaced after this. */
export const LEASE_TTL_MS = 20_000;

/** Salesforce's Date header has whole seconds: a smaller difference is no measurement. */
const CLOCK_OFFSET_MIN_MS = 2_000;

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
  usage: ApiUsage | null = null;
  /** Records seen or written in this run or the overlap before it: somebody is active (B8.2). */
  activity = 0;
  /** Some reply was lost; look again soon. */
  unknownOutcomes = 0;

  constructor(ports: SyncPorts, lease: Lease, connection: SyncConnection) {
    this.ports = ports;
    this.lease = lease;
    this.connection = connection;
    this.clockOffsetMs = connection.clockOffsetMs;
  }

  now(): Instant {
    return this.ports.clock.now();
  }

  /** One request to Salesforce, under a fresh lease (R14: a stale worker changes nothing on either side). */
  async call<T>(request: () => Promise<Reply<T>>): Promise<Reply<T>> {
    const renew = () => this.ports.store.renewLease(this.lease, LEASE_TTL_MS);
    await renew();
    const reply = await this.ports.heartbeat.during(renew, request);
    if (reply.kind === 'ok') this.#learn(reply.serverTime, reply.usage);
    return reply;
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

  transact<T>(work: (tx: SyncTx) => Promise<T>): Promise<T> {
    return this.ports.store.transact(this.lease, work);
  }

  #learn(serverTime: Instant, usage: ApiUsage | null): void {
    const offset = instantMs(serverTime) - instantMs(this.now());
    this.clockOffsetMs = Math.abs(offset) < CLOCK_OFFSET_MIN_MS ? 0 : offset;
    if (usage !== null) this.usage = usage;
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
