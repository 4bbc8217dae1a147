import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJson } from './json.ts';

test('JSON is read as JSON, whatever well-formed text it holds', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string({ unit: 'grapheme' }), (value, text) => {
      const json = JSON.stringify([value, text]);
      expect(parseJson(json)).toEqual(JSON.parse(json));
    }),
  );
});

test('what PostgreSQL cannot hold is replaced, and nothing beside it', () => {
  const value = { a: 'x\0y', b: ['\ud800', 'a\udc00\ud83d\ude00'], c: 'C:\\u0000' };
  expect(parseJson(JSON.stringify(value))).toEqual({
    a: 'x\ufffdy',
    b: ['\ufffd', 'a\ufffd😀'],
    c: 'C:\\u0000',
  });
  expect(parseJson('"\\ud83d\\ude00 \\u0000"')).toBe('😀 \ufffd');
});

test('every text that comes out of it survives UTF-8', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const read = parseJson(JSON.stringify(text)) as string;
      expect(read).not.toContain('\0');
      expect(Buffer.from(read, 'utf8').toString('utf8')).toBe(read);
      expect(read).toHaveLength(text.length);
    }),
  );
});

test('what is no JSON is undefined', () => {
  for (const text of ['', '<html>', '{"a":', 'undefined']) expect(parseJson(text)).toBeUndefined();
});
