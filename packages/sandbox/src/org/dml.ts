import { canEdit, canRead } from './access.ts';
import { coerce, rowError } from './coerce.ts';
import type { Core } from './core.ts';
import { makeId, toId18 } from './ids.ts';
import type { Ctx, DmlResult, FieldValue, Id, InputFields, OrgError, OrgRecord } from './org.ts';
import { referenceError } from './references.ts';
import { crossFieldErrors, type Draft, defaultsOf, derive } from './rules.ts';
import type { FieldDef, ObjectDef } from './schema.ts';
import { stampOf } from './stamps.ts';

/** Fields that only Set Audit Fields, here our seed and controls, may write. */
const AUDIT = new Set([
  'CreatedDate',
  'CreatedById',
  'LastModifiedDate',
  'LastModifiedById',
  'SystemModstamp',
  'IsArchived',
  'CompletedDateTime',
]);

export function insertRow(
  core: Core,
  object: ObjectDef,
  sent: InputFields,
  ctx: Ctx,
  at: number,
): DmlResult {
  if (!object.writable && ctx.source !== 'control') return failed(null, [notSupported(object)]);
  if (Object.keys(sent).some((name) => name.toLowerCase() === 'id')) {
    const message = 'cannot specify Id in an insert call';
    return failed(null, [rowError('INVALID_FIELD_FOR_INSERT_UPDATE', message, ['Id'])]);
  }
  const read = readFields(core, object, sent, ctx, 'createable');
  if (read.errors.length > 0) return failed(null, read.errors);
  const draft = newDraft(core, object, ctx, at);
  const errors = finish(core, object, Object.assign(draft, read.values), read, null, ctx);
  if (errors.length > 0) return failed(null, errors);
  const id = makeId(object.keyPrefix, core.state.nextSerial(object.name));
  core.state.put(object.name, asRecord({ ...draft, Id: id }));
  return { ok: true, id, created: true };
}

export function updateRow(
  core: Core,
  object: ObjectDef,
  given: string,
  sent: InputFields,
  ctx: Ctx,
  at: number,
): DmlResult {
  const found = editable(core, object, given, ctx);
  if (found.refusal !== null) return found.refusal;
  const target = found.row;
  const read = readFields(core, object, sent, ctx, 'updateable');
  if (read.errors.length > 0) return failed(target.Id, read.errors);
  // Salesforce stamps a row on every accepted update, also one that changes nothing.
  const stamp = stampOf(at);
  const draft: Draft = {
    ...target,
    LastModifiedDate: stamp,
    LastModifiedById: ctx.userId,
    SystemModstamp: stamp,
    ...read.values,
  };
  const errors = finish(core, object, draft, read, target, ctx);
  if (errors.length > 0) return failed(target.Id, errors);
  core.state.put(object.name, asRecord(draft));
  return { ok: true, id: target.Id, created: false };
}

/** To the recycle bin; objects without one lose the row. */
export function deleteRow(
  core: Core,
  object: ObjectDef,
  given: string,
  ctx: Ctx,
  at: number,
): DmlResult {
  const found = editable(core, object, given, ctx);
  if (found.refusal !== null) return found.refusal;
  const target = found.row;
  if (object.recycled) {
    core.state.put(object.name, { ...target, IsDeleted: true, SystemModstamp: stampOf(at) });
  } else {
    core.state.drop(object.name, target.Id);
  }
  return { ok: true, id: target.Id, created: false };
}

export function undeleteRow(
  core: Core,
  object: ObjectDef,
  given: string,
  ctx: Ctx,
  at: number,
): DmlResult {
  const id = toId18(given);
  const row = id === null ? null : core.state.row(object.name, id);
  if (row === null || !canRead(core, object, row, ctx)) return failed(id, [noSuchRow()]);
  if (!row.IsDeleted) {
    return failed(id, [rowError('UNDELETE_FAILED', 'Entity is not in the recycle bin')]);
  }
  if (!canEdit(core, object, row, ctx)) return failed(id, [noRights()]);
  const back: OrgRecord = { ...row, IsDeleted: false, SystemModstamp: stampOf(at) };
  const taken = uniqueErrors(core, object, back);
  if (taken.length > 0) return failed(id, taken);
  core.state.put(object.name, back);
  return { ok: true, id: row.Id, created: false };
}

export function failed(id: Id | null, errors: readonly OrgError[]): DmlResult {
  return { ok: false, id, errors };
}

function noSuchRow(): OrgError {
  return rowError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', [], 404);
}

function entityDeleted(): OrgError {
  return rowError('ENTITY_IS_DELETED', 'entity is deleted', [], 404);
}

function noRights(): OrgError {
  return rowError('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');
}

function notSupported(object: ObjectDef): OrgError {
  const message = `entity type ${object.name} does not support create, update or delete`;
  return rowError('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message);
}

type Editable =
  | { readonly refusal: DmlResult; readonly row: null }
  | { readonly refusal: null; readonly row: OrgRecord };

/** The row to change, or the refusal. */
function editable(core: Core, object: ObjectDef, given: string, ctx: Ctx): Editable {
  const refuse = (error: OrgError) => ({ refusal: failed(null, [error]), row: null });
  const id = toId18(given);
  if (id === null || !id.startsWith(object.keyPrefix)) {
    const label = core.catalogue.field(object, 'Id')?.label ?? `${object.label} ID`;
    const message = `${label}: id value of incorrect type: ${given}`;
    return refuse(rowError('MALFORMED_ID', message, ['Id']));
  }
  const row = core.state.row(object.name, id);
  if (row === null) return refuse(noSuchRow());
  if (row.IsDeleted) return refuse(entityDeleted());
  if (!object.writable && ctx.source !== 'control') return refuse(notSupported(object));
  return canEdit(core, object, row, ctx) ? { refusal: null, row } : refuse(noRights());
}

interface ReadFields {
  readonly values: Draft;
  readonly sent: readonly FieldDef[];
  readonly errors: readonly OrgError[];
}

function readFields(
  core: Core,
  object: ObjectDef,
  sent: InputFields,
  ctx: Ctx,
  right: 'createable' | 'updateable',
): ReadFields {
  const values: Draft = {};
  const fields: FieldDef[] = [];
  const errors: OrgError[] = [];
  const refused: string[] = [];
  for (const [name, value] of Object.entries(sent)) {
    if (name === 'attributes') continue;
    const field = core.catalogue.field(object, name);
    if (field === null) {
      errors.push(
        rowError('INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`),
      );
      continue;
    }
    const byControl = ctx.source === 'control' && (AUDIT.has(field.name) || !object.writable);
    if (!field[right] && !byControl) {
      refused.push(field.name);
      continue;
    }
    const coerced = coerce(field, value);
    if (!coerced.ok) errors.push(coerced.error);
    else values[field.name] = coerced.value;
    fields.push(field);
  }
  if (refused.length > 0) errors.unshift(notWritable(refused));
  return { values, sent: fields, errors };
}

function notWritable(names: readonly string[]): OrgError {
  return rowError(
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    `Unable to create/update fields: ${names.join(', ')}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
    names,
  );
}

function newDraft(core: Core, object: ObjectDef, ctx: Ctx, at: number): Draft {
  const draft: Draft = {};
  // The creation key has its place in every row, also while the org is without the field.
  for (const field of object.fields) draft[field.name] = field.defaultValue;
  const stamp = stampOf(at);
  return Object.assign(draft, defaultsOf(core, object), {
    ...('OwnerId' in draft ? { OwnerId: ctx.userId } : {}),
    IsDeleted: false,
    CreatedDate: stamp,
    CreatedById: ctx.userId,
    LastModifiedDate: stamp,
    LastModifiedById: ctx.userId,
    SystemModstamp: stamp,
  });
}

/** Derived fields, then every rule that needs the whole row. */
function finish(
  core: Core,
  object: ObjectDef,
  draft: Draft,
  read: ReadFields,
  before: OrgRecord | null,
  ctx: Ctx,
): readonly OrgError[] {
  derive(core, object, draft, before);
  const errors: OrgError[] = [...picklistErrors(core, object, read)];
  for (const field of read.sent) {
    const value = draft[field.name];
    if (field.type !== 'reference' || typeof value !== 'string') continue;
    if (before !== null && before[field.name] === value) continue;
    const error = referenceError(core, field, value, ctx);
    if (error !== null) errors.push(error);
  }
  const missing = core.catalogue
    .fields(object)
    .filter((f) => !f.nillable && f.createable && isBlank(draft[f.name]))
    .map((f) => f.name);
  if (missing.length > 0) {
    const message = `Required fields are missing: [${missing.join(', ')}]`;
    errors.push(rowError('REQUIRED_FIELD_MISSING', message, missing));
  }
  errors.push(...crossFieldErrors(object, draft), ...uniqueErrors(core, object, draft));
  return errors;
}

function picklistErrors(core: Core, object: ObjectDef, read: ReadFields): readonly OrgError[] {
  return read.sent.flatMap((field) => {
    const value = read.values[field.name];
    if (field.type !== 'picklist' || typeof value !== 'string') return [];
    const named = core.settings.restrictedPicklists.includes(`${object.name}.${field.name}`);
    if (!field.restricted && !named) return [];
    const allowed = field.valuesFrom === null ? field.values.map((v) => v.value) : [];
    if (field.valuesFrom !== null) {
      for (const row of core.state.rows(field.valuesFrom)) allowed.push(String(row.ApiName));
    }
    if (allowed.includes(value)) return [];
    const message = `${field.label}: bad value for restricted picklist field: ${value}`;
    return [rowError('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', message, [field.name])];
  });
}

function uniqueErrors(core: Core, object: ObjectDef, row: Readonly<Draft>): readonly OrgError[] {
  return object.fields.flatMap((field) => {
    const value = row[field.name];
    if (!field.unique || typeof value !== 'string') return [];
    const holder = core.state.holder(object.name, field.name, value);
    if (holder === null || holder === row.Id) return [];
    const id = holder.slice(0, 15);
    const message = `duplicate value found: ${field.name} duplicates value on record with id: ${id}`;
    return [rowError('DUPLICATE_VALUE', message, [])];
  });
}

function isBlank(value: FieldValue | undefined): boolean {
  return value === null || value === undefined;
}

function asRecord(draft: Draft): OrgRecord {
  return draft as OrgRecord;
}
