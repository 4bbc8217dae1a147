import { createHash } from 'node:crypto';
import type { Commit, CommitChange, CommitKind, Ctx, Id, OrgRecord } from '../org/org.ts';
import { msOfStamp } from '../org/stamps.ts';
import { bitmapOf } from './bitmap.ts';
import type { ChangeSchema, ChangeType } from './change-schema.ts';

export interface ChangeHeader {
  readonly entityName: string;
  readonly recordIds: readonly Id[];
  readonly changeType: ChangeType;
  readonly changeOrigin: string;
  readonly transactionKey: string;
  readonly sequenceNumber: number;
  readonly commitTimestamp: bigint;
  readonly commitNumber: bigint;
  readonly commitUser: Id;
  readonly nulledFields: readonly string[];
  readonly diffFields: readonly string[];
  readonly changedFields: readonly string[];
}

export type ChangeBody = Readonly<Record<string, string | number | boolean | bigint>>;

export interface ChangeEvent {
  readonly header: ChangeHeader;
  readonly body: ChangeBody;
}

/** What a transaction has to say of one object: what changed, in the order it did. */
interface Told {
  readonly type: ChangeType;
  readonly ids: Id[];
  readonly body: ChangeBody;
  readonly nulled: readonly number[];
  readonly changed: readonly number[];
}

/** Archiving works beneath the application: there is no more to say than that something happened. */
const TYPES: Readonly<Record<CommitKind, ChangeType | null>> = {
  insert: 'CREATE',
  update: 'UPDATE',
  delete: 'DELETE',
  undelete: 'UNDELETE',
  archive: 'GAP_UPDATE',
  // What leaves the Recycle Bin was deleted before.
  purge: null,
};

/** From here on a transaction only says that there was more. */
const CHANGES_MAX = 100_000;

/** The change events of one committed transaction for one object. */
export function changeEventsOf(
  commit: Commit,
  object: string,
  schema: ChangeSchema,
  most = CHANGES_MAX,
): readonly ChangeEvent[] {
  const told = new Map<string, Told>();
  let counted = 0;
  for (const change of commit.changes) {
    if (change.object !== object) continue;
    const one = tellOf(change, schema);
    if (one === null) continue;
    counted += one.type === 'UPDATE' ? Math.max(1, one.changed.length) : 1;
    if (counted > most) {
      told.set('overflow', { ...BARE, type: 'GAP_OVERFLOW', ids: [] });
      break;
    }
    // The same change of several records is one event.
    const key = JSON.stringify([one.type, one.body, one.nulled], writable);
    const same = told.get(key);
    if (same === undefined) told.set(key, one);
    else same.ids.push(change.id);
  }
  return [...told.values()].map((one, index) => ({
    header: { ...headerOf(commit, object, one), sequenceNumber: index + 1 },
    body: one.body,
  }));
}

function headerOf(
  { number, at, ctx }: Pick<Commit, 'number' | 'at' | 'ctx'>,
  entityName: string,
  { type, ids, nulled, changed }: Told,
): ChangeHeader {
  return {
    entityName,
    recordIds: ids,
    changeType: type,
    changeOrigin: originOf(ctx),
    transactionKey: keyOf(number),
    sequenceNumber: 1,
    commitTimestamp: BigInt(at),
    commitNumber: FIRST_COMMIT_NUMBER + BigInt(number),
    commitUser: ctx.userId,
    nulledFields: bitmapOf(nulled),
    diffFields: [],
    changedFields: bitmapOf(changed),
  };
}

/** An event that no transaction wrote: a control asked for it. */
export function inventedEvent(
  at: Pick<Commit, 'number' | 'at' | 'ctx'>,
  object: string,
  schema: ChangeSchema,
  wanted: { type: ChangeType; ids: readonly Id[]; fields: Readonly<Record<string, unknown>> },
): ChangeEvent {
  const body = bodyOf(wanted.fields, schema, Object.keys(wanted.fields));
  const changed = wanted.type === 'UPDATE' ? positions(schema, Object.keys(body)) : [];
  const told = { type: wanted.type, ids: [...wanted.ids], body, nulled: [], changed };
  return { header: headerOf(at, object, told), body };
}

/** Commit numbers of a real org are of this size. */
const FIRST_COMMIT_NUMBER = 1_719_876_940_000_000_000n;
const BARE = { body: {}, nulled: [], changed: [] } as const;

function tellOf(change: CommitChange, schema: ChangeSchema): Told | null {
  const { kind, before, after, id } = change;
  const type = TYPES[kind];
  if (type === null || after === null) return null;
  const ids = [id];
  if (type === 'CREATE' || type === 'UNDELETE') {
    return { ...BARE, type, ids, body: bodyOf(after, schema, schema.fields) };
  }
  if (type !== 'UPDATE' || before === null) return { ...BARE, type, ids };
  const names = schema.fields.slice(1).filter((name) => before[name] !== after[name]);
  if (names.length === 0) return null;
  return {
    type,
    ids,
    body: bodyOf(after, schema, names),
    nulled: positions(
      schema,
      names.filter((name) => after[name] === null),
    ),
    changed: positions(schema, names),
  };
}

function positions(schema: ChangeSchema, names: readonly string[]): readonly number[] {
  return names.map((name) => schema.fields.indexOf(name)).filter((position) => position > 0);
}

/** Empty fields are left out. */
function bodyOf(
  row: OrgRecord | Readonly<Record<string, unknown>>,
  schema: ChangeSchema,
  names: readonly string[],
): ChangeBody {
  const body: Record<string, string | number | boolean | bigint> = {};
  for (const name of names) {
    const value = (row as Readonly<Record<string, unknown>>)[name];
    if (value === null || value === undefined || !schema.fields.includes(name)) continue;
    body[name] = schema.isTime(name) ? millis(String(value)) : (value as string);
  }
  return body;
}

function millis(text: string): bigint {
  return BigInt(text.length === 10 ? Date.parse(`${text}T00:00:00Z`) : msOfStamp(text));
}

/** "Only populated for changes done by API apps or from Lightning Experience." */
function originOf({ source, client }: Ctx): string {
  if (source === 'ui') return 'com/salesforce/api/soap/62.0;client=SfdcInternalAPI/';
  if (source === 'control') return '';
  return `com/salesforce/api/rest/62.0;client=${client ?? ''}`;
}

/** The same for all events of a transaction. */
function keyOf(number: number): string {
  const hex = createHash('md5').update(`transaction ${number}`).digest('hex');
  return `0000${hex.slice(4, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function writable(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
