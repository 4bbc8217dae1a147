import type { SalesforceId } from '@tandem/engine';
import avro, { type Type } from 'avsc';
import { salesforceId } from '../ids.ts';
import { isObject, textOr, texts } from '../json.ts';

/**
 * What an event is taken for: a hint that something happened to these records (R2). Its field values are not
 * read; the owner only serves to leave out what cannot concern anybody here.
 */
export interface ChangeHint {
  readonly kind: 'change' | 'gap' | 'overflow';
  readonly ids: readonly SalesforceId[];
  /** The record may be new to those who follow: created, or out of the Recycle Bin. */
  readonly mayBeNew: boolean;
  /** The owner as the event has it; null where it names none. */
  readonly ownerId: SalesforceId | null;
  /** The transaction was begun by Tandem itself: an echo, and whatever the org's automation added to it. */
  readonly isOwn: boolean;
}

/** `sforce-call-options: client=tandem` of our requests comes back in each event they cause. */
const OWN_ORIGIN = /;client=tandem\b/;
const HEADER = 'ChangeEventHeader';
const TASK_PREFIX = '00T';

/** Null where the schema is none of a change event. */
export function readerOf(schemaJson: string): Type | null {
  try {
    return avro.Type.forSchema(JSON.parse(schemaJson), { registry: { long: LONG } });
  } catch {
    return null;
  }
}

/** Null for what is no change event: it says nothing, and the next poll sees what there is. */
export function readEvent(type: Type, payload: Uint8Array): ChangeHint | null {
  let event: unknown;
  try {
    event = type.fromBuffer(Buffer.from(payload));
  } catch {
    return null;
  }
  const header = isObject(event) ? event[HEADER] : null;
  if (!isObject(event) || !isObject(header)) return null;
  const changeType = textOr(header.changeType, '');
  return {
    kind: kindOf(changeType),
    // A wildcard, or the empty id of an overflow, is none.
    ids: texts(header.recordIds).flatMap((id) =>
      id.startsWith(TASK_PREFIX) ? (salesforceId(id) ?? []) : [],
    ),
    mayBeNew: /(^|_)(CREATE|UNDELETE)$/.test(changeType),
    ownerId: salesforceId(textOr(event.OwnerId, '')),
    isOwn: OWN_ORIGIN.test(textOr(header.changeOrigin, '')),
  };
}

function kindOf(changeType: string): ChangeHint['kind'] {
  if (changeType === 'GAP_OVERFLOW') return 'overflow';
  return changeType.startsWith('GAP_') ? 'gap' : 'change';
}

/** Commit numbers do not fit JavaScript's numbers, and nobody here wants them. */
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
