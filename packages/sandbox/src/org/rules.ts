import { rowError } from './coerce.ts';
import type { Core } from './core.ts';
import type { FieldValue, OrgError, OrgRecord } from './org.ts';
import type { ObjectDef } from './schema.ts';

export type Draft = Record<string, FieldValue>;

/** Fill what the org computes itself. `before` is null for a new row. */
export function derive(
  core: Core,
  object: ObjectDef,
  draft: Draft,
  before: OrgRecord | null,
): void {
  switch (object.name) {
    case 'Task':
      deriveTask(core, draft, before);
      return;
    case 'Contact':
    case 'Lead':
    case 'User':
      draft.Name = [draft.FirstName, draft.LastName].filter((part) => part !== null).join(' ');
      return;
    case 'Opportunity':
      draft.IsWon = draft.StageName === 'Closed Won';
      draft.IsClosed = draft.IsWon || draft.StageName === 'Closed Lost';
      return;
    case 'Case':
      draft.IsClosed = draft.Status === 'Closed';
      draft.CaseNumber ??= String(1000 + core.state.nextSerial('CaseNumber')).padStart(8, '0');
      return;
    default:
      return;
  }
}

/** Defaults that are rows of another object, so not in the field's definition. */
export function defaultsOf(core: Core, object: ObjectDef): Draft {
  if (object.name !== 'Task') return {};
  return {
    Status: defaultOf(core, 'TaskStatus'),
    Priority: defaultOf(core, 'TaskPriority'),
  };
}

/** Rules across fields. */
export function crossFieldErrors(object: ObjectDef, draft: Draft): readonly OrgError[] {
  if (object.name !== 'Task') return [];
  const errors: OrgError[] = [];
  // The rule and its code are documented; Salesforce's exact sentence is not known to us.
  if (typeof draft.WhoId === 'string' && draft.WhoId.startsWith('00Q') && draft.WhatId !== null) {
    errors.push(
      rowError(
        'FIELD_INTEGRITY_EXCEPTION',
        'Related To ID: a task related to a lead cannot be related to another record',
        ['WhatId'],
      ),
    );
  }
  if (draft.IsRecurrence === true) {
    const missing = ['RecurrenceStartDateOnly', 'RecurrenceEndDateOnly', 'RecurrenceType'].filter(
      (name) => draft[name] === null,
    );
    if (missing.length > 0) {
      errors.push(
        rowError(
          'REQUIRED_FIELD_MISSING',
          `Required fields are missing: [${missing.join(', ')}]`,
          missing,
        ),
      );
    }
  }
  return errors;
}

function deriveTask(core: Core, draft: Draft, before: OrgRecord | null): void {
  const status = rowNamed(core, 'TaskStatus', draft.Status ?? null);
  // An unknown value of an unrestricted picklist is kept and counts as open.
  const closed = status?.IsClosed === true;
  draft.IsClosed = closed;
  draft.IsHighPriority =
    rowNamed(core, 'TaskPriority', draft.Priority ?? null)?.IsHighPriority === true;
  if (!closed) draft.CompletedDateTime = null;
  else if (before?.IsClosed !== true) draft.CompletedDateTime ??= draft.LastModifiedDate ?? null;
  draft.WhoCount = draft.WhoId === null ? 0 : 1;
  draft.WhatCount = draft.WhatId === null ? 0 : 1;
  draft.AccountId = accountOf(core, draft);
  if (draft.IsRecurrence === true) draft.ActivityDate = null;
  // A new related record brings an archived task back (seen in the field; Subject does not).
  if (before !== null && before.WhatId !== draft.WhatId) draft.IsArchived = false;
}

/** What's account for an Account or Opportunity, else the Contact's, else none. */
function accountOf(core: Core, draft: Draft): string | null {
  const what = typeof draft.WhatId === 'string' ? draft.WhatId : '';
  if (what.startsWith('001')) return what;
  const viaWhat = what.startsWith('006') ? core.state.row('Opportunity', what)?.AccountId : null;
  if (typeof viaWhat === 'string') return viaWhat;
  const who = typeof draft.WhoId === 'string' ? draft.WhoId : '';
  const viaWho = who.startsWith('003') ? core.state.row('Contact', who)?.AccountId : null;
  return typeof viaWho === 'string' ? viaWho : null;
}

function rowNamed(core: Core, object: string, name: FieldValue): OrgRecord | null {
  for (const row of core.state.rows(object)) if (row.ApiName === name) return row;
  return null;
}

function defaultOf(core: Core, object: string): FieldValue {
  for (const row of core.state.rows(object)) if (row.IsDefault === true) return row.ApiName ?? null;
  return null;
}
