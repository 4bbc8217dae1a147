import type { Catalogue } from './catalogue.ts';
import type { DeleteLogEntry, FieldValue, Id, OrgRecord } from './org.ts';

export interface RowChange {
  readonly object: string;
  readonly id: Id;
  readonly before: OrgRecord | null;
  readonly after: OrgRecord | null;
}

/**
 * All rows of the org, with an undo list. Rows are never changed in place: a change puts a new row,
 * so a query cursor may go on holding the old one.
 */
export class OrgState {
  readonly #tables = new Map<string, Map<Id, OrgRecord>>();
  /** `Object.Field` → value → id, for unique fields of rows outside the bin. */
  readonly #unique = new Map<string, Map<string, Id>>();
  readonly #uniqueFields = new Map<string, readonly string[]>();
  #changes: RowChange[] = [];
  serials: Record<string, number> = {};
  deleteLog: DeleteLogEntry[] = [];
  deleteLogFrom = 0;
  commitNumber = 0;
  readonly side = new Map<string, unknown>();
  readonly hidden = new Map<Id, Set<Id>>();

  constructor(catalogue: Catalogue) {
    for (const object of catalogue.all()) {
      this.#tables.set(object.name, new Map());
      const unique = object.fields.filter((field) => field.unique).map((field) => field.name);
      this.#uniqueFields.set(object.name, unique);
      for (const name of unique) this.#unique.set(`${object.name}.${name}`, new Map());
    }
  }

  row(object: string, id: Id): OrgRecord | null {
    return this.#tables.get(object)?.get(id) ?? null;
  }

  rows(object: string): Iterable<OrgRecord> {
    return this.#tables.get(object)?.values() ?? [];
  }

  count(object: string): number {
    return this.#tables.get(object)?.size ?? 0;
  }

  /** The row outside the bin that holds this value of a unique field. */
  holder(object: string, field: string, value: string): Id | null {
    return this.#unique.get(`${object}.${field}`)?.get(value) ?? null;
  }

  nextSerial(object: string): number {
    const serial = (this.serials[object] ?? 0) + 1;
    this.serials[object] = serial;
    return serial;
  }

  put(object: string, row: OrgRecord): void {
    const before = this.row(object, row.Id);
    this.#changes.push({ object, id: row.Id, before, after: row });
    this.set(object, row.Id, row);
  }

  drop(object: string, id: Id): void {
    const before = this.row(object, id);
    if (before === null) return;
    this.#changes.push({ object, id, before, after: null });
    this.set(object, id, null);
  }

  savepoint(): number {
    return this.#changes.length;
  }

  rollbackTo(savepoint: number): void {
    for (let i = this.#changes.length - 1; i >= savepoint; i -= 1) {
      const change = this.#changes[i];
      if (change !== undefined) this.set(change.object, change.id, change.before);
    }
    this.#changes.length = savepoint;
  }

  /** What changed since the transaction began, one entry a row, in the order the rows were first touched. */
  takeChanges(): readonly RowChange[] {
    const merged = new Map<Id, RowChange>();
    for (const change of this.#changes) {
      const earlier = merged.get(change.id);
      merged.set(change.id, earlier ? { ...change, before: earlier.before } : change);
    }
    this.#changes = [];
    return [...merged.values()].filter((c) => c.before !== null || c.after !== null);
  }

  /** Without a trace in the open transaction: for replay and undo. */
  set(object: string, id: Id, row: OrgRecord | null): void {
    const table = this.#tables.get(object);
    if (table === undefined) return;
    const before = table.get(id);
    for (const field of this.#uniqueFields.get(object) ?? []) {
      const index = this.#unique.get(`${object}.${field}`);
      const old = heldValue(before, field);
      if (old !== null && index?.get(old) === id) index.delete(old);
      const now = heldValue(row, field);
      if (now !== null) index?.set(now, id);
    }
    if (row === null) table.delete(id);
    else table.set(id, row);
  }

  clear(): void {
    for (const table of this.#tables.values()) table.clear();
    for (const index of this.#unique.values()) index.clear();
    this.#changes = [];
    this.serials = {};
    this.deleteLog = [];
    this.deleteLogFrom = 0;
    this.side.clear();
    this.hidden.clear();
  }
}

/**
 * A row in the bin gives its unique value up: an upsert with it makes a new row, and undelete then
 * fails with DUPLICATE_VALUE. Salesforce's text on this is thin; this is how its uniqueness is
 * generally understood to work, and the stricter case for a client (a repeated create after a delete).
 */
function heldValue(row: OrgRecord | null | undefined, field: string): string | null {
  if (row === null || row === undefined || row.IsDeleted === true) return null;
  const value: FieldValue | undefined = row[field];
  return typeof value === 'string' ? value : null;
}
