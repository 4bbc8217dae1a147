import fc from 'fast-check';
import { expect, test } from 'vitest';
import { salesforceId } from './ids.ts';

const alphanumeric = fc.constantFrom(
  ...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
);
const shortId = fc.string({ unit: alphanumeric, minLength: 15, maxLength: 15 });

test('a known 15-character id gets the checksum Salesforce prints', () => {
  expect(salesforceId('001A0000006Vm9r')).toBe('001A0000006Vm9rIAC');
  expect(salesforceId('00Q000000000000')).toBe('00Q000000000000EAA');
  expect(salesforceId('aaaaaaaaaaaaaaa')).toBe('aaaaaaaaaaaaaaaAAA');
  expect(salesforceId('AAAAAAAAAAAAAAA')).toBe('AAAAAAAAAAAAAAA555');
});

test('ids that differ only in case stay different when case is ignored', () => {
  fc.assert(
    fc.property(shortId, fc.nat(14), (id, at) => {
      const char = id.charAt(at);
      const flipped = char === char.toLowerCase() ? char.toUpperCase() : char.toLowerCase();
      fc.pre(flipped !== char);
      const other = id.slice(0, at) + flipped + id.slice(at + 1);
      expect(salesforceId(id)?.toLowerCase()).not.toBe(salesforceId(other)?.toLowerCase());
    }),
  );
});

test('normalising keeps the first 15 characters and changes nothing the second time', () => {
  fc.assert(
    fc.property(shortId, (id) => {
      const long = salesforceId(id);
      expect(long?.slice(0, 15)).toBe(id);
      expect(salesforceId(long)).toBe(long);
    }),
  );
});

test('anything that is no id is null', () => {
  for (const value of [
    null,
    undefined,
    5,
    '',
    '00T',
    "00T00000000000'",
    '00T0000000000000',
    '00T000000000000é',
  ]) {
    expect(salesforceId(value)).toBeNull();
  }
});
