import { createHash } from 'node:crypto';
import avro, { type Type } from 'avsc';

/** How the change events of one object are written, as Salesforce shapes them. */
export interface ChangeSchema {
  /** A fingerprint: another schema has another one. */
  readonly id: string;
  readonly json: string;
  readonly type: Type;
  /** Names by position; the header comes first. */
  readonly fields: readonly string[];
  /** Days and moments travel as milliseconds. */
  isTime(field: string): boolean;
}

export const CHANGE_TYPES = [
  'CREATE',
  'UPDATE',
  'DELETE',
  'UNDELETE',
  'GAP_CREATE',
  'GAP_UPDATE',
  'GAP_DELETE',
  'GAP_UNDELETE',
  'GAP_OVERFLOW',
  'SNAPSHOT',
] as const;
export type ChangeType = (typeof CHANGE_TYPES)[number];

export const HEADER = 'ChangeEventHeader';

/** Not part of any change event, and not part of Task's. */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  '': ['Id', 'IsDeleted', 'SystemModstamp'],
  Task: ['IsArchived', 'IsHighPriority', 'WhoCount', 'WhatCount', 'TaskSubtype'],
};

const AVRO_TYPES: Readonly<Record<string, string>> = {
  boolean: 'boolean',
  int: 'int',
  double: 'double',
  currency: 'double',
  percent: 'double',
  // Milliseconds; a date is its midnight in UTC.
  date: 'long',
  datetime: 'long',
};

/** `describe`: the object as the org describes it now. */
export function changeSchemaOf(describe: Readonly<Record<string, unknown>>): ChangeSchema {
  const object = String(describe.name);
  const leftOut = new Set([...(LEFT_OUT[''] ?? []), ...(LEFT_OUT[object] ?? [])]);
  const described = describe.fields as readonly { readonly name: string; readonly type: string }[];
  const fields = described.filter(({ name }) => !leftOut.has(name));
  const schema = {
    type: 'record',
    name: `${object}ChangeEvent`,
    namespace: 'com.sforce.eventbus',
    fields: [
      { name: HEADER, type: HEADER_SCHEMA },
      ...fields.map(({ name, type }) => ({
        name,
        type: ['null', AVRO_TYPES[type] ?? 'string'],
        default: null,
      })),
    ],
  };
  return schemaFrom(JSON.stringify(schema));
}

export function schemaFrom(json: string): ChangeSchema {
  const parsed = JSON.parse(json) as {
    readonly fields: readonly { readonly name: string; readonly type: readonly string[] }[];
  };
  const times = new Set(
    parsed.fields.flatMap(({ name, type }) => (type[1] === 'long' ? [name] : [])),
  );
  return {
    id: createHash('md5').update(json).digest('base64url'),
    json,
    type: avro.Type.forSchema(parsed as never, { registry: { long: LONG } }),
    fields: parsed.fields.map(({ name }) => name),
    isTime: (field) => times.has(field),
  };
}

const texts = { type: 'array', items: 'string' };
const HEADER_SCHEMA = {
  type: 'record',
  name: HEADER,
  fields: [
    { name: 'entityName', type: 'string' },
    { name: 'recordIds', type: texts },
    { name: 'changeType', type: { type: 'enum', name: 'ChangeType', symbols: CHANGE_TYPES } },
    { name: 'changeOrigin', type: 'string' },
    { name: 'transactionKey', type: 'string' },
    { name: 'sequenceNumber', type: 'int' },
    { name: 'commitTimestamp', type: 'long' },
    { name: 'commitNumber', type: 'long' },
    { name: 'commitUser', type: 'string' },
    { name: 'nulledFields', type: texts },
    { name: 'diffFields', type: texts },
    { name: 'changedFields', type: texts },
  ],
};

/** Commit numbers of a real org do not fit the numbers of JavaScript. */
const LONG = avro.types.LongType.__with({
  fromBuffer: (bytes: Buffer) => bytes.readBigInt64LE(),
  toBuffer: (value: bigint) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(value);
    return bytes;
  },
  fromJSON: (value: number) => BigInt(value),
  toJSON: Number,
  isValid: (value: unknown) => typeof value === 'bigint',
  compare: (a: bigint, b: bigint) => (a === b ? 0 : a < b ? -1 : 1),
});
