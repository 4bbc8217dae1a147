import { describe, expect, it } from 'vitest';
import { makeId, toId18 } from './ids.ts';

describe('Salesforce ids', () => {
  it('a 15-character id gains the checksum of its capitals', () => {
    expect(toId18('00D000000000062')).toBe('00D000000000062EAA');
    expect(toId18('001A000000aBcDe')).toHaveLength(18);
  });

  it('an 18-character id is itself, and a wrong checksum is no id', () => {
    expect(toId18('00D000000000062EAA')).toBe('00D000000000062EAA');
    expect(toId18('00D000000000062EAB')).toBeNull();
  });

  it('other text is no id', () => {
    for (const text of ['', 'INVALID_OWNER', '00D00000000006', '00D-00000000062']) {
      expect(toId18(text)).toBeNull();
    }
  });

  it('ids grow byte by byte with their serial', () => {
    const ids = Array.from({ length: 5000 }, (_, i) => makeId('00T', i + 1));
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(5000);
    expect(ids.every((id) => toId18(id.slice(0, 15)) === id)).toBe(true);
  });
});
