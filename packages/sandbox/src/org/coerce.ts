import { toId18 } from './ids.ts';
import { type FieldValue, type OrgError, OrgFault } from './org.ts';
import type { FieldDef } from './schema.ts';
import { isDate, parseDateTime, stampOf } from './stamps.ts';

export type Coerced =
  | { readonly ok: true; readonly value: FieldValue }
  | { readonly ok: false; readonly error: OrgError };

/**
 * A sent value as the field stores it. Values of the wrong JSON kind are faults of the whole request
 * (Salesforce refuses them while reading the body); the others are errors of the row.
 */
export function coerce(field: FieldDef, sent: unknown): Coerced {
  if (sent === null || sent === undefined) return blank(field);
  if (typeof sent === 'object') {
    const token = Array.isArray(sent) ? 'START_ARRAY value [' : 'START_OBJECT value {';
    throw cannotRead(jsonKind(field), token);
  }
  switch (field.type) {
    case 'boolean':
      return bool(sent);
    case 'int':
      return int(sent);
    case 'double':
    case 'currency':
    case 'percent':
      return double(sent);
    case 'date':
      return date(sent);
    case 'datetime':
      return datetime(sent);
    case 'reference':
    case 'id':
      return id(field, sent);
    default:
      return text(field, sent);
  }
}

export function rowError(
  code: string,
  message: string,
  fields: readonly string[] = [],
  status = 400,
) {
  return { status, code, message, fields } satisfies OrgError;
}

function blank(field: FieldDef): Coerced {
  if (field.type !== 'boolean') return { ok: true, value: null };
  const message = `${field.label}: value not of required type: `;
  return bad('INVALID_TYPE_ON_FIELD_IN_RECORD', message, field);
}

function bool(sent: unknown): Coerced {
  if (typeof sent === 'boolean') return { ok: true, value: sent };
  const word = String(sent).toLowerCase();
  if (word === 'true' || word === 'false') return { ok: true, value: word === 'true' };
  throw cannotRead('boolean', `${token(sent)} value ${String(sent)}`);
}

function int(sent: unknown): Coerced {
  const n = Number(sent);
  if (typeof sent === 'boolean' || String(sent).trim() === '' || !Number.isInteger(n)) {
    throw cannotRead('int', `${token(sent)} value ${String(sent)}`);
  }
  if (Math.abs(n) > 2_147_483_647) throw cannotRead('int', `${token(sent)} value ${String(sent)}`);
  return { ok: true, value: n };
}

function double(sent: unknown): Coerced {
  const n = Number(sent);
  if (typeof sent === 'boolean' || String(sent).trim() === '' || !Number.isFinite(n)) {
    throw cannotRead('double', `${token(sent)} value ${String(sent)}`);
  }
  return { ok: true, value: n };
}

function date(sent: unknown): Coerced {
  if (sent === '') return { ok: true, value: null };
  const day = typeof sent === 'string' ? sent.trim() : '';
  if (isDate(day)) return { ok: true, value: day };
  // A full datetime is taken for its day, as Salesforce's own reader does.
  if (parseDateTime(day) !== null) return { ok: true, value: day.slice(0, 10) };
  throw cannotRead('date', `${token(sent)} value ${String(sent)}`);
}

function datetime(sent: unknown): Coerced {
  if (sent === '') return { ok: true, value: null };
  const words = typeof sent === 'string' ? sent.trim() : '';
  const ms = isDate(words) ? Date.parse(`${words}T00:00:00Z`) : parseDateTime(words);
  if (ms === null) throw cannotRead('datetime', `${token(sent)} value ${String(sent)}`);
  return { ok: true, value: stampOf(ms) };
}

function id(field: FieldDef, sent: unknown): Coerced {
  const words = trim(String(sent));
  if (words === '') return { ok: true, value: null };
  const value = toId18(words);
  if (value !== null) return { ok: true, value };
  return bad('MALFORMED_ID', `${field.label}: id value of incorrect type: ${words}`, field);
}

/**
 * Text fields never hold an empty string, nor blanks at their ends (Apex developer guide, primitive
 * data types: the rule of the SOAP API). Only ASCII blanks are taken off: a no-break space stays.
 * Line ends inside a text area stay as they were sent: LF from an API client is read back as LF.
 */
function text(field: FieldDef, sent: unknown): Coerced {
  if (typeof sent === 'boolean') throw cannotRead('string', `${token(sent)} value ${String(sent)}`);
  const words = trim(String(sent));
  if (words === '') return { ok: true, value: null };
  if (words.length > field.length && field.length > 0) {
    const message = `${field.label}: data value too large: ${words} (max length=${field.length})`;
    return bad('STRING_TOO_LONG', message, field);
  }
  if (field.type === 'email' && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(words)) {
    return bad('INVALID_EMAIL_ADDRESS', `${field.label}: invalid email address: ${words}`, field);
  }
  return { ok: true, value: words };
}

function trim(words: string): string {
  let from = 0;
  let to = words.length;
  while (from < to && words.charCodeAt(from) <= 0x20) from += 1;
  while (to > from && words.charCodeAt(to - 1) <= 0x20) to -= 1;
  return words.slice(from, to);
}

function bad(code: string, message: string, field: FieldDef): Coerced {
  return { ok: false, error: rowError(code, message, [field.name]) };
}

function cannotRead(kind: string, what: string): OrgFault {
  return new OrgFault(
    400,
    'JSON_PARSER_ERROR',
    `Cannot deserialize instance of ${kind} from ${what} or request may be missing a required field`,
  );
}

function jsonKind(field: FieldDef): string {
  if (field.type === 'reference' || field.type === 'id') return 'reference';
  if (field.type === 'currency' || field.type === 'percent') return 'double';
  return ['boolean', 'int', 'double', 'date', 'datetime'].includes(field.type)
    ? field.type
    : 'string';
}

function token(sent: unknown): string {
  if (typeof sent === 'boolean') return sent ? 'VALUE_TRUE' : 'VALUE_FALSE';
  if (typeof sent !== 'number') return 'VALUE_STRING';
  return Number.isInteger(sent) ? 'VALUE_NUMBER_INT' : 'VALUE_NUMBER_FLOAT';
}
