import type { AppValues, Policy, SalesforcePatch, SalesforceTask } from '@tandem/engine';
import { nameToken, ROOT } from './lineage.ts';
import type { Oracle, State } from './oracle.ts';

interface View {
  readonly state: State;
  readonly policies: readonly Policy[];
}

/**
 * SPEC, Gaps, R8: in an org without the key field a record is told by its values. Of one that no link ever named,
 * born of a request whose answer was lost, no text is as it was sent, nor (on the list it was sent to) a date or a
 * link. What was sent the app knows from its intents; after a restored backup, from the task alone.
 */
export function isUnrecognised(
  oracle: Oracle,
  { state, policies }: View,
  taskId: string,
  record: SalesforceTask | undefined,
  /** The request that gives birth to another one now. */
  landing: string | null = null,
): boolean {
  if (record === undefined) return false;
  if (oracle.unrecognised.has(record.Id)) return true;
  if (!oracle.bornUnder.has(record.Id) || oracle.known.has(record.Id)) return false;
  const isForgotten = oracle.restoredAt !== null;
  const isLike = (sent: readonly SalesforcePatch[]) =>
    sent.some((body) => shares(record, body, isForgotten));
  const row = state.tasks.get(taskId);
  const held = row === undefined ? [] : policies.map((policy) => sentOf(row.values, policy));
  // No record of a link came of what Salesforce refused; only a backup may have forgotten the no.
  const births = oracle.flights
    .birthsOf(taskId, landing)
    .filter(({ isSettled }) => isForgotten || !isSettled);
  // Of a birth that the backup knows its intent tells, of a later one the task as it was.
  if (isLike(births.map(({ body }) => body)) && (!isForgotten || isLike(held))) return false;
  oracle.unrecognised.add(record.Id);
  oracle.coverage.count('exempt:R8_unrecognised');
  return true;
}

function sentOf(values: AppValues, { owners }: Policy): SalesforcePatch {
  return {
    Subject: values.name,
    Description: values.details === '' ? null : values.details,
    ActivityDate: values.dueDate,
    OwnerId: owners.toSf[values.owner] ?? '',
    WhoId: values.person?.id ?? null,
    WhatId: values.related?.id ?? null,
  };
}

/** Of a forgotten birth nobody knows the template either: on another list its name alone does not tell it. */
function shares(record: SalesforceTask, body: SalesforcePatch, isForgotten: boolean): boolean {
  const same = (name: 'Description' | 'ActivityDate' | 'WhoId' | 'WhatId') =>
    body[name] != null && record[name] === body[name];
  const name = nameToken(typeof body.Subject === 'string' ? body.Subject : null);
  const isNamed = name !== ROOT && nameToken(record.Subject) === name;
  const isOnItsList = record.OwnerId === body.OwnerId;
  if (same('Description') || (isNamed && (isOnItsList || !isForgotten))) return true;
  return isOnItsList && (same('ActivityDate') || same('WhoId') || same('WhatId'));
}
