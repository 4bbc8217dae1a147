/**
 * The words of the local Salesforce org, and its surface.
 *
 * Everything outside `org/` (REST, OAuth pages, the Tasks page, controls, seed) talks to the org
 * through this interface. Object and field names are accepted in any case and answered in
 * Salesforce's own spelling; ids are accepted with 15 or 18 characters and answered with 18.
 */

export type Id = string;
export type FieldValue = string | number | boolean | null;

/** A stored row. Every field of the object is present; empty is `null`. Datetimes and dates are text as the API sends them. */
export type OrgRecord = Readonly<Record<string, FieldValue>> & {
  readonly Id: Id;
  readonly IsDeleted: boolean;
  readonly SystemModstamp: string;
};

/** Field values as somebody sent them: not yet checked. */
export type InputFields = Readonly<Record<string, unknown>>;

/** Who is asking. `control` sees and may do everything; the other two obey the user's access. */
export interface Ctx {
  readonly userId: Id;
  /** What the caller put in `Sforce-Call-Options: client=…`. */
  readonly client: string | null;
  readonly source: 'rest' | 'ui' | 'control';
}

export interface OrgError {
  /** HTTP status of the single-record resource; collections do not use it. */
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly fields: readonly string[];
}

export type DmlResult =
  | { readonly ok: true; readonly id: Id; readonly created: boolean }
  | { readonly ok: false; readonly id: Id | null; readonly errors: readonly OrgError[] };

export type Lookup =
  | { readonly kind: 'found'; readonly record: OrgRecord }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'missing' };

export interface OrgClock {
  /** The org's time in milliseconds. */
  now(): number;
  /** Jump to this instant and keep running from it (or stay there when frozen). */
  set(ms: number): void;
  advance(ms: number): void;
  freeze(): void;
  unfreeze(): void;
  state(): { readonly now: number; readonly frozen: boolean; readonly offsetMs: number };
}

export interface OrgSettings {
  /** `Tandem_Key__c` exists on Activity. Off: the field is unknown everywhere; its values are kept for when it returns. */
  creationKeyField: boolean;
  /** A refresh answers with a new refresh token and ends the old one. */
  refreshTokenRotation: boolean;
  /** Org-wide default of Activity. */
  activityAccess: 'private' | 'controlled_by_parent';
  /** Reads of Accounts, Contacts, Leads, Opportunities and Cases: everybody's, or only their owner's. */
  parentAccess: 'public' | 'private';
  /** `Object.Field` of picklists that refuse unknown values. */
  restrictedPicklists: string[];
  dailyApiRequests: number;
  /** Minutes of silence after which a session ends. */
  sessionTimeoutMinutes: number;
  /** Objects whose changes are told as events (Setup: Change Data Capture). */
  changeEventEntities: string[];
  /** Events delivered to readers in the rolling 24 hours. */
  dailyEventDeliveries: number;
}

export interface QueryOptions {
  /** `queryAll`: deleted and archived rows too. */
  readonly all?: boolean;
  /** Rows a page; held to 200–2,000. */
  readonly batchSize?: number;
  /** API version the URLs of the answer carry, e.g. `62.0`. */
  readonly version?: string;
}

export interface QueryResult {
  readonly totalSize: number;
  readonly done: boolean;
  /** `01g…-2000`, present when more rows wait. */
  readonly nextLocator: string | null;
  /** Rows ready for JSON: `attributes` first, then the fields asked for, in canonical spelling. */
  readonly records: readonly Readonly<Record<string, unknown>>[];
}

export type CommitKind = 'insert' | 'update' | 'delete' | 'undelete' | 'purge' | 'archive';

export interface CommitChange {
  readonly kind: CommitKind;
  readonly object: string;
  readonly id: Id;
  readonly before: OrgRecord | null;
  readonly after: OrgRecord | null;
}

/** One transaction that became visible. */
export interface Commit {
  readonly number: number;
  readonly at: number;
  readonly ctx: Ctx;
  readonly changes: readonly CommitChange[];
}

/** A small keyed place, kept across restarts with the org (sessions, seed marks). Values are JSON. */
export interface SideTable {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  delete(key: string): void;
  /** Entries whose key begins with `prefix`. */
  entries(prefix: string): readonly (readonly [string, unknown])[];
}

export interface DmlOptions {
  /** Upsert and collections: one bad row undoes all. */
  readonly allOrNone?: boolean;
}

/** A transaction held open: rows carry the stamp of the moment they were written, and are seen at `commit`. */
export interface OpenTransaction {
  readonly id: string;
  readonly startedAt: number;
  insert(object: string, fields: InputFields): void;
  update(object: string, id: string, fields: InputFields): void;
  remove(object: string, id: string): void;
  commit(): readonly DmlResult[];
  rollback(): void;
}

export interface Org {
  /** 18 characters, `00D…`. */
  readonly id: Id;
  readonly name: string;
  readonly clock: OrgClock;
  readonly settings: Readonly<OrgSettings>;
  readonly side: SideTable;
  changeSettings(change: Partial<OrgSettings>): void;

  /** Active and inactive User rows. */
  users(): readonly OrgRecord[];
  userByName(username: string): OrgRecord | null;
  canModifyAll(userId: Id): boolean;

  insert(object: string, fields: InputFields, ctx: Ctx): DmlResult;
  insertMany(
    rows: readonly { readonly object: string; readonly fields: InputFields }[],
    ctx: Ctx,
    options?: DmlOptions,
  ): readonly DmlResult[];
  update(object: string, id: string, fields: InputFields, ctx: Ctx): DmlResult;
  updateMany(
    rows: readonly { readonly object: string; readonly id: string; readonly fields: InputFields }[],
    ctx: Ctx,
    options?: DmlOptions,
  ): readonly DmlResult[];
  /** Soft delete: to the recycle bin. */
  remove(object: string, id: string, ctx: Ctx): DmlResult;
  removeMany(
    rows: readonly { readonly object: string; readonly id: string }[],
    ctx: Ctx,
    options?: DmlOptions,
  ): readonly DmlResult[];
  undelete(id: string, ctx: Ctx): DmlResult;

  /** The row if this caller may see it and it is not in the bin. */
  retrieve(object: string, id: string, ctx: Ctx): OrgRecord | null;
  lookup(object: string, id: string, ctx: Ctx): Lookup;
  /** Whether this caller may change the row. */
  mayEdit(object: string, id: string, ctx: Ctx): boolean;
  /** Every row in the bin this caller may see, newest first. */
  deletedRows(object: string, ctx: Ctx): readonly OrgRecord[];
  /** Throws `OrgFault` for a query Salesforce refuses. */
  query(soql: string, ctx: Ctx, options?: QueryOptions): QueryResult;
  queryMore(locator: string, ctx: Ctx, options?: QueryOptions): QueryResult;
  describe(object: string): Readonly<Record<string, unknown>>;
  objectNames(): readonly string[];
  /** The object a record id belongs to, by its prefix. */
  objectOf(id: string): string | null;
  count(object: string): number;

  /** Count one API call against the rolling 24 hours. */
  countCall(): void;
  usage(): { readonly used: number; readonly max: number };
  limits(): Readonly<Record<string, { readonly Max: number; readonly Remaining: number }>>;

  /** Hard delete: these ids, or the whole bin. Returns the ids gone. */
  emptyBin(ids: readonly string[] | 'all', ctx: Ctx): readonly Id[];
  /** Forget delete-log entries before this instant; `getDeleted` then reports a later `earliestDateAvailable`. */
  purgeDeleteLog(before: number): void;
  /** The nightly job: closed tasks a year past their date are archived. Returns their ids. */
  runArchiver(): readonly Id[];
  setArchived(ids: readonly string[], archived: boolean): void;
  /** Hide rows from a user, as lost sharing does: nothing is emitted. */
  hide(userId: Id, ids: readonly string[]): void;
  unhide(userId: Id, ids: readonly string[] | 'all'): void;
  openTransaction(ctx: Ctx): OpenTransaction;
  openTransactions(): readonly OpenTransaction[];

  /** Called after each commit, in order. Returns the way to stop. */
  onCommit(listener: (commit: Commit) => void): () => void;

  /** Back to an org with its objects and picklists and no rows at all; side table and settings too. */
  reset(): void;
  snapshot(): OrgSnapshot;
  load(snapshot: OrgSnapshot): void;
  /** Everything written so far is on disk when this settles. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** JSON-able. `version` is of this format, not of the API. */
export interface OrgSnapshot {
  readonly version: 1;
  readonly orgId: Id;
  readonly orgName: string;
  readonly settings: OrgSettings;
  readonly clock: { readonly offsetMs: number; readonly frozenAt: number | null };
  readonly serials: Readonly<Record<string, number>>;
  readonly rows: Readonly<Record<string, readonly OrgRecord[]>>;
  readonly side: Readonly<Record<string, unknown>>;
  readonly hidden: Readonly<Record<Id, readonly Id[]>>;
  readonly deleteLog: readonly DeleteLogEntry[];
  readonly deleteLogFrom: number;
  readonly commitNumber: number;
  readonly calls: readonly (readonly [minute: number, count: number])[];
}

export interface DeleteLogEntry {
  readonly object: string;
  readonly id: Id;
  readonly at: number;
  readonly ownerId: Id | null;
}

/** A refusal of the whole request, as Salesforce words it. */
export class OrgFault extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: readonly string[];

  constructor(status: number, code: string, message: string, fields: readonly string[] = []) {
    super(message);
    this.name = 'OrgFault';
    this.status = status;
    this.code = code;
    this.fields = fields;
  }
}
