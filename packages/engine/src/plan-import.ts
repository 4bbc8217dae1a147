import { toApp } from './field-map.ts';
import type { JournalDraft } from './journal.ts';
import { wholeBase } from './merge.ts';
import type { ImportDecision, SkipReason } from './plan-types.ts';
import type { Policy } from './policy.ts';
import { SALESFORCE_FIELD, type SalesforceTask } from './salesforce-task.ts';
import type { AppValues, TaskContext } from './task.ts';

/** Salesforce has no word for the app's task type; what comes from there is Custom. */
const IMPORTED_CONTEXT: TaskContext = {
  type: 'custom',
  campaignName: null,
  campaignDay: null,
  campaignStep: null,
  callOutcome: null,
  callReason: null,
};

/**
 * May this unlinked record become an app task, and with which values? Preview and sync ask the same
 * function, so that what was promised is what happens (B6.2).
 */
export function planImport(task: SalesforceTask, policy: Policy): ImportDecision {
  if (task.IsDeleted) return { kind: 'skip', reason: 'deleted' };
  if (task.IsArchived) return { kind: 'skip', reason: 'archived' };
  if (task.IsRecurrence) return { kind: 'skip', reason: 'series' };
  const owner = toApp('owner', task, policy);
  if (owner === 'none') return { kind: 'skip', reason: 'not_yours' };

  const status = toApp('status', task, policy);
  // B3.5: a closed status the app does not know could only come in as open, which would be untrue.
  if (status === 'none' && task.IsClosed) return { kind: 'skip', reason: 'unmapped_closed_status' };
  const priority = toApp('priority', task, policy);

  const values: AppValues = {
    name: valueOr(toApp('name', task, policy), ''),
    status: status === 'none' ? 'open' : status.value,
    priority: priority === 'none' ? 'normal' : priority.value,
    dueDate: task.ActivityDate,
    details: task.Description ?? '',
    owner: owner.value,
    person: valueOr(toApp('person', task, policy), null),
    related: valueOr(toApp('related', task, policy), null),
  };
  const base = wholeBase(null, values, task);

  const journal: JournalDraft[] = [
    { kind: 'imported', field: null, side: 'sf', from: null, to: task.Subject, rule: 'B6.4' },
  ];
  if (status === 'none') journal.push(kept('status', task.Status, values.status, 'B3.5'));
  if (priority === 'none') journal.push(kept('priority', task.Priority, values.priority, 'B4.1'));
  return { kind: 'import', values, context: IMPORTED_CONTEXT, base, journal };
}

/**
 * Reasons a person should hear of. Deleted records and other people's are not "left out": they were never
 * on this user's list.
 */
export function isWorthTelling(reason: SkipReason): boolean {
  return (
    reason === 'unmapped_closed_status' ||
    reason === 'series' ||
    reason === 'archived' ||
    reason === 'unreadable'
  );
}

function kept(
  field: 'status' | 'priority',
  sfValue: string,
  appValue: string,
  rule: string,
): JournalDraft {
  const data = { salesforceField: SALESFORCE_FIELD[field], appValue };
  return { kind: 'unmapped', field, side: 'sf', from: null, to: sfValue, rule, data };
}

function valueOr<T>(read: { readonly value: T } | 'none', fallback: T): T {
  return read === 'none' ? fallback : read.value;
}
