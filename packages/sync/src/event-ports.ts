import type { Instant, SalesforceFault, SalesforceId } from '@tandem/engine';
import type { Clock, Log, Random } from './ports.ts';

/** What following an org's change events needs of the outside. One of these per org, under a lease of its own. */
export interface ListenPorts {
  readonly events: EventSource;
  readonly feed: EventFeed;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Resolves early when `signal` is aborted; never rejects. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** One turn on the connection that listens. */
  turn(wish: TurnWish): Promise<'done' | 'busy' | 'failed' | 'resting'>;
  /** A poll of its own on that connection, now: it reads for the whole org (E3). */
  pollNow(): Promise<void>;
}

/** R2: all that an event leads to. */
export type TurnWish =
  | { readonly kind: 'read'; readonly ids: readonly SalesforceId[] }
  | { readonly kind: 'poll' };

export interface EventSource {
  /**
   * After `place`, or from now on. The first batch is empty and says that the line is open. Ends when `signal`
   * says so, else by throwing an error with a `fault`.
   */
  listen(place: Uint8Array | null, signal: AbortSignal): AsyncIterable<HintBatch>;
}

/** What arrived together; empty when the line only says that it lives. */
export interface HintBatch {
  readonly hints: readonly ChangeHint[];
  /** From where to go on once all of it was worked on; null while none is known. Opaque. */
  readonly place: Uint8Array | null;
}

/** R2: an event, taken for a hint that something happened to these records. */
export interface ChangeHint {
  readonly kind: 'change' | 'gap' | 'overflow';
  readonly ids: readonly SalesforceId[];
  /** Created, or out of the Recycle Bin: without a link it may be somebody's new task. */
  readonly mayBeNew: boolean;
  /** Null where the event names none. */
  readonly ownerId: SalesforceId | null;
  /** Tandem began the transaction: an echo, and whatever the org's automation added to it. */
  readonly isOwn: boolean;
}

/** What is remembered of an org's events. Its methods throw LeaseLost when somebody else listens now. */
export interface EventFeed {
  /** Where the last listener was; null before the first. */
  place(): Promise<Uint8Array | null>;
  save(change: FeedChange): Promise<void>;
  /** Which of these records have a link in this org. */
  linked(ids: readonly SalesforceId[]): Promise<ReadonlySet<SalesforceId>>;
  /** The Salesforce users whose tasks sync. */
  owners(): Promise<ReadonlySet<SalesforceId>>;
}

export interface FeedChange {
  readonly state?: 'listening' | 'lost' | 'refused';
  /** Why, where it is not listening. */
  readonly fault?: SalesforceFault | null;
  readonly place?: Uint8Array | null;
  readonly lastEventAt?: Instant;
}
