import type { SalesforceTask, TaskPage } from '@tandem/engine';
import { instantOf, plainDateOf } from './dates.ts';
import { salesforceId } from './ids.ts';
import { isObject, type JsonObject, readAll, textOr } from './json.ts';

const TASK_FIELDS = [
  'Id',
  'Subject',
  'Status',
  'IsClosed',
  'Priority',
  'ActivityDate',
  'Description',
  'OwnerId',
  'WhoId',
  'Who.Name',
  'Who.Type',
  'WhatId',
  'What.Name',
  'What.Type',
  'IsDeleted',
  'IsArchived',
  'IsRecurrence',
  'CreatedDate',
  'LastModifiedDate',
  'LastModifiedById',
  'SystemModstamp',
] as const;

/** The head of every statement that reads tasks. */
export function selectTasks(creationKeyField: string | null): string {
  const fields = creationKeyField === null ? TASK_FIELDS : [...TASK_FIELDS, creationKeyField];
  return `SELECT ${fields.join(',')} FROM Task`;
}

/** One page of a query. Null when anything in it is not as documented: better no page than half of it. */
export function readTaskPage(body: unknown, creationKeyField: string | null): TaskPage | null {
  if (!isObject(body) || typeof body.totalSize !== 'number') return null;
  const tasks = readAll(body.records, (row) => readTask(row, creationKeyField));
  if (tasks === null) return null;
  const next = body.done === true ? null : textOr(body.nextRecordsUrl, undefined);
  return next === undefined ? null : { tasks, total: body.totalSize, next };
}

function readTask(row: unknown, creationKeyField: string | null): SalesforceTask | null {
  if (!isObject(row)) return null;
  const Id = salesforceId(row.Id);
  const OwnerId = salesforceId(row.OwnerId);
  const LastModifiedById = salesforceId(row.LastModifiedById);
  const CreatedDate = instantOf(row.CreatedDate);
  const LastModifiedDate = instantOf(row.LastModifiedDate);
  const SystemModstamp = instantOf(row.SystemModstamp);
  if (Id === null || OwnerId === null || LastModifiedById === null) return null;
  if (CreatedDate === null || LastModifiedDate === null || SystemModstamp === null) return null;
  if (typeof row.Status !== 'string' || typeof row.Priority !== 'string') return null;
  return {
    Id,
    Subject: textOr(row.Subject, null),
    Status: row.Status,
    IsClosed: row.IsClosed === true,
    Priority: row.Priority,
    ActivityDate: plainDateOf(row.ActivityDate),
    Description: textOr(row.Description, null),
    OwnerId,
    WhoId: salesforceId(row.WhoId),
    WhatId: salesforceId(row.WhatId),
    WhoName: textOr(related(row.Who).Name, null),
    WhoType: textOr(related(row.Who).Type, null),
    WhatName: textOr(related(row.What).Name, null),
    WhatType: textOr(related(row.What).Type, null),
    IsDeleted: row.IsDeleted === true,
    IsArchived: row.IsArchived === true,
    IsRecurrence: row.IsRecurrence === true,
    CreatedDate,
    LastModifiedDate,
    LastModifiedById,
    SystemModstamp,
    CreationKey: creationKeyField === null ? null : textOr(row[creationKeyField], null),
  };
}

/** Null where the related record is deleted or out of the user's sight, though the id is still there. */
function related(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}
