import type {
  AppState,
  AppValues,
  Instant,
  JournalDraft,
  Link,
  SalesforceId,
  SyncedField,
  TaskContext,
} from '@tandem/engine';
import {
  instantMs,
  isInDoubt,
  isInLandingWindow,
  SYNCED_FIELDS,
  sameApp,
  shift,
  waitsForReturn,
} from '@tandem/engine';
import {
  type ImportedTask,
  type Lease,
  LeaseLost,
  type LinkChange,
  type LinkedTask,
  type SkippedRecord,
  type SyncConnection,
  type SyncStore,
  type SyncTx,
} from '../ports.ts';
import { changed, connectionRow, type JournalRow, journalRow, linkRow, valuesRow } from './rows.ts';

/**
 * The store as sync sees it, in memory and with real transactions: a transaction works on a copy and
 * replaces the state at commit, or not at all. Rows are immutable, so a copy of what is written is enough.
 */

interface TaskRow {
  readonly values: AppValues;
  readonly context: TaskContext;
  readonly editedAt: Partial<Record<keyof AppValues, Instant>>;
  readonly revision: number;
  readonly trashed: 'by_person' | 'by_sync' | null;
  /** Of what is not in Trash, and of what the engine put there, nobody asks. */
  readonly trashedAt: Instant;
}

interface State {
  connection: SyncConnection;
  tasks: Map<string, TaskRow>;
  links: Map<string, { readonly link: Link; readonly dirty: boolean }>;
  journal: JournalRow[];
  skipped: Map<SalesforceId, SkippedRecord>;
}

const EMPTY_CONTEXT: TaskContext = {
  type: 'custom',
  campaignName: null,
  campaignDay: null,
  campaignStep: null,
  callOutcome: null,
  callReason: null,
};

export class MemoryStore implements SyncStore {
  state: State;
  wakeAt: Instant | null = null;
  readonly #now: () => Instant;
  #lease = { token: 0, holder: null as string | null, until: '1970-01-01T00:00:00.000Z' };

  constructor(connection: SyncConnection, now: () => Instant) {
    this.#now = now;
    this.state = {
      connection: connectionRow(connection),
      tasks: new Map(),
      links: new Map(),
      journal: [],
      skipped: new Map(),
    };
  }

  async acquireLease(
    key: { workspaceId: string; connectionId: string },
    holder: string,
    ttlMs: number,
  ) {
    const { workspaceId, connectionId } = key;
    const at = this.#now();
    if (this.#lease.holder !== null && instantMs(this.#lease.until) > instantMs(at)) return null;
    this.#lease = { token: this.#lease.token + 1, holder, until: shift(at, ttlMs) };
    return { workspaceId, connectionId, token: this.#lease.token, at };
  }

  async renewLease(lease: Lease, ttlMs: number): Promise<void> {
    this.#check(lease);
    const { token, holder } = this.#lease;
    this.#lease = { token, holder, until: shift(this.#now(), ttlMs) };
  }

  async releaseLease(lease: Lease, wakeAt: Instant | null): Promise<void> {
    if (lease.token !== this.#lease.token) return;
    const { token, until } = this.#lease;
    this.#lease = { token, holder: null, until };
    this.wakeAt = wakeAt;
  }

  async transact<T>(lease: Lease, work: (tx: SyncTx) => Promise<T>): Promise<T> {
    this.#check(lease);
    const tx = new MemoryTx(this.state);
    const result = await work(tx);
    this.#check(lease);
    this.state = tx.draft;
    return result;
  }

  // What a person does in the app; each commits at once, as the real store's functions do.

  createTask(taskId: string, link: Link, values: AppValues): void {
    this.state.tasks.set(taskId, newTask(values, EMPTY_CONTEXT));
    this.state.links.set(link.id, { link: linkRow(link), dirty: true });
  }

  editTask(taskId: string, change: Partial<AppValues>): void {
    const row = this.#task(taskId);
    const fields = (Object.keys(change) as (keyof AppValues)[]).filter(
      (field) => !sameApp(field, change[field], row.values[field]),
    );
    if (fields.length === 0) return;
    const editedAt: Partial<Record<SyncedField, Instant>> = {};
    for (const field of SYNCED_FIELDS) {
      const at = fields.includes(field) ? this.#now() : row.editedAt[field];
      if (at !== undefined) editedAt[field] = at;
    }
    const values = changed(valuesRow(row.values), change);
    this.state.tasks.set(taskId, next(row, { values, editedAt }));
    this.#markDirty(taskId);
  }

  trashTask(taskId: string): void {
    const row = this.#task(taskId);
    const trashedAt = this.#now();
    this.state.tasks.set(taskId, next(row, { trashed: 'by_person', trashedAt }));
    this.#markDirty(taskId);
  }

  /** "Retry": planned again at once; a create in doubt is given up and sent anew (R8). */
  retryTask(taskId: string): void {
    for (const [id, { link }] of this.state.links) {
      if (link.taskId !== taskId || link.parked === null) continue;
      const inDoubt = link.parked.code === 'OUTCOME_UNKNOWN';
      const intents = inDoubt && link.salesforceId === null ? [] : link.intents;
      const next = inDoubt ? changed(linkRow(link), { parked: null, intents }) : link;
      this.state.links.set(id, { link: next, dirty: true });
    }
  }

  loseLease(): void {
    this.#lease = { token: this.#lease.token + 1, holder: 'another worker', until: this.#now() };
  }

  #task(taskId: string): TaskRow {
    const row = this.state.tasks.get(taskId);
    if (row === undefined) throw new Error(`No task ${taskId}`);
    return row;
  }

  #markDirty(taskId: string): void {
    for (const [id, { link }] of this.state.links) {
      if (link.taskId === taskId) this.state.links.set(id, { link, dirty: true });
    }
  }

  #check(lease: Lease): void {
    if (lease.token !== this.#lease.token) throw new LeaseLost();
  }
}

class MemoryTx implements SyncTx {
  /** The state as this transaction leaves it. What it never writes stays shared with the committed one. */
  readonly draft: State;
  readonly #committed: State;
  /** Somebody holds the connection's row as it is in the draft. */
  #isConnectionKnown = true;

  constructor(committed: State) {
    this.#committed = committed;
    const { connection, tasks, links, journal, skipped } = committed;
    this.draft = { connection, tasks, links, journal, skipped };
  }

  async connection(): Promise<SyncConnection> {
    this.#isConnectionKnown = true;
    return this.draft.connection;
  }

  async doubtEvents(): Promise<void> {
    const { connection } = this.draft;
    const { events } = connection;
    if (events === null) return;
    this.draft.connection = { ...connection, events: { ...events, isDoubted: true } };
  }

  async saveConnection(change: Parameters<SyncTx['saveConnection']>[0]): Promise<void> {
    this.#connect(change);
  }

  async linksBySalesforceId(ids: readonly SalesforceId[]): Promise<readonly LinkedTask[]> {
    if (ids.length === 0) return [];
    const wanted = new Set(ids);
    return this.#where(({ link }) => link.salesforceId !== null && wanted.has(link.salesforceId));
  }

  async linksByCreationKey(keys: readonly string[]): Promise<readonly LinkedTask[]> {
    const wanted = new Set(keys);
    return this.#where(({ link }) => wanted.has(link.creationKey));
  }

  async linksById(ids: readonly string[]): Promise<readonly LinkedTask[]> {
    const wanted = new Set(ids);
    return this.#where(({ link }) => wanted.has(link.id));
  }

  async recordCalls(calls: number): Promise<void> {
    const { spent, share } = this.draft.connection.budget;
    const budget = { spent: spent + calls, share };
    this.#connect({ budget });
  }

  async linksInIdRange(
    after: SalesforceId | null,
    through: SalesforceId | null,
    limit: number,
  ): Promise<readonly LinkedTask[]> {
    return this.#where(
      ({ link: { salesforceId: id, state }, dirty }) =>
        id !== null &&
        (state !== 'dead' || dirty) &&
        (after === null || id > after) &&
        (through === null || id <= through),
    )
      .sort((a, b) => ((a.link.salesforceId ?? '') < (b.link.salesforceId ?? '') ? -1 : 1))
      .slice(0, limit);
  }

  async birthsInDoubt(limit: number): Promise<readonly LinkedTask[]> {
    return this.#where(
      ({ link }) =>
        link.salesforceId === null && link.intents.some((intent) => intent.kind === 'create'),
    ).slice(0, limit);
  }

  async countLinks(): Promise<number> {
    return this.#where(({ link }) => link.state === 'live' && link.salesforceId !== null).length;
  }

  async dirtyLinks(
    limit: number,
    now: Instant,
    heldBack: readonly string[] = [],
  ): Promise<readonly LinkedTask[]> {
    const held = new Set(heldBack);
    const nowMs = instantMs(now);
    const due = (at: Instant | null | undefined) => at != null && instantMs(at) <= nowMs;
    return this.#where(
      ({ link, dirty }) => (dirty || due(link.parked?.retryAt)) && !held.has(link.id),
    ).slice(0, limit);
  }

  async unresolvedLinks(before: Instant, limit: number): Promise<readonly LinkedTask[]> {
    return this.#where(({ link, dirty }) =>
      isInDoubt(link)
        ? link.intents.some((intent) => instantMs(intent.sentAt) <= instantMs(before))
        : !dirty &&
          link.intents.some(
            (intent) => !waitsForReturn(link, intent) && !isInLandingWindow(intent, before),
          ),
    ).slice(0, limit);
  }

  async saveLinks(changes: readonly LinkChange[]): Promise<void> {
    for (const { link, dirty, task, journal } of changes) {
      this.#links().set(link.id, { link: linkRow(link), dirty });
      this.#write(journal, link.id);
      const row = this.draft.tasks.get(link.taskId);
      if (row === undefined || task.kind === 'none') continue;
      this.#tasks().set(
        link.taskId,
        next(row, {
          values: task.kind === 'trash' ? row.values : changed(valuesRow(row.values), task.values),
          trashed: task.kind === 'trash' ? 'by_sync' : task.kind === 'restore' ? null : row.trashed,
        }),
      );
    }
  }

  async insertImported(rows: readonly ImportedTask[]): Promise<void> {
    for (const { link, values, context, journal } of rows) {
      const taken = [...this.draft.links.values()].some(
        (other) => other.link.salesforceId === link.salesforceId,
      );
      if (taken) throw new Error(`I3: two links for ${link.salesforceId}`);
      this.#links().set(link.id, { link: linkRow(link), dirty: false });
      this.#tasks().set(link.taskId, newTask(values, context));
      this.#write(journal, link.id);
    }
  }

  async recordSkipped(rows: readonly SkippedRecord[]): Promise<void> {
    for (const row of rows) this.#skipped().set(row.salesforceId, row);
  }

  async forgetSkipped(ids: readonly SalesforceId[]): Promise<void> {
    for (const id of ids) if (this.draft.skipped.has(id)) this.#skipped().delete(id);
  }

  #connect(change: Partial<SyncConnection>): void {
    const { connection } = this.draft;
    // Whoever read it before keeps what was read.
    const fresh = this.#isConnectionKnown ? connectionRow(connection) : connection;
    this.#isConnectionKnown = false;
    this.draft.connection = changed(fresh, change);
  }

  #links(): State['links'] {
    if (this.draft.links === this.#committed.links) this.draft.links = new Map(this.draft.links);
    return this.draft.links;
  }

  #tasks(): State['tasks'] {
    if (this.draft.tasks === this.#committed.tasks) this.draft.tasks = new Map(this.draft.tasks);
    return this.draft.tasks;
  }

  #skipped(): State['skipped'] {
    if (this.draft.skipped === this.#committed.skipped)
      this.draft.skipped = new Map(this.draft.skipped);
    return this.draft.skipped;
  }

  #write(entries: readonly JournalDraft[], linkId: string): void {
    if (entries.length === 0) return;
    const added = entries.map((entry) => journalRow(entry, linkId));
    this.draft.journal = [...this.draft.journal, ...added];
  }

  #where(wanted: (row: { link: Link; dirty: boolean }) => boolean): LinkedTask[] {
    const found: { readonly link: Link }[] = [];
    for (const row of this.draft.links.values()) if (wanted(row)) found.push(row);
    if (found.length === 0) return [];
    // Many links are compared at once: the living links of each task are counted in one pass.
    const living = new Map<string, number>();
    for (const { link } of this.draft.links.values())
      if (link.state !== 'dead') living.set(link.taskId, (living.get(link.taskId) ?? 0) + 1);
    const linked: LinkedTask[] = [];
    for (const { link } of found) {
      const row = this.draft.tasks.get(link.taskId);
      if (row === undefined) continue;
      const others = (living.get(link.taskId) ?? 0) - (link.state === 'dead' ? 0 : 1);
      linked.push({ link, app: appState(row), context: row.context, soleLink: others === 0 });
    }
    return linked;
  }
}

function newTask(values: AppValues, context: TaskContext): TaskRow {
  return {
    values: valuesRow(values),
    context,
    editedAt: {},
    revision: 1,
    trashed: null,
    trashedAt: NEVER,
  };
}

function next(row: TaskRow, change: Partial<TaskRow>): TaskRow {
  const { values, context, editedAt, revision, trashed, trashedAt } = row;
  const copy = { values, context, editedAt, revision: revision + 1, trashed, trashedAt };
  return changed<TaskRow>(copy, change);
}

/** What the engine put into Trash is compared with no time. */
const NEVER: Instant = '1970-01-01T00:00:00.000Z';

function appState(row: TaskRow): AppState {
  const { values, revision, editedAt } = row;
  return row.trashed === null
    ? { kind: 'live', values, editedAt, revision }
    : {
        kind: 'trashed',
        values,
        editedAt,
        bySync: row.trashed === 'by_sync',
        at: row.trashedAt,
        revision,
      };
}
