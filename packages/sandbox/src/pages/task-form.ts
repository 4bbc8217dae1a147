import { type Ctx, type DmlResult, type Org, type OrgError, OrgFault } from '../org/org.ts';
import { isDate } from '../org/stamps.ts';
import { formValue } from './reply.ts';
import type { TaskRow } from './task-query.ts';

/** The fields a person may edit, as the form holds them: text, empty for nothing. */
export interface TaskValues {
  readonly Subject: string;
  readonly ActivityDate: string;
  readonly Status: string;
  readonly Priority: string;
  readonly WhoId: string;
  readonly WhatId: string;
  readonly OwnerId: string;
  readonly Description: string;
}

const NAMES = [
  'Subject',
  'ActivityDate',
  'Status',
  'Priority',
  'WhoId',
  'WhatId',
  'OwnerId',
  'Description',
] as const satisfies readonly (keyof TaskValues)[];

export function valuesOf(task: TaskRow): TaskValues {
  return {
    Subject: task.subject ?? '',
    ActivityDate: task.dueDate ?? '',
    Status: task.status,
    Priority: task.priority,
    WhoId: task.who?.id ?? '',
    WhatId: task.what?.id ?? '',
    OwnerId: task.owner?.id ?? '',
    Description: task.description ?? '',
  };
}

/** What was posted. A browser sends line ends as CRLF; the org keeps LF, as its API clients write. */
export function postedValues(body: unknown, was: TaskValues): TaskValues {
  const values: Record<string, string> = {};
  for (const name of NAMES) {
    values[name] = (formValue(body, name) ?? was[name]).replaceAll('\r\n', '\n');
  }
  return values as unknown as TaskValues;
}

/** The values the form was opened with; a form without them counts every field as changed. */
export function openedValues(body: unknown): TaskValues {
  const empty = Object.fromEntries(NAMES.map((name) => [name, '']));
  try {
    const read: unknown = JSON.parse(formValue(body, 'was') ?? '{}');
    if (typeof read !== 'object' || read === null) return empty as unknown as TaskValues;
    const known = Object.entries(read).filter(
      ([name, value]) => (NAMES as readonly string[]).includes(name) && typeof value === 'string',
    );
    return { ...empty, ...Object.fromEntries(known) } as unknown as TaskValues;
  } catch {
    return empty as unknown as TaskValues;
  }
}

/**
 * Writes only what the person changed, so that a field somebody else changed meanwhile keeps its
 * new value, as Salesforce's own form does.
 */
export function saveTask(
  org: Org,
  ctx: Ctx,
  taskId: string | null,
  values: TaskValues,
  was: TaskValues,
): DmlResult {
  const changed: Record<string, string | null> = {};
  for (const name of NAMES) {
    if (values[name] !== was[name]) changed[name] = values[name] === '' ? null : values[name];
  }
  if (taskId !== null && Object.keys(changed).length === 0) {
    return { ok: true, id: taskId, created: false };
  }
  if (values.ActivityDate !== '' && !isDate(values.ActivityDate)) {
    return { ok: false, id: taskId, errors: [NOT_A_DATE] };
  }
  return asResult(() =>
    taskId === null
      ? org.insert('Task', { ...required(values), ...changed }, ctx)
      : org.update('Task', taskId, changed, ctx),
  );
}

/** A refusal of the whole request, shown like an error of the row. */
export function asResult(act: () => DmlResult): DmlResult {
  try {
    return act();
  } catch (fault) {
    if (!(fault instanceof OrgFault)) throw fault;
    const { status, code, message, fields } = fault;
    return { ok: false, id: null, errors: [{ status, code, message, fields }] };
  }
}

const NOT_A_DATE: OrgError = {
  status: 400,
  code: 'INVALID_DATE',
  message: 'This is not a date.',
  fields: ['ActivityDate'],
};

/** A new task sends the choices that are shown, also when nobody touched them. */
function required(values: TaskValues): Record<string, string> {
  const { Status, Priority, OwnerId } = values;
  return Object.fromEntries(
    Object.entries({ Status, Priority, OwnerId }).filter(([, value]) => value !== ''),
  );
}
