import type { RecordRef, Reply, SalesforceId } from '@tandem/engine';
import { API_VERSION, type Client } from './client.ts';
import { salesforceId } from './ids.ts';
import { isObject, type JsonObject, readAll, textOr } from './json.ts';
import { containing } from './soql.ts';

export interface StatusValue {
  /** What is stored on tasks. */
  readonly value: string;
  /** What people see; may be translated. */
  readonly label: string;
  readonly isClosed: boolean;
  readonly isDefault: boolean;
}

export interface PriorityValue {
  readonly value: string;
  readonly label: string;
  readonly isHigh: boolean;
  readonly isDefault: boolean;
}

export interface Picklists {
  readonly statuses: readonly StatusValue[];
  readonly priorities: readonly PriorityValue[];
}

export interface Organization {
  readonly id: SalesforceId;
  readonly name: string;
}

/** Whether the creation key (R7) can be used in this org, and if not, what an admin has to change. */
export type KeyFieldProbe =
  | { readonly kind: 'usable' }
  /** Not there, or not visible to this user. */
  | { readonly kind: 'missing' }
  | {
      readonly kind: 'unusable';
      readonly lacks: readonly ('externalId' | 'unique' | 'createable' | 'filterable' | 'length')[];
    };

export interface ApiLimits {
  readonly dailyMax: number;
  readonly dailyRemaining: number;
}

/** What this user may do with Task, as Salesforce describes it to them. */
export interface TaskAccess {
  readonly queryable: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly deletable: boolean;
  /** By API name; a field that is not here is hidden from this user. */
  readonly fields: Readonly<
    Record<string, { readonly createable: boolean; readonly updateable: boolean }>
  >;
}

export interface TaskDescription {
  readonly access: TaskAccess;
  readonly keyField: KeyFieldProbe;
}

export interface MetadataCalls {
  picklists(): Promise<Reply<Picklists>>;
  organization(): Promise<Reply<Organization>>;
  /** One call for both: what this user may do with Task, and whether a field can hold the creation key. */
  describeTask(keyField: string): Promise<Reply<TaskDescription>>;
  /** Contacts and leads whose name contains `text`, for the person picker. */
  searchPeople(text: string): Promise<Reply<readonly RecordRef[]>>;
  /** Accounts and opportunities, for the related-record picker. */
  searchRelated(text: string): Promise<Reply<readonly RecordRef[]>>;
  limits(): Promise<Reply<ApiLimits>>;
}

/** Per object: a picker shows about ten lines before one types another letter. */
const PICKER_ROWS = 10;
/** Names end at 255 characters (Account.Name), so a longer text finds nothing. */
const PICKER_TEXT_MAX = 255;
/** A creation key is a UUID. */
const KEY_LENGTH = 36;

const STATUSES =
  'SELECT ApiName, MasterLabel, IsClosed, IsDefault, SortOrder FROM TaskStatus ORDER BY SortOrder';
const PRIORITIES =
  'SELECT ApiName, MasterLabel, IsHighPriority, IsDefault, SortOrder FROM TaskPriority ORDER BY SortOrder';

export function createMetadataCalls(client: Client): MetadataCalls {
  /** Several queries for the price of one API call. */
  function queries<T>(
    statements: readonly string[],
    read: (results: readonly (readonly unknown[])[]) => T | null,
  ): Promise<Reply<T>> {
    const compositeRequest = statements.map((statement, index) => ({
      method: 'GET',
      url: `/services/data/${API_VERSION}/query?q=${encodeURIComponent(statement)}`,
      referenceId: `query${index}`,
    }));
    return client.request({
      effect: 'read',
      method: 'POST',
      path: '/composite',
      body: { allOrNone: false, compositeRequest },
      read(body) {
        const results = isObject(body) ? readAll(body.compositeResponse, recordsIn) : null;
        return results?.length === statements.length ? read(results) : null;
      },
    });
  }

  function search(types: readonly string[], text: string): Promise<Reply<readonly RecordRef[]>> {
    const part = containing(text.trim().slice(0, PICKER_TEXT_MAX));
    const statements = types.map(
      (type) =>
        `SELECT Id, Name FROM ${type} WHERE Name LIKE ${part} ORDER BY Name LIMIT ${PICKER_ROWS}`,
    );
    return queries(statements, (results) => {
      const found = results.map((rows, index) =>
        readAll(rows, (row) => refOf(row, types[index] ?? '')),
      );
      return found.some((refs) => refs === null) ? null : found.flatMap((refs) => refs ?? []);
    });
  }

  return {
    picklists: () =>
      queries([STATUSES, PRIORITIES], ([statusRows, priorityRows]) => {
        const statuses = readAll(statusRows, statusOf);
        const priorities = readAll(priorityRows, priorityOf);
        return statuses === null || priorities === null ? null : { statuses, priorities };
      }),

    organization: () =>
      queries(['SELECT Id, Name FROM Organization LIMIT 1'], ([rows]) => {
        const row = rows?.[0];
        const id = isObject(row) ? salesforceId(row.Id) : null;
        return id === null || !isObject(row) ? null : { id, name: textOr(row.Name, id) };
      }),

    describeTask: (keyField) =>
      client.request({
        effect: 'read',
        method: 'GET',
        path: '/sobjects/Task/describe',
        read(body) {
          const fields = isObject(body) ? readAll(body.fields, asObject) : null;
          if (!isObject(body) || fields === null) return null;
          return { access: accessOf(body, fields), keyField: probe(fields, keyField) };
        },
      }),

    searchPeople: (text) => search(['Contact', 'Lead'], text),
    searchRelated: (text) => search(['Account', 'Opportunity'], text),

    limits: () =>
      client.request({
        effect: 'read',
        method: 'GET',
        path: '/limits',
        read(body) {
          const daily = isObject(body) ? body.DailyApiRequests : null;
          if (!isObject(daily)) return null;
          const { Max, Remaining } = daily;
          if (typeof Max !== 'number' || typeof Remaining !== 'number') return null;
          return { dailyMax: Max, dailyRemaining: Remaining };
        },
      }),
  };
}

function accessOf(body: JsonObject, fields: readonly JsonObject[]): TaskAccess {
  const may = (thing: JsonObject, what: string) => thing[what] === true;
  return {
    queryable: may(body, 'queryable'),
    createable: may(body, 'createable'),
    updateable: may(body, 'updateable'),
    deletable: may(body, 'deletable'),
    fields: Object.fromEntries(
      fields.map((field) => [
        String(field.name),
        { createable: may(field, 'createable'), updateable: may(field, 'updateable') },
      ]),
    ),
  };
}

function asObject(value: unknown): JsonObject | null {
  return isObject(value) ? value : null;
}

/** The rows of one query of a composite call; a failed one fails the whole. */
function recordsIn(reply: unknown): readonly unknown[] | null {
  if (!isObject(reply) || reply.httpStatusCode !== 200 || !isObject(reply.body)) return null;
  return Array.isArray(reply.body.records) ? reply.body.records : null;
}

function refOf(row: unknown, type: string): RecordRef | null {
  const id = isObject(row) ? salesforceId(row.Id) : null;
  return id === null || !isObject(row) ? null : { id, type, name: textOr(row.Name, '') };
}

function statusOf(row: unknown): StatusValue | null {
  if (!isObject(row) || typeof row.ApiName !== 'string') return null;
  return {
    value: row.ApiName,
    label: textOr(row.MasterLabel, row.ApiName),
    isClosed: row.IsClosed === true,
    isDefault: row.IsDefault === true,
  };
}

function priorityOf(row: unknown): PriorityValue | null {
  if (!isObject(row) || typeof row.ApiName !== 'string') return null;
  return {
    value: row.ApiName,
    label: textOr(row.MasterLabel, row.ApiName),
    isHigh: row.IsHighPriority === true,
    isDefault: row.IsDefault === true,
  };
}

function probe(fields: readonly JsonObject[], name: string): KeyFieldProbe {
  const field = fields.find((candidate) => candidate.name === name);
  if (field === undefined) return { kind: 'missing' };
  const flags = ['externalId', 'unique', 'createable', 'filterable'] as const;
  const lacks = flags.filter((flag) => field[flag] !== true);
  const short = typeof field.length !== 'number' || field.length < KEY_LENGTH;
  if (lacks.length === 0 && !short) return { kind: 'usable' };
  return { kind: 'unusable', lacks: short ? [...lacks, 'length'] : lacks };
}
