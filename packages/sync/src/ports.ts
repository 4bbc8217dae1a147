import type {
  AppState,
  AppValues,
  ChangePage,
  CreateRow,
  Instant,
  JournalDraft,
  Link,
  Policy,
  Reply,
  RowResult,
  SalesforceId,
  SkipReason,
  StampPage,
  TaskContext,
  TaskPage,
  UpdateRow,
} from '@tandem/engine';

/**
 * The outside world as sync needs it. Production adapters live in `store` and `salesforce` and are
 * wired in `server`; the simulator brings its own. Nothing in this package touches a clock, a random
 * number, a socket or a database except through these.
 */
export interface SyncPorts {
  readonly store: SyncStore;
  readonly salesforce: SalesforcePort;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly random: Random;
  readonly heartbeat: Heartbeat;
  readonly patience: Patience;
  readonly log: Log;
}

export interface Clock {
  now(): Instant;
}

export interface Ids {
  /** A fresh random UUID. */
  uuid(): string;
}

/** Spreads retries, so that what failed together does not come back together. */
export interface Random {
  /** In [0, 1). */
  next(): number;
}

/**
 * Keeps a lease alive while a request is under way: Salesforce may take minutes, a dead worker must be
 * replaced within seconds. A beat that fails is ignored here; the next state write finds out.
 */
export interface Heartbeat {
  during<T>(beat: () => Promise<void>, work: () => Promise<T>): Promise<T>;
}

/**
 * For what is told only once, as a reply of Salesforce is (R9): while the store cannot be reached it is tried again, for
 * as long as a lease lasts; every other failure is thrown at once. `work` may have been carried out already when it is
 * tried again: where the line broke at the commit, nobody knows.
 */
export interface Patience {
  whileAway<T>(work: () => Promise<T>): Promise<T>;
}

/** Ids and counts only, never subjects or details (B12.2). */
export interface Log {
  info(event: string, facts?: Readonly<Record<string, string | number | boolean | null>>): void;
  warn(event: string, facts?: Readonly<Record<string, string | number | boolean | null>>): void;
}

export interface ConnectionKey {
  readonly workspaceId: string;
  readonly connectionId: string;
}

/** R14: the right to work on a connection. Every state write checks that `token` is still the newest. */
export interface Lease extends ConnectionKey {
  readonly token: number;
  /** The store's own clock when the lease was given: workers with different clocks stamp by it. */
  readonly at: Instant;
}

/** Thrown by `transact` when the lease has passed to another worker; nothing was written (I9). */
export class LeaseLost extends Error {
  override name = 'LeaseLost';
}

/**
 * Thrown by `transact` when the store cannot hold a value of what was written (a character its text type has
 * no room for, a date outside its calendar, a broken constraint); nothing was written. The rows can be
 * written in smaller parts to find the one (L3).
 */
export class ValueRefused extends Error {
  override name = 'ValueRefused';
}

export interface SyncStore {
  /** Null while another worker's lease runs. */
  acquireLease(key: ConnectionKey, holder: string, ttlMs: number): Promise<Lease | null>;
  /** Extends a lease that is still ours; throws LeaseLost otherwise. Called before each Salesforce write. */
  renewLease(lease: Lease, ttlMs: number): Promise<void>;
  /** Gives the lease back and says when the connection wants to be woken next. */
  releaseLease(lease: Lease, wakeAt: Instant | null): Promise<void>;
  /** One transaction; commits only while `lease` is the newest, else throws LeaseLost. */
  transact<T>(lease: Lease, work: (tx: SyncTx) => Promise<T>): Promise<T>;
}

/** All reads lock what they return until the transaction ends; all writes are batched statements. */
export interface SyncTx {
  connection(): Promise<SyncConnection>;
  saveConnection(
    change: Partial<
      Pick<
        SyncConnection,
        | 'watermark'
        | 'import'
        | 'status'
        | 'lastPollAt'
        | 'usage'
        | 'clockOffsetMs'
        | 'comparison'
        | 'brake'
        | 'feed'
      >
    >,
  ): Promise<void>;
  /** Adds to the count of Tandem's own calls to this org (B11.7). */
  recordCalls(calls: number): Promise<void>;
  /** A poll found a change that no event told of: polls keep their ordinary pace until one comes again. */
  doubtEvents(): Promise<void>;
  /** Links of this connection's org, whoever owns the task (a reassigned task moves between users). */
  linksBySalesforceId(ids: readonly SalesforceId[]): Promise<readonly LinkedTask[]>;
  linksByCreationKey(keys: readonly string[]): Promise<readonly LinkedTask[]>;
  linksById(ids: readonly string[]): Promise<readonly LinkedTask[]>;
  /**
   * Links of this connection whose Salesforce id lies in (after, through], by id (R13); null: no bound. Tombstones
   * only while they have something to plan: an undelete was seen, and may bring the task back.
   */
  linksInIdRange(
    after: SalesforceId | null,
    through: SalesforceId | null,
    limit: number,
  ): Promise<readonly LinkedTask[]>;
  /** Links of this connection's org with a create whose reply never came: records that may be theirs. */
  birthsInDoubt(limit: number): Promise<readonly LinkedTask[]>;
  /** Live links of this connection: what a brake measures a deletion by (B11.5). */
  countLinks(): Promise<number>;
  /**
   * Links with something to plan: marked dirty, or parked with `retryAt` reached. Oldest first, without
   * those of `heldBack`, whose deletion waits for the end of the turn (B11.5).
   */
  dirtyLinks(
    limit: number,
    now: Instant,
    heldBack?: readonly string[],
  ): Promise<readonly LinkedTask[]>;
  /**
   * Links with an intent older than `before`, whose outcome nobody knows. One that nobody waits for (`isInDoubt`)
   * counts from the time on when it can land no more; not while the record is somebody else's, nor while the link is
   * dirty, because what was seen last may have come of it, and only the plan can tell (R6).
   */
  unresolvedLinks(before: Instant, limit: number): Promise<readonly LinkedTask[]>;
  saveLinks(changes: readonly LinkChange[]): Promise<void>;
  insertImported(rows: readonly ImportedTask[]): Promise<void>;
  /** Replaces what was known about these records being left out (B3.5, B6.2). */
  recordSkipped(rows: readonly SkippedRecord[]): Promise<void>;
  forgetSkipped(ids: readonly SalesforceId[]): Promise<void>;
}

export interface LinkedTask {
  readonly link: Link;
  readonly app: AppState;
  readonly context: TaskContext;
  /** False when the task has another, living link (it was restored from Trash and sent anew). */
  readonly soleLink: boolean;
}

export interface LinkChange {
  /** The link as it is to be stored, whole. */
  readonly link: Link;
  /** Stays on the list of `dirtyLinks` after this change. */
  readonly dirty: boolean;
  readonly task:
    | { readonly kind: 'none' }
    | { readonly kind: 'patch'; readonly values: Partial<AppValues> }
    | { readonly kind: 'trash' }
    | { readonly kind: 'restore'; readonly values: Partial<AppValues> };
  readonly journal: readonly JournalDraft[];
}

export interface ImportedTask {
  readonly link: Link;
  readonly values: AppValues;
  readonly context: TaskContext;
  /** Salesforce's CreatedDate. */
  readonly createdAt: Instant;
  readonly journal: readonly JournalDraft[];
  /** The teammate's connection it belongs to; absent: this one. */
  readonly connectionId?: string;
}

export interface SkippedRecord {
  readonly salesforceId: SalesforceId;
  readonly subject: string | null;
  readonly reason: SkipReason;
  /** The teammate's connection it belongs to; absent: this one. */
  readonly connectionId?: string;
}

export interface SyncConnection extends ConnectionKey {
  /** App user id of the connection's owner. */
  readonly userId: string;
  readonly orgId: string;
  readonly salesforceUserId: SalesforceId;
  /** `off`: frozen (B7.1). `needs_sign_in`: B11.8. */
  readonly status: 'on' | 'off' | 'needs_sign_in';
  readonly policy: Policy;
  /** Salesforce's own clock at the start of the last complete poll; null before the first. */
  readonly watermark: Instant | null;
  readonly import: ImportProgress | null;
  readonly lastPollAt: Instant | null;
  /**
   * The org's calls in the rolling 24 hours as Salesforce last told, by whoever made them; `at`: when it
   * last answered this connection.
   */
  readonly usage: { readonly used: number; readonly max: number; readonly at?: Instant } | null;
  /** Tandem's own calls to this org in the last 24 hours, and the share of `usage.max` it keeps to (B11.7). */
  readonly budget: { readonly spent: number; readonly share: number };
  /** Salesforce's clock minus ours as last measured; edit times are corrected by it (B10.2). */
  readonly clockOffsetMs: number;
  /** R7: false where the org has no unique key field, and births are found by their values (R8). */
  readonly hasCreationKey: boolean;
  /** When the database was last found to have been put back to an older backup (the store's clock). */
  readonly restoredAt: Instant | null;
  readonly comparison: Comparison | null;
  readonly brake: Brake | null;
  /** This connection's own feed, where it may read every task of the org; null where it may not (E3). */
  readonly feed: OrgFeed | null;
  /** The freshest feed of a teammate that reads every task of the org. */
  readonly teamFeed: (OrgFeed & { readonly watermark: Instant }) | null;
  /** Somebody follows the org's change events (B8.2); null: nobody does. */
  readonly events: {
    /** When the line was opened; our clock, as all of these. */
    readonly since: Instant;
    readonly lastEventAt: Instant | null;
    /** A poll found what no event had told of. */
    readonly isDoubted: boolean;
  } | null;
  /** By app user: teammates of this org whose sync is on, and from when on new records are theirs (B6.4). */
  readonly teammates: Readonly<Record<string, Teammate>>;
}

export interface Teammate {
  readonly connectionId: string;
  readonly salesforceUserId: SalesforceId;
  readonly newSince: Instant;
}

/** The last complete poll of a connection that may read every task of its org. */
export interface OrgFeed {
  /** Our clock. */
  readonly at: Instant;
  /** Salesforce's clock from which on it read. */
  readonly since: Instant;
}

/** R13: the full comparison by id and stamp; stored page by page, so that a restart goes on. */
export interface Comparison {
  /** `wanted`: asked for and not begun. `done`: the result of the last one. */
  readonly state: 'wanted' | 'running' | 'done';
  readonly why: 'daily' | 'gap' | 'switched_on' | 'restored' | 'asked';
  readonly startedAt: Instant | null;
  readonly finishedAt: Instant | null;
  /** The last Salesforce id that was compared. */
  readonly cursor: SalesforceId | null;
  /** "14,201 of 14,201 agree" (B11.6). */
  readonly compared: number;
  readonly agreed: number;
  /** Links whose record Salesforce does not show, held until the end: sudden emptiness halts (I10). */
  readonly missing: number;
  /** Their ids, while they are few enough to be believed; they are marked when all are known. */
  readonly held?: readonly SalesforceId[];
}

/** B11.5, I10: what was about to be deleted when the run stopped before the first. */
export interface Brake {
  readonly kind: 'mass_deletion' | 'empty_feed';
  readonly since: Instant;
  /** App tasks that would go to Trash, Salesforce records that would be deleted, links not shown any more. */
  readonly toTrash: number;
  readonly toDelete: number;
  readonly missing: number;
  /** Live links at that moment. */
  readonly links: number;
  /** A person said "go on"; it covers this many and no more. */
  readonly allowed: number | null;
  /** A person said "keep them"; the next turn does it. */
  readonly kept?: true;
}

/** B6.3: numbers that only go up, stored so that a restart continues. */
export interface ImportProgress {
  readonly state: 'running' | 'done';
  /** Salesforce's clock; null = all open tasks (B6.4). */
  readonly windowStart: Instant | null;
  /** Salesforce's clock when the import began; the first poll starts here. */
  readonly startedAt: Instant | null;
  readonly found: number | null;
  readonly imported: number;
  readonly linked: number;
  readonly skipped: number;
  /** After a restart from the first page: so many of the rows to come are in these numbers already. */
  readonly counted?: number;
  readonly cursor: string | null;
}

/** Salesforce on behalf of one connection. All methods may answer `fault` or `unknown`; none throws for those. */
export interface SalesforcePort {
  /** queryAll of every visible task with SystemModstamp ≥ since, ordered by (SystemModstamp, Id). */
  changedSince(since: Instant, cursor: string | null): Promise<Reply<ChangePage>>;
  /** queryAll of the connection's own tasks for the first import (B6.4); null window = all open ones. */
  importPage(
    ownerId: SalesforceId,
    windowStart: Instant | null,
    cursor: string | null,
  ): Promise<Reply<TaskPage>>;
  /** queryAll by id, ≤ 200 ids a call; missing ids are absent from the page. */
  readTasks(ids: readonly SalesforceId[]): Promise<Reply<TaskPage>>;
  /** Records that carry one of these creation keys, deleted ones included; ≤ 200 keys. */
  findByCreationKey(keys: readonly string[]): Promise<Reply<TaskPage>>;
  /**
   * Where the org has no key field: records this user created since `createdSince` with one of these
   * Subjects, deleted ones included; ≤ 200 subjects.
   */
  findBySubject(
    subjects: readonly (string | null)[],
    createdSince: Instant,
  ): Promise<Reply<TaskPage>>;
  /** Ids and stamps of all tasks of this owner with Id > after, by Id, deleted ones included; ≤ 2,000 a call. */
  stampsAfter(ownerId: SalesforceId, after: SalesforceId | null): Promise<Reply<StampPage>>;
  /** Insert, never upsert (R8); ≤ 200 rows, one call, results in order. */
  createTasks(rows: readonly CreateRow[]): Promise<Reply<readonly RowResult[]>>;
  /** ≤ 24 rows guarded or ≤ 200 rows bulk; the rows of one call are all of one lane. */
  updateTasks(rows: readonly UpdateRow[]): Promise<Reply<readonly RowResult[]>>;
  deleteTasks(ids: readonly SalesforceId[]): Promise<Reply<readonly RowResult[]>>;
}
