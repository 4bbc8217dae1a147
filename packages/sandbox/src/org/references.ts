import { canRead } from './access.ts';
import { rowError } from './coerce.ts';
import type { Core } from './core.ts';
import type { Ctx, OrgError } from './org.ts';
import type { FieldDef } from './schema.ts';

/** What is wrong with an id (already 18 characters) in a reference field, or null. */
export function referenceError(core: Core, field: FieldDef, id: string, ctx: Ctx): OrgError | null {
  const target = core.catalogue.byId(id);
  if (target === null || !field.referenceTo.includes(target.name)) {
    const message = `${field.label}: id value of incorrect type: ${id}`;
    return rowError('FIELD_INTEGRITY_EXCEPTION', message, [field.name]);
  }
  const row = core.state.row(target.name, id);
  if (row === null || row.IsDeleted === true) {
    return rowError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', []);
  }
  if (!canRead(core, target, row, ctx)) {
    return rowError(
      'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
      `insufficient access rights on cross-reference id: ${id.slice(0, 15)}`,
      [],
    );
  }
  if (field.name === 'OwnerId' && target.name === 'User' && row.IsActive === false) {
    const message = `operation performed with inactive user [${id.slice(0, 15)}] as owner of task`;
    return rowError('INACTIVE_OWNER_OR_USER', message, [field.name]);
  }
  return null;
}
