import type { Core } from './core.ts';
import { toId18 } from './ids.ts';
import { type Id, OrgFault } from './org.ts';
import type { FieldDef, ObjectDef } from './schema.ts';

export interface ExternalMatch {
  readonly field: FieldDef;
  readonly ids: readonly Id[];
}

/** Rows outside the bin with this value of an external-id field (`Id` is one too). */
export function matchExternal(
  core: Core,
  object: ObjectDef,
  name: string,
  value: string,
): ExternalMatch {
  const field = core.catalogue.field(object, name);
  if (field === null || !(field.externalId || field.type === 'id')) {
    throw new OrgFault(
      404,
      'NOT_FOUND',
      `Provided external ID field does not exist or is not accessible: ${name}`,
    );
  }
  if (field.type === 'id') {
    const id = toId18(value);
    const row = id === null ? null : core.state.row(object.name, id);
    return { field, ids: row === null || row.IsDeleted ? [] : [row.Id] };
  }
  if (field.unique) {
    const holder = core.state.holder(object.name, field.name, value);
    return { field, ids: holder === null ? [] : [holder] };
  }
  const ids: Id[] = [];
  for (const row of core.state.rows(object.name)) {
    if (!row.IsDeleted && row[field.name] === value) ids.push(row.Id);
  }
  return { field, ids };
}
