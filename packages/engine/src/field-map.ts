import type { Origin } from './link.ts';
import type { Policy } from './policy.ts';
import type { SalesforceTask, SfValues } from './salesforce-task.ts';
import { plainSubject, renderSubject, templateUsesName } from './subject-template.ts';
import type { AppValues, RecordRef, SyncedField, TaskContext } from './task.ts';

/**
 * How each field travels (B2). For every field three questions have an answer: which Salesforce value
 * stands for an app value, which app value stands for a Salesforce value, and do two values agree.
 */

export interface MapContext {
  readonly policy: Policy;
  readonly origin: Origin;
  readonly context: TaskContext;
}

/** `none`: the app has no word for it, or may not take it; the app's value stays (B3.2, B4.1, B5.4). */
export type ToApp<F extends SyncedField> = { readonly value: AppValues[F] } | 'none';
/** `none`: this value does not travel; Salesforce's value stays. */
export type ToSf<F extends SyncedField> =
  | { readonly value: SfValues[F]; readonly cutFrom?: number | null }
  | 'none';

export function toApp<F extends SyncedField>(
  field: F,
  task: SalesforceTask,
  policy: Policy,
): ToApp<F> {
  return appReaders[field](task, policy) as ToApp<F>;
}

/** `fresh`: the record is being created, so Subject is rendered whatever the template contains (B5.3). */
export function toSf<F extends SyncedField>(
  field: F,
  values: AppValues,
  map: MapContext,
  fresh: boolean,
): ToSf<F> {
  return sfWriters[field](values, map, fresh) as ToSf<F>;
}

/** True when the two sides need nothing from each other for this field. */
export function agrees(
  field: SyncedField,
  values: AppValues,
  task: SalesforceTask,
  map: MapContext,
): boolean {
  if (field === 'name') return subjectOf(values, map) === (task.Subject ?? '').trim();
  const read = toApp(field, task, map.policy);
  return read !== 'none' && sameApp(field, values[field], read.value);
}

/** Equality of two app values of one field; records by id, text by what Salesforce can hold of it (I12). */
export function sameApp(field: SyncedField, a: unknown, b: unknown): boolean {
  if (field === 'person' || field === 'related') {
    return ((a as RecordRef | null)?.id ?? null) === ((b as RecordRef | null)?.id ?? null);
  }
  if (a === b) return true;
  return field === 'details' && canonicalText(a as string) === canonicalText(b as string);
}

/** Equality of two Salesforce values of one field. */
export function sameSf(field: SyncedField, a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (field !== 'details' && field !== 'name') return false;
  return canonicalText((a as string | null) ?? '') === canonicalText((b as string | null) ?? '');
}

/** Salesforce trims text, stores the empty text as null and may change line ends; none of that is an edit. */
export function canonicalText(text: string): string {
  return text.replace(/\r\n?/g, '\n').trim();
}

const appReaders: { [F in SyncedField]: (task: SalesforceTask, policy: Policy) => ToApp<F> } = {
  // Read at first import only; later Subject edits stay in Salesforce (B5.4).
  name: (task) => ({ value: nameFromSubject(task.Subject) }),
  status: (task, policy) => mapped(policy.status.toApp[task.Status]),
  priority: (task, policy) => mapped(policy.priority.toApp[task.Priority]),
  dueDate: (task) => ({ value: task.ActivityDate }),
  details: (task) => ({ value: task.Description ?? '' }),
  owner: (task, policy) => mapped(policy.owners.toApp[task.OwnerId]),
  person: (task) => ({ value: recordRef(task.WhoId, task.WhoType, task.WhoName) }),
  related: (task) => ({ value: recordRef(task.WhatId, task.WhatType, task.WhatName) }),
};

const sfWriters: {
  [F in SyncedField]: (values: AppValues, map: MapContext, fresh: boolean) => ToSf<F>;
} = {
  name: (values, map, fresh) => {
    if (map.origin === 'app' && !fresh && !templateUsesName(map.policy.subjectTemplate))
      return 'none';
    const subject = rendered(values, map);
    return { value: subject.text, cutFrom: subject.cutFrom };
  },
  status: (values, map) => ({ value: map.policy.status.toSf[values.status] }),
  priority: (values, map) => ({ value: map.policy.priority.toSf[values.priority] }),
  dueDate: (values) => ({ value: values.dueDate }),
  details: (values) => ({ value: canonicalText(values.details) === '' ? null : values.details }),
  owner: (values, map) => mapped(map.policy.owners.toSf[values.owner]),
  person: (values) => ({ value: values.person?.id ?? null }),
  related: (values) => ({ value: values.related?.id ?? null }),
};

/** A Salesforce task may have no subject; the app's name may not be empty (B1.1). */
export const UNTITLED = '(no subject)';

function nameFromSubject(subject: string | null): string {
  return subject === null || subject.trim() === '' ? UNTITLED : subject;
}

function subjectOf(values: AppValues, map: MapContext): string {
  return rendered(values, map).text;
}

function rendered(values: AppValues, map: MapContext) {
  return map.origin === 'sf'
    ? plainSubject(values.name)
    : renderSubject(map.policy.subjectTemplate, values.name, map.context);
}

function mapped<T>(value: T | null | undefined): { readonly value: T } | 'none' {
  return value === undefined || value === null ? 'none' : { value };
}

function recordRef(id: string | null, type: string | null, name: string | null): RecordRef | null {
  return id === null ? null : { id, type: type ?? '', name: name ?? '' };
}
