import { rowError } from '../org/coerce.ts';
import { type DmlResult, type InputFields, OrgFault } from '../org/org.ts';
import { chosenFields, rowJson } from './rows.ts';
import { type Call, type Json, objectBody, param, type RestReply, rowErrors } from './types.ts';

/** Salesforce's bounds for one call. */
const MOST_ROWS = 200;
const MOST_READ = 2000;
const MOST_CHUNKS = 10;

export function createMany(call: Call): RestReply {
  const { records, allOrNone } = readRecords(call);
  return rowsReply(
    run(call, records, allOrNone, (record) =>
      withType(call, record, (object) => call.org.insert(object, record, call.ctx)),
    ),
  );
}

export function updateMany(call: Call): RestReply {
  const { records, allOrNone } = readRecords(call);
  return rowsReply(
    run(call, records, allOrNone, (record) =>
      withType(call, record, (object) => {
        const { id, fields } = takeId(record);
        if (id === null) return refused('MISSING_ARGUMENT', 'Id not specified in an update call');
        return call.org.update(object, id, fields, call.ctx);
      }),
    ),
  );
}

export function deleteMany(call: Call): RestReply {
  const ids = (call.request.query.get('ids') ?? '').split(',').filter((id) => id !== '');
  bounded(ids.length, MOST_ROWS);
  const allOrNone = call.request.query.get('allOrNone') === 'true';
  return rowsReply(
    run(call, ids, allOrNone, (id) => {
      const object = call.org.objectOf(id);
      if (object === null) return refused('MALFORMED_ID', `malformed id ${id}`);
      return call.org.remove(object, id, call.ctx);
    }),
  );
}

export function upsertMany(call: Call): RestReply {
  const { records, allOrNone } = readRecords(call);
  const object = param(call, 'object');
  const field = call.org.matchExternal(object, param(call, 'field'), '').field.name;
  const keyGiven = (record: InputFields) => {
    const name = Object.keys(record).find((key) => key.toLowerCase() === field.toLowerCase());
    return name === undefined ? null : { name, value: record[name] };
  };
  const seen = new Map<unknown, number>();
  for (const record of records) {
    const value = keyGiven(record)?.value;
    seen.set(value, (seen.get(value) ?? 0) + 1);
  }
  const results = run(call, records, allOrNone, (record) => {
    const given = keyGiven(record);
    if (given === null || given.value === null || given.value === '') {
      return refused('MISSING_ARGUMENT', `${field} not specified`);
    }
    const value = String(given.value);
    if ((seen.get(given.value) ?? 0) > 1) {
      return refused('DUPLICATE_VALUE', `Duplicate external id specified: ${value}`);
    }
    const { ids } = call.org.matchExternal(object, field, value);
    const [id, second] = ids;
    if (second !== undefined) {
      return refused('DUPLICATE_EXTERNAL_ID', `${field}: more than one record found for ${value}`);
    }
    const { [given.name]: _key, ...rest } = record;
    if (id !== undefined) return call.org.update(object, id, rest, call.ctx);
    return call.org.insert(object, { ...rest, [field]: value }, call.ctx);
  });
  return { status: 200, body: results.map((result) => rowResult(result, true)) };
}

/** `{ids, fields}`: one entry an id, in their order, null where the caller sees none. */
export function retrieveMany(call: Call): RestReply {
  const { query } = call.request;
  const body = call.request.method === 'GET' ? null : objectBody(call.request);
  const ids = body === null ? (query.get('ids') ?? '').split(',') : texts(body.ids, 'ids');
  const names =
    body === null ? (query.get('fields') ?? '').split(',') : texts(body.fields, 'fields');
  bounded(ids.length, MOST_READ);
  const object = call.org.core.catalogue.object(param(call, 'object')).name;
  const fields = chosenFields(call, object, names);
  const rows = ids.map((id) => {
    const row = call.org.retrieve(object, id, call.ctx);
    return row === null ? null : rowJson(call, object, row, fields);
  });
  return { status: 200, body: rows };
}

/** All rows in one transaction, so that they are written down, and heard of, together. */
function run<T>(
  call: Call,
  rows: readonly T[],
  allOrNone: boolean,
  one: (row: T) => DmlResult,
): readonly DmlResult[] {
  return call.org.transaction(call.ctx, () => {
    const results = rows.map((row) => raiseUnreadable(one(row)));
    const keep = !allOrNone || results.every((result) => result.ok);
    if (keep) return { keep, value: results };
    return { keep, value: results.map((result) => (result.ok ? ROLLED_BACK : result)) };
  });
}

const ROLLED_BACK = refused(
  'ALL_OR_NONE_OPERATION_ROLLED_BACK',
  'Record rolled back because not all records were valid and the request was using AllOrNone header',
);

/** A value of the wrong JSON kind makes the whole body unreadable, not one row. */
function raiseUnreadable(result: DmlResult): DmlResult {
  const error = result.ok ? undefined : result.errors.find((e) => e.code === 'JSON_PARSER_ERROR');
  if (error !== undefined) throw new OrgFault(error.status, error.code, error.message);
  return result;
}

function rowsReply(results: readonly DmlResult[]): RestReply {
  return { status: 200, body: results.map((result) => rowResult(result, false)) };
}

function rowResult(result: DmlResult, upsert: boolean): Json {
  if (!result.ok) return { success: false, errors: rowErrors(result.errors) };
  const { id } = result;
  return { id, success: true, errors: [], ...(upsert ? { created: result.created } : {}) };
}

function readRecords(call: Call): { records: readonly InputFields[]; allOrNone: boolean } {
  const body = objectBody(call.request);
  const { records } = body;
  if (!Array.isArray(records) || records.some((r) => typeof r !== 'object' || r === null)) {
    throw new OrgFault(400, 'INVALID_INPUT', 'records must be a list of objects', ['records']);
  }
  bounded(records.length, MOST_ROWS);
  boundedChunks(records as InputFields[]);
  return { records: records as InputFields[], allOrNone: body.allOrNone === true };
}

/** Rows of one object in a row make a chunk. */
function boundedChunks(records: readonly InputFields[]): void {
  let chunks = 0;
  let last: string | null = null;
  for (const record of records) {
    const type = typeOf(record).toLowerCase();
    if (type !== last) chunks += 1;
    last = type;
  }
  if (chunks <= MOST_CHUNKS) return;
  const message =
    'Cannot have more than 10 chunks in a single operation. Please rearrange the data to reduce chunking.';
  throw new OrgFault(400, 'INVALID_INPUT', message);
}

function typeOf(record: InputFields): string {
  const attributes = record.attributes as { readonly type?: unknown } | null | undefined;
  return typeof attributes?.type === 'string' ? attributes.type : '';
}

function bounded(count: number, most: number): void {
  if (count <= most) return;
  const message = `record limit reached. cannot submit more than ${most} records in this call`;
  throw new OrgFault(400, 'EXCEEDED_ID_LIMIT', message);
}

function texts(value: unknown, name: string): readonly string[] {
  if (Array.isArray(value) && value.every((v) => typeof v === 'string')) return value;
  throw new OrgFault(400, 'INVALID_INPUT', `${name} must be a list of strings`, [name]);
}

function withType(call: Call, record: InputFields, work: (object: string) => DmlResult): DmlResult {
  const type = typeOf(record);
  const object = call.org.core.catalogue.find(type);
  if (object !== null) return work(object.name);
  return refused('INVALID_TYPE', `sObject type '${type}' is not supported.`);
}

function takeId(record: InputFields): { id: string | null; fields: InputFields } {
  const name = Object.keys(record).find((key) => key.toLowerCase() === 'id');
  if (name === undefined) return { id: null, fields: record };
  const { [name]: id, ...fields } = record;
  return { id: typeof id === 'string' ? id : null, fields };
}

function refused(code: string, message: string): DmlResult {
  return { ok: false, id: null, errors: [rowError(code, message)] };
}
