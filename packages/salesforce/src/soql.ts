import type { Instant } from '@tandem/engine';

/** The escapes SOQL knows for string literals; nothing else may follow a backslash. */
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

/** A SOQL string literal. */
export function quoted(text: string): string {
  return `'${text.replace(/[\\'"\n\r\t\b\f]/g, (char) => ESCAPES[char] ?? char)}'`;
}

/** A literal for `LIKE` that matches every text with `part` in it, its `%` and `_` taken literally. */
export function containing(part: string): string {
  return `'%${quoted(part).slice(1, -1).replace(/[%_]/g, '\\$&')}%'`;
}

export function listOf(texts: readonly string[]): string {
  return `(${texts.map(quoted).join(',')})`;
}

/** Datetime literals stand without quotes. Whole seconds, as Salesforce's stamps: `>=` may only widen. */
export function moment(instant: Instant): string {
  return instant.replace(/\.\d+Z$/, 'Z');
}

/** Names that are put into statements come from settings: they must look like API names. */
export function apiName(name: string): string {
  if (!/^[A-Za-z][A-Za-z0-9_]{0,79}$/.test(name)) {
    throw new TypeError(`creationKeyField: "${name}" is not a Salesforce field name`);
  }
  return name;
}
