import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PROBLEMS } from '@tandem/api';
import { expect, test } from 'vitest';
import { ERROR_ADVICE, errorsDocument } from './errors-document.ts';

const path = fileURLToPath(new URL('../../../../docs/ERRORS.md', import.meta.url));

test('docs/ERRORS.md says exactly what the catalogue of problems says', () => {
  expect(Object.keys(ERROR_ADVICE).sort()).toEqual(Object.keys(PROBLEMS).sort());
  // Out of date? npm run write-errors -w packages/server
  expect(readFileSync(path, 'utf8')).toBe(errorsDocument());
});
