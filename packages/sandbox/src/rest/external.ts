import { type Id, OrgFault } from '../org/org.ts';
import { recordUrl } from '../soql/select.ts';
import { checkUnmodified, unmodifiedSince } from './conditions.ts';
import { created, readRow, showRow } from './rows.ts';
import {
  type Call,
  errorReply,
  objectBody,
  param,
  type RestReply,
  resourceMissing,
  versionNumber,
} from './types.ts';

/** From this version an upsert that updates answers 200 with a body, before it 204. */
const BODY_ON_UPDATE_FROM = 46;

export function getByExternal(call: Call): RestReply {
  const found = match(call);
  if (found.ids.length > 1) return several(call, found.ids);
  const [id] = found.ids;
  if (id === undefined) throw resourceMissing();
  const { object, row } = readRow(call, param(call, 'object'), id);
  return showRow(call, object, row);
}

export function upsertByExternal(call: Call): RestReply {
  const object = call.org.core.catalogue.object(param(call, 'object'));
  const { field, ids } = match(call);
  const body = objectBody(call.request);
  const repeated = Object.keys(body).find(
    (name) => name.toLowerCase() === field.name.toLowerCase(),
  );
  if (repeated !== undefined) {
    const message = `The ${field.name} field should not be specified in the sobject data.`;
    throw new OrgFault(400, 'INVALID_FIELD', message, [field.name]);
  }
  unmodifiedSince(call.request);
  if (ids.length > 1) return several(call, ids);
  const [id] = ids;
  if (id === undefined) {
    if (call.request.query.get('updateOnly') === 'true' || field.type === 'id') {
      throw resourceMissing();
    }
    const fields = { ...body, [field.name]: param(call, 'value') };
    const result = call.org.insert(object.name, fields, call.ctx);
    return created(call, object.name, result, { created: true });
  }
  const row = call.org.retrieve(object.name, id, call.ctx);
  if (row !== null) checkUnmodified(call.request, row);
  const result = call.org.update(object.name, id, body, call.ctx);
  if (!result.ok) return errorReply(result.errors);
  if (versionNumber(call.request) < BODY_ON_UPDATE_FROM) return { status: 204 };
  return { status: 200, body: { id: result.id, success: true, errors: [], created: false } };
}

export function deleteByExternal(call: Call): RestReply {
  const { ids } = match(call);
  if (ids.length > 1) return several(call, ids);
  const [id] = ids;
  if (id === undefined) throw resourceMissing();
  const result = call.org.remove(param(call, 'object'), id, call.ctx);
  return result.ok ? { status: 204 } : errorReply(result.errors);
}

function match(call: Call) {
  return call.org.matchExternal(param(call, 'object'), param(call, 'field'), param(call, 'value'));
}

function several(call: Call, ids: readonly Id[]): RestReply {
  const object = call.org.core.catalogue.object(param(call, 'object')).name;
  return { status: 300, body: ids.map((id) => recordUrl(call.request.version, object, id)) };
}
