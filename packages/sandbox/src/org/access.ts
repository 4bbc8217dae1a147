import type { Core } from './core.ts';
import { ADMINISTRATOR } from './objects/profile.ts';
import type { Ctx, Id, OrgRecord } from './org.ts';
import type { ObjectDef } from './schema.ts';

/** Objects everybody may read and nobody edits through the API. */
const SETUP_OBJECTS = new Set([
  'TaskStatus',
  'TaskPriority',
  'User',
  'Group',
  'Organization',
  'Profile',
]);

/**
 * Sharing of this org. There is no role hierarchy: an owner, an administrator, and, for reading an
 * activity, whoever may read its Who or What. Every active user counts as a member of every queue.
 */
export function canRead(core: Core, object: ObjectDef, row: OrgRecord, ctx: Ctx): boolean {
  if (ctx.source === 'control' || SETUP_OBJECTS.has(object.name)) return true;
  if (core.state.hidden.get(ctx.userId)?.has(row.Id) === true) return false;
  if (isOwner(core, row, ctx.userId) || modifiesAll(core, ctx.userId)) return true;
  if (object.name !== 'Task') return core.settings.parentAccess === 'public';
  const parents = parentsOf(core, row);
  if (parents.length === 0) return false;
  return core.settings.activityAccess === 'controlled_by_parent'
    ? parents.every((parent) => canRead(core, parent.object, parent.row, ctx))
    : parents.some((parent) => canRead(core, parent.object, parent.row, ctx));
}

/** The assignee may always edit an own task; under Controlled by Parent so may who edits all its parents. */
export function canEdit(core: Core, object: ObjectDef, row: OrgRecord, ctx: Ctx): boolean {
  if (ctx.source === 'control') return true;
  if (SETUP_OBJECTS.has(object.name) || !canRead(core, object, row, ctx)) return false;
  if (isOwner(core, row, ctx.userId) || modifiesAll(core, ctx.userId)) return true;
  if (object.name !== 'Task' || core.settings.activityAccess !== 'controlled_by_parent')
    return false;
  const parents = parentsOf(core, row);
  return parents.length > 0 && parents.every((p) => canEdit(core, p.object, p.row, ctx));
}

/** Modify All Data, which the System Administrator profile has. */
export function modifiesAll(core: Core, userId: Id): boolean {
  const profileId = core.state.row('User', userId)?.ProfileId;
  if (typeof profileId !== 'string') return false;
  return core.state.row('Profile', profileId)?.Name === ADMINISTRATOR;
}

function isOwner(core: Core, row: OrgRecord, userId: Id): boolean {
  const owner = row.OwnerId;
  if (owner === userId) return true;
  return typeof owner === 'string' && core.state.row('Group', owner)?.Type === 'Queue';
}

function parentsOf(core: Core, row: OrgRecord): { object: ObjectDef; row: OrgRecord }[] {
  return [row.WhoId, row.WhatId].flatMap((id) => {
    if (typeof id !== 'string') return [];
    const object = core.catalogue.byId(id);
    const parent = object === null ? null : core.state.row(object.name, id);
    return object === null || parent === null || parent.IsDeleted ? [] : [{ object, row: parent }];
  });
}
