import { agrees, toApp } from './field-map.ts';
import type { Base, Link } from './link.ts';
import { pairOf } from './merge.ts';
import type { Policy } from './policy.ts';
import { type SalesforceTask, sfValuesOf } from './salesforce-task.ts';
import { type AppValues, SYNCED_FIELDS, type SyncedField, type TaskContext } from './task.ts';

/**
 * Where a link has no base for a field (an adopted record of unknown birth, or a value that did not travel
 * at creation), what both sides hold now is taken as agreed, so that nothing is overwritten.
 */
export function assumedBase(app: AppValues, task: SalesforceTask): Base {
  const sf = sfValuesOf(task);
  return Object.fromEntries(
    SYNCED_FIELDS.map((field) => [field, { app: app[field], sf: sf[field] }]),
  ) as unknown as Base;
}

interface Buried {
  readonly link: Link;
  readonly policy: Policy;
  readonly context: TaskContext;
}

/**
 * What is agreed when both sides are buried and nothing ever was. Where they differ, the app's value is an edit
 * that Salesforce never got, and agreed is what the record says.
 */
export function buriedBase(
  app: AppValues,
  task: SalesforceTask,
  { link, policy, context }: Buried,
): Base {
  const map = { policy, origin: link.origin, context };
  const sf = sfValuesOf(task);
  const agreed = <F extends SyncedField>(field: F) => {
    const read = agrees(field, app, task, map) ? 'none' : toApp(field, task, policy);
    return pairOf(read === 'none' ? app[field] : read.value, sf[field]);
  };
  return Object.fromEntries(
    SYNCED_FIELDS.map((field) => [field, agreed(field)]),
  ) as unknown as Base;
}
