import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CAUSE_TEXTS, PROBLEMS } from '@tandem/api';
import { FAULTS } from '@tandem/engine';
import { expect, test } from 'vitest';
import { ERROR_ADVICE, errorsDocument } from './errors-document.ts';

const path = fileURLToPath(new URL('../../../../docs/ERRORS.md', import.meta.url));

test('docs/ERRORS.md says exactly what the catalogue of problems says', () => {
  expect(Object.keys(ERROR_ADVICE).sort()).toEqual(Object.keys(PROBLEMS).sort());
  // Out of date? npm run write-errors -w packages/server
  expect(readFileSync(path, 'utf8')).toBe(errorsDocument());
});

test('B11.1 every cause of the catalogue has its own sentences in both languages, and no other has', () => {
  for (const { faults } of Object.values(CAUSE_TEXTS)) {
    expect(Object.keys(faults).sort()).toEqual(Object.keys(FAULTS).sort());
    const sentences = Object.values(faults).map(({ what }) => what);
    expect(new Set(sentences).size).toBe(sentences.length);
    for (const { what, next } of Object.values(faults)) {
      expect(what).toMatch(/[.。]$/);
      expect(next).toMatch(/[.。]$/);
    }
  }
});

/** The error sheet that Tandem's users know, by its four classes. */
const SHEET = {
  authentication: [
    'AUTHENTICATION_FAILURE',
    'EXPIRED_ACCESS',
    'INACTIVE_ORGANIZATION',
    'INACTIVE_USER',
    'INVALID_GRANT',
  ],
  access: [
    'API_CURRENTLY_DISABLED',
    'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    'ENTITY_IS_LOCKED',
    'FIELD_CUSTOM_VALIDATION_EXCEPTION',
    'FIELD_FILTER_VALIDATION_EXCEPTION',
    'FIELD_INTEGRITY_EXCEPTION',
    'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
    'INSUFFICIENT_ACCESS_OR_READONLY',
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    'INVALID_TYPE',
    'REQUIRED_FIELD_MISSING',
    'TXN_SECURITY_NO_ACCESS',
  ],
  intermittent: [
    'FAILED_WRITE',
    'INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE',
    'INVALID_FIELD/timeout',
    'QUERY_TIMEOUT',
    'REQUEST_LIMIT_EXCEEDED',
    'REQUEST_LIMIT_EXCEEDED/concurrent',
    'SERVER_UNAVAILABLE',
    'UNABLE_TO_LOCK_ROW',
  ],
  other: ['CANNOT_UPDATE_CONVERTED_LEAD', 'UNKNOWN_EXCEPTION'],
} as const;

test('B11.1 the 26 codes of the error sheet have the class that the sheet gives them', () => {
  const codes = Object.values(SHEET).flat();
  expect(new Set(codes.map((code) => code.split('/')[0])).size).toBe(26);
  for (const [kind, causes] of Object.entries(SHEET)) {
    for (const cause of causes) expect(FAULTS[cause].class, cause).toBe(kind);
  }
});
