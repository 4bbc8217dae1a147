import type {
  ChangePage,
  CreateRow,
  Instant,
  Reply,
  RowResult,
  SalesforceId,
  SalesforcePatch,
  SalesforceTask,
  StampPage,
  TaskPage,
  UpdateRow,
} from '@tandem/engine';
import { instantMs, shift } from '@tandem/engine';
import type { SalesforcePort } from '../ports.ts';
import { changed, recordRow } from './rows.ts';

/** What may happen to the next request. `landed` says whether its effect took place. */
export type Mishap =
  | { readonly kind: 'request_lost' }
  | { readonly kind: 'reply_lost' }
  | { readonly kind: 'fault'; readonly code: string; readonly message?: string };

const PAGE = 2_000;
/** Salesforce's own limits of one call; see the adapter. */
const GUARDED = 24;
const BULK = 200;

/**
 * Salesforce as the engine meets it, in memory: one-second stamps, unique creation keys, a recycle bin,
 * conditional writes. Faithful where sync depends on it; the sandbox org is the faithful one.
 */
export class SalesforceDouble implements SalesforcePort {
  readonly records = new Map<SalesforceId, SalesforceTask>();
  /** Every request that reached it, by method name. */
  readonly calls: string[] = [];
  /** Decides what happens to each request; by default nothing does. */
  mishap: (method: string) => Mishap | null = () => null;
  /** The user has View All Data. */
  seesAll = false;
  /** A validation rule: the code with which a row is refused, or null. */
  rule: (body: SalesforcePatch) => string | null = () => null;
  /** Runs after the effect of a request and before its reply. */
  meanwhile: () => void = () => {};
  readonly #now: () => Instant;
  readonly #user: SalesforceId;
  #lastId = 0;

  constructor(now: () => Instant, user: SalesforceId) {
    this.#now = now;
    this.#user = user;
  }

  // What a person does in Salesforce.

  create(fields: Partial<SalesforceTask>): SalesforceTask {
    this.#lastId += 1;
    const stamp = this.#second();
    const record = recordRow(BLANK);
    const id = idOf(this.#lastId);
    const stamps = { CreatedDate: stamp, LastModifiedDate: stamp, SystemModstamp: stamp };
    changed(record, stamps);
    changed(record, { OwnerId: this.#user, LastModifiedById: this.#user });
    return this.#put(changed(changed(record, fields), { Id: id }));
  }

  edit(id: SalesforceId, fields: Partial<SalesforceTask>): void {
    const record = this.#live(id);
    const stamp = this.#second();
    const stamps = { LastModifiedDate: stamp, SystemModstamp: stamp };
    this.#put(changed(changed(recordRow(record), fields), stamps));
  }

  remove(id: SalesforceId): void {
    const record = this.#live(id);
    this.#put(changed(recordRow(record), { IsDeleted: true, SystemModstamp: this.#second() }));
  }

  undelete(id: SalesforceId): void {
    const record = this.records.get(id);
    if (record?.IsDeleted)
      this.#put(changed(recordRow(record), { IsDeleted: false, SystemModstamp: this.#second() }));
  }

  live(): readonly SalesforceTask[] {
    return [...this.records.values()].filter((record) => !record.IsDeleted);
  }

  // The port.

  changedSince(since: Instant, cursor: string | null): Promise<Reply<ChangePage>> {
    const from = instantMs(since);
    const wanted = [...this.records.values()]
      .filter((record) => instantMs(record.SystemModstamp) >= from)
      .sort((a, b) => inOrder(a.SystemModstamp, b.SystemModstamp) || inOrder(a.Id, b.Id));
    return this.#answer('changedSince', () => {
      const { tasks, total, next } = page(wanted, cursor);
      return { tasks, total, next, seesAll: this.seesAll };
    });
  }

  importPage(
    ownerId: SalesforceId,
    windowStart: Instant | null,
    cursor: string | null,
  ): Promise<Reply<TaskPage>> {
    const wanted = this.live().filter(
      (record) =>
        record.OwnerId === ownerId &&
        (windowStart === null
          ? !record.IsClosed
          : instantMs(record.LastModifiedDate) >= instantMs(windowStart)),
    );
    return this.#answer('importPage', () => page(wanted, cursor));
  }

  readTasks(ids: readonly SalesforceId[]): Promise<Reply<TaskPage>> {
    return this.#answer('readTasks', () =>
      page(
        ids.flatMap((id) => this.records.get(id) ?? []),
        null,
      ),
    );
  }

  findByCreationKey(keys: readonly string[]): Promise<Reply<TaskPage>> {
    return this.#answer('findByCreationKey', () => {
      const found = [...this.records.values()].filter(
        ({ CreationKey: key }) => key !== null && keys.includes(key),
      );
      return page(found, null);
    });
  }

  findBySubject(
    subjects: readonly (string | null)[],
    createdSince: Instant,
  ): Promise<Reply<TaskPage>> {
    return this.#answer('findBySubject', () => {
      const found = [...this.records.values()].filter(
        (record) =>
          subjects.includes(record.Subject) &&
          instantMs(record.CreatedDate) >= instantMs(createdSince),
      );
      return page(found, null);
    });
  }

  stampsAfter(ownerId: SalesforceId, after: SalesforceId | null): Promise<Reply<StampPage>> {
    return this.#answer('stampsAfter', () => {
      const wanted = [...this.records.values()]
        .filter((record) => record.OwnerId === ownerId && (after === null || record.Id > after))
        .sort((a, b) => inOrder(a.Id, b.Id));
      const stamps = wanted
        .slice(0, PAGE)
        .map(({ Id, SystemModstamp, IsDeleted }) => ({ Id, SystemModstamp, IsDeleted }));
      return { stamps, more: wanted.length > PAGE };
    });
  }

  createTasks(rows: readonly CreateRow[]): Promise<Reply<readonly RowResult[]>> {
    within(rows, BULK);
    return this.#answer('createTasks', () => rows.map((row) => this.#insert(row)));
  }

  updateTasks(rows: readonly UpdateRow[]): Promise<Reply<readonly RowResult[]>> {
    const guarded = rows.filter((row) => row.ifUnmodifiedSince !== null).length;
    if (guarded > 0) within(rows, guarded === rows.length ? GUARDED : 0);
    within(rows, BULK);
    return this.#answer('updateTasks', () => rows.map((row) => this.#update(row)));
  }

  deleteTasks(ids: readonly SalesforceId[]): Promise<Reply<readonly RowResult[]>> {
    within(ids, BULK);
    return this.#answer('deleteTasks', () =>
      ids.map((id): RowResult => {
        const before = this.records.get(id);
        if (before?.IsDeleted !== false) return { kind: 'gone' };
        this.remove(id);
        return { kind: 'done', id, before };
      }),
    );
  }

  async #answer<T>(method: string, effect: () => T): Promise<Reply<T>> {
    this.calls.push(method);
    const mishap = this.mishap(method);
    if (mishap?.kind === 'request_lost') return { kind: 'unknown', message: 'request lost' };
    if (mishap?.kind === 'fault') {
      return {
        kind: 'fault',
        fault: { code: mishap.code, message: mishap.message ?? '', fields: [], httpStatus: 503 },
      };
    }
    const serverTime = this.#second();
    const value = effect();
    this.meanwhile();
    if (mishap?.kind === 'reply_lost') return { kind: 'unknown', message: 'reply lost' };
    return { kind: 'ok', value, serverTime, usage: { used: this.calls.length, max: 100_000 } };
  }

  #insert({ creationKey, body }: CreateRow): RowResult {
    const taken = [...this.records.values()].find((record) => record.CreationKey === creationKey);
    if (taken !== undefined) {
      const fault = { code: 'DUPLICATE_VALUE', message: taken.Id, fields: [], httpStatus: 400 };
      return { kind: 'refused', fault, duplicateOf: taken.Id };
    }
    const refusal = this.#refusal(body);
    if (refusal !== null) return refusal;
    const born = this.create(written(body, { CreationKey: creationKey }));
    return { kind: 'done', id: born.Id, before: null };
  }

  #update({ id, body, ifUnmodifiedSince }: UpdateRow): RowResult {
    const record = this.records.get(id);
    if (record === undefined || record.IsDeleted) return { kind: 'gone' };
    const moved =
      ifUnmodifiedSince !== null &&
      instantMs(record.LastModifiedDate) > instantMs(ifUnmodifiedSince);
    if (moved) return { kind: 'stale' };
    const refusal = this.#refusal(body);
    if (refusal !== null) return refusal;
    this.edit(id, written(body, { LastModifiedById: this.#user }));
    return { kind: 'done', id, before: record };
  }

  #refusal(body: SalesforcePatch): RowResult | null {
    const code = this.rule(body);
    if (code === null) return null;
    const fault = { code, message: 'Not like this', fields: [], httpStatus: 400 };
    return { kind: 'refused', fault, duplicateOf: null };
  }

  #live(id: SalesforceId): SalesforceTask {
    const record = this.records.get(id);
    if (record === undefined || record.IsDeleted) throw new Error(`No live record ${id}`);
    return record;
  }

  #put(record: SalesforceTask): SalesforceTask {
    this.records.set(record.Id, record);
    return record;
  }

  /** Salesforce keeps whole seconds. */
  #second(): Instant {
    return `${this.#now().slice(0, 19)}.000Z`;
  }
}

function within(rows: readonly unknown[], limit: number): void {
  if (rows.length > limit) throw new RangeError(`a call takes ${limit} rows, got ${rows.length}`);
}

function page(tasks: readonly SalesforceTask[], cursor: string | null): TaskPage {
  const from = cursor === null ? 0 : Number(cursor);
  const end = from + PAGE;
  return {
    tasks: tasks.slice(from, end),
    total: tasks.length,
    next: end < tasks.length ? String(end) : null,
  };
}

/** What a request writes: with Status goes IsClosed. */
function written(body: SalesforcePatch, also: Partial<SalesforceTask>): Partial<SalesforceTask> {
  const fields: Partial<SalesforceTask> = changed(changed({}, body), also);
  const { Status: status } = fields;
  return status === undefined ? fields : changed(fields, { IsClosed: status === 'Completed' });
}

function idOf(number: number): SalesforceId {
  return `00T${String(number).padStart(12, '0')}AAA`;
}

/** Ids and stamps are compared as they stand. */
function inOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const BLANK: SalesforceTask = {
  Id: '',
  Subject: null,
  Status: 'Not Started',
  IsClosed: false,
  Priority: 'Normal',
  ActivityDate: null,
  Description: null,
  OwnerId: '',
  WhoId: null,
  WhatId: null,
  WhoName: null,
  WhoType: null,
  WhatName: null,
  WhatType: null,
  IsDeleted: false,
  IsArchived: false,
  IsRecurrence: false,
  CreatedDate: '',
  LastModifiedDate: '',
  LastModifiedById: '',
  SystemModstamp: '',
  CreationKey: null,
};

/** A clock that moves only when told. */
export class TestClock {
  #now: Instant = '2026-11-24T12:00:00.000Z';

  now = (): Instant => this.#now;

  advance(ms: number): void {
    this.#now = shift(this.#now, ms);
  }
}
