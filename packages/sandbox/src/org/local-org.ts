import { columnMetadata } from '../soql/columns.ts';
import { Cursors } from '../soql/cursors.ts';
import { parseSoql } from '../soql/parse.ts';
import { runQuery } from '../soql/run.ts';
import { canEdit, canRead, modifiesAll } from './access.ts';
import { putBaseRows, SYSTEM_CTX } from './base-rows.ts';
import { archiveOld, deletedAt, markArchived, purge, purgeAged } from './bin.ts';
import { Catalogue } from './catalogue.ts';
import { createClock } from './clock.ts';
import { type Core, coreOf } from './core.ts';
import { describeObject } from './describe.ts';
import { type Disk, fileDisk, memoryDisk } from './disk.ts';
import { deleteRow, insertRow, undeleteRow, updateRow } from './dml.ts';
import { makeId, toId18 } from './ids.ts';
import { type JournalLine, loadRows } from './journal.ts';
import { Keeper } from './keeper.ts';
import { clockState, keptClock, keptSide, restoreClock } from './kept.ts';
import { limitsOf } from './limits.ts';
import { manyRows, oneRow } from './many.ts';
import { holdTransaction } from './open-transaction.ts';
import type {
  Commit,
  Ctx,
  DmlOptions,
  DmlResult,
  Id,
  InputFields,
  Lookup,
  OpenTransaction,
  Org,
  OrgClock,
  OrgRecord,
  OrgSettings,
  OrgSnapshot,
  QueryOptions,
  QueryResult,
  SideTable,
} from './org.ts';
import { type DeletedResult, deletedIds, type UpdatedResult, updatedIds } from './replication.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import { OrgState } from './state.ts';
import { Transactions } from './transactions.ts';
import { type ExternalMatch, matchExternal } from './upsert.ts';
import { Usage } from './usage.ts';

export interface LocalOrgOptions {
  /** Null keeps everything in memory. */
  readonly folder?: string | null;
  readonly clock?: OrgClock;
  readonly name?: string;
}

const ORG_ID = makeId('00D', 1);
const DEFAULT_NAME = 'Aldermoor';
const DEFAULT_VERSION = '62.0';
const SETTINGS_CHANGED_AT = 'org/settings-changed-at';
/** How often rows past their 15 days are looked for, in org time. */
const HOUSEKEEPING_MS = 3_600_000;

type Row = { readonly object: string; readonly fields: InputFields };
type RowOfId = Row & { readonly id: string };
type Window = { readonly start: string; readonly end: string };

/** The org: one process, everything synchronous, each transaction written before its caller hears of it. */
export class LocalOrg implements Org {
  readonly id = ORG_ID;
  readonly name: string;
  readonly clock: OrgClock;
  readonly side: SideTable;
  readonly core: Core;
  readonly #state: OrgState;
  readonly #catalogue: Catalogue;
  readonly #usage: Usage;
  readonly #cursors: Cursors;
  readonly #keeper: Keeper;
  readonly #transactions: Transactions;
  readonly #open = new Map<string, OpenTransaction>();
  #settings: OrgSettings = { ...DEFAULT_SETTINGS };
  #tidiedAt = 0;

  constructor(options: LocalOrgOptions = {}) {
    this.name = options.name ?? DEFAULT_NAME;
    const disk: Disk = options.folder ? fileDisk(options.folder) : memoryDisk();
    this.#catalogue = new Catalogue(() => this.#settings);
    this.#state = new OrgState(this.#catalogue);
    const own = options.clock ?? createClock();
    const append = (line: JournalLine) => this.#keeper.append(line);
    this.clock = keptClock(own, append);
    this.#usage = new Usage(() => this.clock.now());
    this.#cursors = new Cursors(() => this.clock.now());
    this.core = coreOf(this.#catalogue, this.#state, this.clock, () => this.#settings);
    this.#keeper = new Keeper(disk, this.#state, this.#catalogue, this.#usage, () => ({
      orgId: this.id,
      orgName: this.name,
      settings: this.#settings,
      clock: clockState(own),
    }));
    this.side = keptSide(this.#state.side, append);
    this.#transactions = new Transactions(this.#state, () => this.clock.now(), append);
    const restored = this.#keeper.restore();
    if (restored === null) this.reset();
    else {
      this.#settings = { ...DEFAULT_SETTINGS, ...restored.settings };
      if (restored.clock !== null) restoreClock(own, restored.clock);
    }
  }

  get settings(): Readonly<OrgSettings> {
    return this.#settings;
  }

  changeSettings(change: Partial<OrgSettings>): void {
    this.#settings = { ...this.#settings, ...change };
    this.#keeper.append({ t: 'settings', s: this.#settings });
    this.side.set(SETTINGS_CHANGED_AT, this.clock.now());
  }

  /** Describe answers depend on settings: when they last changed, or the beginning. */
  settingsChangedAt(): number {
    const at = this.side.get(SETTINGS_CHANGED_AT);
    return typeof at === 'number' ? at : 0;
  }

  users(): readonly OrgRecord[] {
    return [...this.#state.rows('User')];
  }

  userByName(username: string): OrgRecord | null {
    const wanted = username.trim().toLowerCase();
    return this.users().find((row) => String(row.Username).toLowerCase() === wanted) ?? null;
  }

  canModifyAll(userId: Id): boolean {
    return modifiesAll(this.core, userId);
  }

  insert(object: string, fields: InputFields, ctx: Ctx): DmlResult {
    return oneRow(() => this.insertMany([{ object, fields }], ctx));
  }

  insertMany(rows: readonly Row[], ctx: Ctx, options: DmlOptions = {}): readonly DmlResult[] {
    return this.#each(rows, ctx, options, (row, at) =>
      insertRow(this.core, this.#catalogue.object(row.object), row.fields, ctx, at),
    );
  }

  update(object: string, id: string, fields: InputFields, ctx: Ctx): DmlResult {
    return oneRow(() => this.updateMany([{ object, id, fields }], ctx));
  }

  updateMany(rows: readonly RowOfId[], ctx: Ctx, options: DmlOptions = {}): readonly DmlResult[] {
    return this.#each(rows, ctx, options, (row, at) =>
      updateRow(this.core, this.#catalogue.object(row.object), row.id, row.fields, ctx, at),
    );
  }

  remove(object: string, id: string, ctx: Ctx): DmlResult {
    return oneRow(() => this.removeMany([{ object, id }], ctx));
  }

  removeMany(
    rows: readonly { readonly object: string; readonly id: string }[],
    ctx: Ctx,
    options: DmlOptions = {},
  ): readonly DmlResult[] {
    return this.#each(rows, ctx, options, (row, at) =>
      deleteRow(this.core, this.#catalogue.object(row.object), row.id, ctx, at),
    );
  }

  undelete(id: string, ctx: Ctx): DmlResult {
    const object = this.objectOf(id) ?? 'Task';
    return oneRow(() =>
      this.#each([id], ctx, {}, (one, at) =>
        undeleteRow(this.core, this.#catalogue.object(object), one, ctx, at),
      ),
    );
  }

  /** The rows outside the bin that hold this value of an external-id field. */
  matchExternal(object: string, field: string, value: string): ExternalMatch {
    return matchExternal(this.core, this.#catalogue.object(object), field, value);
  }

  /** Everything `work` changes becomes visible together, or not at all. Nests. */
  transaction<T>(ctx: Ctx, work: () => { readonly keep: boolean; readonly value: T }): T {
    return this.#transactions.run(ctx, work);
  }

  retrieve(object: string, id: string, ctx: Ctx): OrgRecord | null {
    const found = this.lookup(object, id, ctx);
    return found.kind === 'found' ? found.record : null;
  }

  lookup(object: string, id: string, ctx: Ctx): Lookup {
    const def = this.#catalogue.object(object);
    const id18 = toId18(id);
    const row = id18 === null ? null : this.#state.row(def.name, id18);
    if (row === null || !canRead(this.core, def, row, ctx)) return { kind: 'missing' };
    return row.IsDeleted ? { kind: 'deleted' } : { kind: 'found', record: row };
  }

  mayEdit(object: string, id: string, ctx: Ctx): boolean {
    const row = this.retrieve(object, id, ctx);
    return row !== null && canEdit(this.core, this.#catalogue.object(object), row, ctx);
  }

  deletedRows(object: string, ctx: Ctx): readonly OrgRecord[] {
    this.#tidy();
    const def = this.#catalogue.object(object);
    return [...this.#state.rows(def.name)]
      .filter((row) => row.IsDeleted && canRead(this.core, def, row, ctx))
      .sort((a, b) => deletedAt(b) - deletedAt(a));
  }

  query(soql: string, ctx: Ctx, options: QueryOptions = {}): QueryResult {
    const answer = runQuery(this.core, parseSoql(soql), ctx, options.all === true);
    if (answer.kind === 'count') {
      return { totalSize: answer.total, done: true, nextLocator: null, records: [] };
    }
    if (answer.kind === 'groups') {
      const { records } = answer;
      return { totalSize: records.length, done: true, nextLocator: null, records };
    }
    const version = options.version ?? DEFAULT_VERSION;
    const { rows, project } = answer;
    return this.#cursors.first(ctx.userId, rows, project, options.batchSize, version);
  }

  queryMore(locator: string, ctx: Ctx, options: QueryOptions = {}): QueryResult {
    const version = options.version ?? DEFAULT_VERSION;
    return this.#cursors.next(ctx.userId, locator, options.batchSize, version);
  }

  queryColumns(soql: string): Readonly<Record<string, unknown>> {
    return columnMetadata(this.core, parseSoql(soql));
  }

  updated(object: string, window: Window, ctx: Ctx): UpdatedResult {
    return updatedIds(this.core, object, window, ctx, this.#openSince());
  }

  deleted(object: string, window: Window, ctx: Ctx): DeletedResult {
    this.#tidy();
    return deletedIds(this.core, object, window, ctx, this.#openSince());
  }

  describe(object: string): Readonly<Record<string, unknown>> {
    return describeObject(this.core, this.#catalogue.object(object));
  }

  objectNames(): readonly string[] {
    return this.#catalogue.all().map((object) => object.name);
  }

  objectOf(id: string): string | null {
    return toId18(id) === null ? null : (this.#catalogue.byId(id)?.name ?? null);
  }

  count(object: string): number {
    return this.#state.count(this.#catalogue.object(object).name);
  }

  countCall(): void {
    this.#usage.add();
    this.#tidy();
  }

  usage(): { readonly used: number; readonly max: number } {
    return { used: this.#usage.total(), max: this.#settings.dailyApiRequests };
  }

  limits(): Readonly<Record<string, { readonly Max: number; readonly Remaining: number }>> {
    return limitsOf(this.usage());
  }

  emptyBin(ids: readonly string[] | 'all', ctx: Ctx): readonly Id[] {
    return this.transaction(ctx, () => ({ keep: true, value: purge(this.core, ids, ctx) }));
  }

  purgeDeleteLog(before: number): void {
    this.#state.deleteLogFrom = before;
    this.#state.deleteLog = this.#state.deleteLog.filter((entry) => entry.at >= before);
    this.#keeper.append({ t: 'deleteLog', from: before });
  }

  runArchiver(): readonly Id[] {
    return this.transaction(SYSTEM_CTX, () => ({ keep: true, value: archiveOld(this.core) }));
  }

  setArchived(ids: readonly string[], archived: boolean): void {
    this.transaction(SYSTEM_CTX, () => {
      for (const id of ids) {
        const row = this.#state.row('Task', toId18(id) ?? '');
        if (row !== null) markArchived(this.core, row, archived);
      }
      return { keep: true, value: null };
    });
  }

  hide(userId: Id, ids: readonly string[]): void {
    const more = ids.flatMap((id) => toId18(id) ?? []);
    this.#setHidden(userId, [...(this.#state.hidden.get(userId) ?? []), ...more]);
  }

  unhide(userId: Id, ids: readonly string[] | 'all'): void {
    const shown = new Set(ids === 'all' ? [] : ids.map((id) => toId18(id)));
    const left = [...(this.#state.hidden.get(userId) ?? [])].filter((id) => !shown.has(id));
    this.#setHidden(userId, ids === 'all' ? [] : left);
  }

  openTransaction(ctx: Ctx): OpenTransaction {
    const held = holdTransaction(
      this,
      ctx,
      (at, work) => this.#transactions.atStamp(at, work),
      () => {
        this.#open.delete(held.id);
      },
    );
    this.#open.set(held.id, held);
    return held;
  }

  openTransactions(): readonly OpenTransaction[] {
    return [...this.#open.values()];
  }

  onCommit(listener: (commit: Commit) => void): () => void {
    return this.#transactions.onCommit(listener);
  }

  reset(): void {
    this.#state.clear();
    this.#open.clear();
    this.#cursors.clear();
    this.#usage.load([]);
    this.#settings = { ...DEFAULT_SETTINGS };
    this.#state.deleteLogFrom = this.clock.now();
    putBaseRows(this.core, this);
    this.#state.takeChanges();
    this.#keeper.compact();
  }

  snapshot(): OrgSnapshot {
    return this.#keeper.snapshot();
  }

  load(snapshot: OrgSnapshot): void {
    loadRows(this.#state, this.#catalogue, snapshot);
    this.#cursors.clear();
    this.#usage.load(snapshot.calls);
    this.#settings = { ...DEFAULT_SETTINGS, ...snapshot.settings };
    this.#keeper.compact();
  }

  async flush(): Promise<void> {
    this.#keeper.flush();
  }

  async close(): Promise<void> {
    this.#keeper.close();
  }

  #each<T>(
    rows: readonly T[],
    ctx: Ctx,
    options: DmlOptions,
    run: (row: T, at: number) => DmlResult,
  ): readonly DmlResult[] {
    const at = this.#transactions.stamp();
    return this.transaction(ctx, () => manyRows(rows, options, (row) => run(row, at)));
  }

  #openSince(): number | null {
    const starts = this.openTransactions().map((open) => open.startedAt);
    return starts.length === 0 ? null : Math.min(...starts);
  }

  #tidy(): void {
    const now = this.clock.now();
    if (Math.abs(now - this.#tidiedAt) < HOUSEKEEPING_MS) return;
    this.#tidiedAt = now;
    this.transaction(SYSTEM_CTX, () => ({ keep: true, value: purgeAged(this.core) }));
  }

  #setHidden(userId: Id, ids: readonly Id[]): void {
    this.#state.hidden.set(userId, new Set(ids));
    this.#keeper.append({ t: 'hidden', u: userId, ids });
  }
}
