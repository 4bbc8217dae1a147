import type {
  AppState,
  AppValues,
  Instant,
  JournalDraft,
  Link,
  Policy,
  SalesforceId,
  SkipReason,
  TaskContext,
} from '@tandem/engine';
import type { ConnectionKey } from '../connections/connection.ts';

/**
 * The port that `sync` works through, as this package fulfils it. The truth is sync's own ports.ts, which
 * may not be imported here; that the two fit is checked where they are wired, and by a test.
 */
export interface SyncStore {
  acquireLease(key: ConnectionKey, holder: string, ttlMs: number): Promise<Lease | null>;
  renewLease(lease: Lease, ttlMs: number): Promise<void>;
  releaseLease(lease: Lease, wakeAt: Instant | null): Promise<void>;
  transact<T>(lease: Lease, work: (tx: SyncTx) => Promise<T>): Promise<T>;
}

export interface SyncTx {
  connection(): Promise<SyncConnection>;
  saveConnection(change: ConnectionChange): Promise<void>;
  doubtEvents(): Promise<void>;
  linksBySalesforceId(ids: readonly SalesforceId[]): Promise<readonly LinkedTask[]>;
  linksByCreationKey(keys: readonly string[]): Promise<readonly LinkedTask[]>;
  linksById(ids: readonly string[]): Promise<readonly LinkedTask[]>;
  recordCalls(calls: number): Promise<void>;
  linksInIdRange(
    after: SalesforceId | null,
    through: SalesforceId | null,
    limit: number,
  ): Promise<readonly LinkedTask[]>;
  birthsInDoubt(limit: number): Promise<readonly LinkedTask[]>;
  countLinks(): Promise<number>;
  dirtyLinks(
    limit: number,
    now: Instant,
    heldBack?: readonly string[],
  ): Promise<readonly LinkedTask[]>;
  unresolvedLinks(before: Instant, limit: number): Promise<readonly LinkedTask[]>;
  saveLinks(changes: readonly LinkChange[]): Promise<void>;
  insertImported(rows: readonly ImportedTask[]): Promise<void>;
  recordSkipped(rows: readonly SkippedRecord[]): Promise<void>;
  forgetSkipped(ids: readonly SalesforceId[]): Promise<void>;
}

export interface Lease extends ConnectionKey {
  readonly token: number;
  /** The store's own clock when the lease was given: workers with different clocks stamp by it. */
  readonly at: Instant;
}

export type ConnectionChange = Partial<
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
>;

export interface LinkedTask {
  readonly link: Link;
  readonly app: AppState;
  readonly context: TaskContext;
  /** False when the task has another, living link (it was restored from Trash and sent anew). */
  readonly soleLink: boolean;
}

export interface LinkChange {
  readonly link: Link;
  readonly dirty: boolean;
  readonly task: TaskAction;
  readonly journal: readonly JournalDraft[];
}

export type TaskAction =
  | { readonly kind: 'none' }
  | { readonly kind: 'patch'; readonly values: Partial<AppValues> }
  | { readonly kind: 'trash' }
  | { readonly kind: 'restore'; readonly values: Partial<AppValues> };

export interface ImportedTask {
  readonly link: Link;
  readonly values: AppValues;
  readonly context: TaskContext;
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
  readonly userId: string;
  readonly orgId: string;
  readonly salesforceUserId: SalesforceId;
  readonly status: 'on' | 'off' | 'needs_sign_in';
  readonly policy: Policy;
  readonly watermark: Instant | null;
  readonly import: ImportProgress | null;
  readonly lastPollAt: Instant | null;
  readonly usage: { readonly used: number; readonly max: number; readonly at?: Instant } | null;
  readonly budget: { readonly spent: number; readonly share: number };
  readonly clockOffsetMs: number;
  readonly hasCreationKey: boolean;
  /** When the database was last found to have been put back to an older backup. */
  readonly restoredAt: Instant | null;
  readonly comparison: Comparison | null;
  readonly brake: Brake | null;
  /** This connection's own feed, where it may read every task of the org; null where it may not (E3). */
  readonly feed: OrgFeed | null;
  /** The freshest feed of a teammate that reads every task of the org. */
  readonly teamFeed: (OrgFeed & { readonly watermark: Instant }) | null;
  /** Somebody follows the org's change events (B8.2); null: nobody does. */
  readonly events: {
    readonly since: Instant;
    readonly lastEventAt: Instant | null;
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

export interface Comparison {
  readonly state: 'wanted' | 'running' | 'done';
  readonly why: 'daily' | 'gap' | 'switched_on' | 'restored' | 'asked';
  readonly startedAt: Instant | null;
  readonly finishedAt: Instant | null;
  readonly cursor: SalesforceId | null;
  readonly compared: number;
  readonly agreed: number;
  readonly missing: number;
  readonly held?: readonly SalesforceId[];
}

export interface Brake {
  readonly kind: 'mass_deletion' | 'empty_feed';
  readonly since: Instant;
  readonly toTrash: number;
  readonly toDelete: number;
  readonly missing: number;
  readonly links: number;
  readonly allowed: number | null;
  readonly kept?: true;
}

export interface ImportProgress {
  readonly state: 'running' | 'done';
  readonly windowStart: Instant | null;
  readonly startedAt: Instant | null;
  readonly found: number | null;
  readonly imported: number;
  readonly linked: number;
  readonly skipped: number;
  readonly cursor: string | null;
}
