import type { SalesforceAccess } from '@tandem/api';
import type { Reply } from '@tandem/engine';
import type { TaskAccess, TaskDescription } from '@tandem/salesforce';
import { answerOf } from './gateway.ts';

type Permission = SalesforceAccess['permissions'][number];

/** What crosses (B2), by Salesforce's names. WhoId and WhatId are fixed by Salesforce for some records; asked all the same. */
const SYNCED_FIELDS = [
  'Subject',
  'Status',
  'Priority',
  'ActivityDate',
  'Description',
  'OwnerId',
  'WhoId',
  'WhatId',
] as const;

/** Salesforce's words for an account or an org without API access. */
const NO_API = new Set([
  'API_DISABLED_FOR_ORG',
  'API_CURRENTLY_DISABLED',
  'FUNCTIONALITY_NOT_ENABLED',
]);
/** For an object that this user may not even see. */
const NO_OBJECT = new Set(['NOT_FOUND', 'INVALID_TYPE', 'INSUFFICIENT_ACCESS']);

/** Every permission Tandem needs and whether it is there, most basic first; a field that is fine is not listed. */
export function permissionsOf(reply: Reply<Pick<TaskDescription, 'access'>>): Permission[] {
  if (reply.kind === 'fault' && NO_API.has(reply.fault.code)) return [may('api', false)];
  if (reply.kind === 'fault' && NO_OBJECT.has(reply.fault.code)) {
    return [may('api', true), may('task_read', false)];
  }
  const { access: task } = answerOf(reply).value;
  const fields = SYNCED_FIELDS.flatMap((field): Permission[] => {
    const found = task.fields[field];
    if (found === undefined) return [{ name: 'field_read', field, granted: false }];
    const isWritable = found.createable && found.updateable;
    return isWritable ? [] : [{ name: 'field_edit', field, granted: false }];
  });
  return [
    may('api', true),
    may('task_read', task.queryable),
    may('task_create', task.createable),
    may('task_edit', task.updateable),
    may('task_delete', task.deletable),
    ...fields,
  ];
}

function may(name: Permission['name'], granted: boolean): Permission {
  return { name, field: null, granted };
}

/**
 * What this account may do, each permission by a name of its own: B11.2 looks whether there is one more than
 * before. The key field counts as well, since a create carries it.
 */
export function grantedIn(task: TaskAccess, keyField: string): string[] {
  const rights = (['queryable', 'createable', 'updateable', 'deletable'] as const).filter(
    (right) => task[right],
  );
  const fields = [...SYNCED_FIELDS, keyField].flatMap((name) => {
    const found = task.fields[name];
    if (found === undefined) return [];
    return [
      `${name}:read`,
      ...(found.createable ? [`${name}:create`] : []),
      ...(found.updateable ? [`${name}:update`] : []),
    ];
  });
  return [...rights, ...fields];
}
