import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { forgetFormerKey, keepSecretKey, keptFormerKey, replaceKeptKey } from './secret-key.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tandem-key-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test('B12.2 a new key takes the place of the kept one, which stays beside it until it is forgotten', () => {
  const first = keepSecretKey(dir);
  expect(keptFormerKey(dir)).toBeNull();
  replaceKeptKey(dir);
  const second = keepSecretKey(dir);
  expect(second).not.toBe(first);
  expect(keptFormerKey(dir)).toBe(first);
  for (const file of ['secret-key', 'secret-key.previous']) {
    expect(statSync(join(dir, file)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(dir, file), 'utf8').trim().length).toBeGreaterThan(40);
  }
  // A second change before the first is through would lose a key that is still needed.
  expect(() => replaceKeptKey(dir)).toThrow(/EEXIST/);
  forgetFormerKey(dir);
  expect(keptFormerKey(dir)).toBeNull();
  expect(keepSecretKey(dir)).toBe(second);
});
