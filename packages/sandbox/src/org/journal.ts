import type { Catalogue } from './catalogue.ts';
import type { ClockState } from './clock.ts';
import type { DeleteLogEntry, FieldValue, Id, OrgRecord, OrgSettings, OrgSnapshot } from './org.ts';
import type { OrgState } from './state.ts';

/** A row without its empty fields: half the bytes, and a field added to an object later needs no migration. */
export type PackedRow = Readonly<Record<string, FieldValue>>;

export function packRow(row: OrgRecord): PackedRow {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}

function unpackRow(catalogue: Catalogue, object: string, row: PackedRow): OrgRecord {
  const blank: Record<string, FieldValue> = {};
  for (const field of catalogue.object(object).fields) {
    blank[field.name] = field.type === 'boolean' ? false : null;
  }
  return Object.assign(blank, row) as OrgRecord;
}

/** The kinds of line in the journal. */
export type JournalLine =
  | {
      readonly t: 'commit';
      readonly n: number;
      readonly put: readonly (readonly [object: string, row: PackedRow])[];
      readonly drop: readonly (readonly [object: string, id: Id])[];
      readonly log: readonly DeleteLogEntry[];
      readonly serials: Readonly<Record<string, number>>;
    }
  | { readonly t: 'side'; readonly k: string; readonly v?: unknown }
  | { readonly t: 'settings'; readonly s: OrgSettings }
  | { readonly t: 'clock'; readonly c: ClockState }
  | { readonly t: 'hidden'; readonly u: Id; readonly ids: readonly Id[] }
  | { readonly t: 'deleteLog'; readonly from: number };

/** Settings and clock live beside the rows; replay hands them back. */
export interface Restored {
  settings: OrgSettings | null;
  clock: ClockState | null;
}

export function replay(
  state: OrgState,
  catalogue: Catalogue,
  line: JournalLine,
  restored: Restored,
): void {
  switch (line.t) {
    case 'commit':
      for (const [object, packed] of line.put) {
        const row = unpackRow(catalogue, object, packed);
        state.set(object, row.Id, row);
      }
      for (const [object, id] of line.drop) state.set(object, id, null);
      state.deleteLog.push(...line.log);
      Object.assign(state.serials, line.serials);
      state.commitNumber = line.n;
      return;
    case 'side':
      if (line.v === undefined) state.side.delete(line.k);
      else state.side.set(line.k, line.v);
      return;
    case 'settings':
      restored.settings = line.s;
      return;
    case 'clock':
      restored.clock = line.c;
      return;
    case 'hidden':
      state.hidden.set(line.u, new Set(line.ids));
      return;
    case 'deleteLog':
      state.deleteLogFrom = line.from;
      state.deleteLog = state.deleteLog.filter((entry) => entry.at >= line.from);
  }
}

export function loadRows(state: OrgState, catalogue: Catalogue, snapshot: OrgSnapshot): void {
  state.clear();
  for (const [object, rows] of Object.entries(snapshot.rows)) {
    for (const row of rows) state.set(object, row.Id, unpackRow(catalogue, object, row));
  }
  for (const [key, value] of Object.entries(snapshot.side)) state.side.set(key, value);
  for (const [user, ids] of Object.entries(snapshot.hidden)) state.hidden.set(user, new Set(ids));
  state.serials = { ...snapshot.serials };
  state.deleteLog = [...snapshot.deleteLog];
  state.deleteLogFrom = snapshot.deleteLogFrom;
  state.commitNumber = snapshot.commitNumber;
}

/** The rows part of a snapshot. */
export function rowsOf(
  state: OrgState,
  catalogue: Catalogue,
): Record<string, readonly OrgRecord[]> {
  return Object.fromEntries(
    catalogue.all().map((object) => [object.name, [...state.rows(object.name)]]),
  );
}
