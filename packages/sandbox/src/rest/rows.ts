import { type DmlResult, type Lookup, OrgFault, type OrgRecord } from '../org/org.ts';
import type { FieldDef } from '../org/schema.ts';
import { recordUrl } from '../soql/select.ts';
import { checkUnmodified, lastModified, notModifiedSince, unmodifiedSince } from './conditions.ts';
import {
  type Call,
  errorReply,
  type Json,
  objectBody,
  param,
  type RestReply,
  resourceMissing,
} from './types.ts';

export function createRow(call: Call): RestReply {
  unmodifiedSince(call.request);
  const object = call.org.core.catalogue.object(param(call, 'object'));
  const result = call.org.insert(object.name, objectBody(call.request), call.ctx);
  return created(call, object.name, result);
}

export function getRow(call: Call): RestReply {
  const { object, row } = readRow(call, param(call, 'object'), param(call, 'id'));
  return showRow(call, object, row);
}

export function patchRow(call: Call): RestReply {
  const object = call.org.core.catalogue.object(param(call, 'object'));
  const id = param(call, 'id');
  needId(call, id);
  const body = objectBody(call.request);
  if (Object.keys(body).some((name) => name.toLowerCase() === 'id')) {
    const message = 'The Id field should not be specified in the sobject data.';
    throw new OrgFault(400, 'INVALID_FIELD', message);
  }
  unmodifiedSince(call.request);
  const row = call.org.retrieve(object.name, id, call.ctx);
  if (row !== null) checkUnmodified(call.request, row);
  const result = call.org.update(object.name, id, body, call.ctx);
  return result.ok ? { status: 204 } : errorReply(result.errors);
}

export function deleteRow(call: Call): RestReply {
  const object = call.org.core.catalogue.object(param(call, 'object'));
  needId(call, param(call, 'id'));
  const result = call.org.remove(object.name, param(call, 'id'), call.ctx);
  return result.ok ? { status: 204 } : errorReply(result.errors);
}

/** The row for reading: deleted, missing and hidden rows each have their answer. */
export function readRow(call: Call, name: string, id: string): { object: string; row: OrgRecord } {
  const object = call.org.core.catalogue.object(name);
  needId(call, id);
  const found: Lookup = call.org.lookup(object.name, id, call.ctx);
  if (found.kind === 'deleted') throw new OrgFault(404, 'ENTITY_IS_DELETED', 'entity is deleted');
  if (found.kind === 'missing') throw resourceMissing();
  return { object: object.name, row: found.record };
}

export function showRow(call: Call, object: string, row: OrgRecord): RestReply {
  checkUnmodified(call.request, row);
  const headers = { 'last-modified': new Date(lastModified(row)).toUTCString() };
  if (notModifiedSince(call.request, lastModified(row))) return { status: 304, headers };
  const wanted = call.request.query.get('fields');
  const fields = chosenFields(call, object, wanted === null ? null : wanted.split(','));
  return { status: 200, headers, body: rowJson(call, object, row, fields) };
}

/** Fields by name in any case, in Salesforce's spelling; all of them when none are named. */
export function chosenFields(
  call: Call,
  object: string,
  names: readonly string[] | null,
): readonly FieldDef[] {
  const { catalogue } = call.org.core;
  const def = catalogue.object(object);
  if (names === null) return catalogue.fields(def);
  return names.map((name) => {
    const field = catalogue.field(def, name.trim());
    if (field !== null) return field;
    const message = `No such column '${name.trim()}' on sobject of type ${def.name}`;
    throw new OrgFault(400, 'INVALID_FIELD', message);
  });
}

export function rowJson(
  call: Call,
  object: string,
  row: OrgRecord,
  fields: readonly FieldDef[],
): Json {
  const json: Record<string, unknown> = {
    attributes: { type: object, url: recordUrl(call.request.version, object, row.Id) },
  };
  for (const field of fields) json[field.name] = row[field.name] ?? null;
  if (!('Id' in json)) json.Id = row.Id;
  return json;
}

export function created(
  call: Call,
  object: string,
  result: DmlResult,
  extra: Json = {},
): RestReply {
  if (!result.ok) return errorReply(result.errors);
  return {
    status: 201,
    headers: { location: recordUrl(call.request.version, object, result.id) },
    body: { id: result.id, success: true, errors: [], ...extra },
  };
}

/** Text in the path that is no id is read as the name of an external-id field. */
function needId(call: Call, id: string): void {
  if (/^[0-9A-Za-z]{15}(?:[0-9A-Za-z]{3})?$/.test(id)) return;
  throw new OrgFault(
    call.request.method === 'POST' ? 400 : 404,
    'NOT_FOUND',
    `Provided external ID field does not exist or is not accessible: ${id}`,
  );
}
