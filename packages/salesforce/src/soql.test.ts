import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apiName, containing, listOf, moment, quoted } from './soql.ts';

/** Reads a literal the way SOQL does, written from its grammar, not from the code under test. */
function unquote(literal: string, meaning: Readonly<Record<string, string>>): string {
  let text = '';
  for (let i = 1; i < literal.length - 1; i += 1) {
    const char = literal.charAt(i);
    if (char === "'") throw new Error('the literal ends early');
    if (char !== '\\') {
      text += char;
      continue;
    }
    i += 1;
    const escaped = meaning[literal.charAt(i)];
    if (escaped === undefined || i >= literal.length - 1) throw new Error('illegal escape');
    text += escaped;
  }
  return text;
}

const STRING_ESCAPES = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
} as const;
const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...'\\\'"%_\n\r\t\b\f();-'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  ),
});

describe('SOQL literals', () => {
  test('any text comes out of the literal as it went in', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const literal = quoted(text);
        expect(literal.startsWith("'") && literal.endsWith("'")).toBe(true);
        expect(unquote(literal, STRING_ESCAPES)).toBe(text);
      }),
    );
  });

  test('a LIKE pattern has wildcards only at its two ends', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const wild = '\u{10FFFF}';
        fc.pre(!text.includes(wild));
        const marked = containing(text).replace(/\\.|[%_]/gs, (match) =>
          match.length === 1 ? wild : match,
        );
        const read = unquote(marked, { ...STRING_ESCAPES, '%': '%', _: '_' });
        expect(read).toBe(`${wild}${text}${wild}`);
      }),
    );
  });

  test('lists and moments', () => {
    expect(listOf(["a'b", 'c'])).toBe("('a\\'b','c')");
    expect(moment('2026-11-24T08:30:00.999Z')).toBe('2026-11-24T08:30:00Z');
  });

  test('a field name that would change the statement is refused', () => {
    expect(apiName('Tandem_Key__c')).toBe('Tandem_Key__c');
    for (const name of ['', 'Id FROM User', 'a-b', '1a', `a${'b'.repeat(80)}`]) {
      expect(() => apiName(name)).toThrow('creationKeyField');
    }
  });
});
