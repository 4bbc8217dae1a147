import type { Instant, PlainDate, SalesforceId, SyncedField } from './task.ts';

/**
 * One row of Salesforce's Task as Tandem reads it, in Salesforce's own words and values.
 * Source of field names and nullability: Salesforce Object Reference, Task.
 */
export interface SalesforceTask {
  readonly Id: SalesforceId;
  readonly Subject: string | null;
  readonly Status: string;
  readonly IsClosed: boolean;
  readonly Priority: string;
  readonly ActivityDate: PlainDate | null;
  readonly Description: string | null;
  readonly OwnerId: SalesforceId;
  readonly WhoId: SalesforceId | null;
  readonly WhatId: SalesforceId | null;
  /** Display names and object types of WhoId and WhatId, read along through the relationship. */
  readonly WhoName: string | null;
  readonly WhoType: string | null;
  readonly WhatName: string | null;
  readonly WhatType: string | null;
  readonly IsDeleted: boolean;
  readonly IsArchived: boolean;
  readonly IsRecurrence: boolean;
  readonly CreatedDate: Instant;
  readonly LastModifiedDate: Instant;
  readonly LastModifiedById: SalesforceId;
  /** Moves on every change, system processes included; one-second resolution. */
  readonly SystemModstamp: Instant;
  /** The unique creation key (rule R7) where the org has the field, else null. */
  readonly CreationKey: string | null;
}

/** The mapped fields of a Salesforce Task, keyed by the app's field so that both sides line up (B2). */
export interface SfValues {
  readonly name: string | null; // Subject
  readonly status: string; // Status
  readonly priority: string; // Priority
  readonly dueDate: PlainDate | null; // ActivityDate
  readonly details: string | null; // Description
  readonly owner: SalesforceId; // OwnerId
  readonly person: SalesforceId | null; // WhoId
  readonly related: SalesforceId | null; // WhatId
}

/** Salesforce's API name of each synced field. */
export const SALESFORCE_FIELD = {
  name: 'Subject',
  status: 'Status',
  priority: 'Priority',
  dueDate: 'ActivityDate',
  details: 'Description',
  owner: 'OwnerId',
  person: 'WhoId',
  related: 'WhatId',
} as const satisfies Record<SyncedField, string>;

/** Limits of Salesforce's fields (Object Reference, Task). */
export const SALESFORCE_LIMITS = { subjectMax: 255, descriptionMax: 32_000 } as const;

/** A partial Salesforce record body as it is sent: API field names to values. */
export type SalesforcePatch = Readonly<Record<string, string | boolean | null>>;

export function sfValuesOf(task: SalesforceTask): SfValues {
  return {
    name: task.Subject,
    status: task.Status,
    priority: task.Priority,
    dueDate: task.ActivityDate,
    details: task.Description,
    owner: task.OwnerId,
    person: task.WhoId,
    related: task.WhatId,
  };
}

/** Only the fields present in `values`, under Salesforce's API names. */
export function toSalesforcePatch(values: Partial<SfValues>): SalesforcePatch {
  const patch: Record<string, string | null> = {};
  for (const field of Object.keys(values) as SyncedField[]) {
    const value = values[field];
    if (value !== undefined) patch[SALESFORCE_FIELD[field]] = value;
  }
  return patch;
}
