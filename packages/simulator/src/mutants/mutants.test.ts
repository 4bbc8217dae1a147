import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BULK_LANE } from '../bulk-lane.ts';
import { ROOT } from '../cli/bundle.ts';
import { MUTANTS } from './index.ts';
import { mutate } from './mutate.ts';

describe('the mutants', () => {
  it('break each of R1 to R14, and there are three of mistakes that are common elsewhere', () => {
    const rules = Array.from({ length: 14 }, (_, index) => `R${index + 1}`);
    const names = MUTANTS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(
      expect.arrayContaining([
        ...rules,
        'echo-by-author',
        'absence-is-deletion',
        'date-through-a-clock-type',
      ]),
    );
  });

  it.each([BULK_LANE, ...MUTANTS].map((mutant) => [mutant.name, mutant] as const))(
    '%s still finds the text it changes, in the product',
    (_, mutant) => {
      for (const file of new Set(mutant.changes.map((change) => change.file))) {
        expect(file).toMatch(/^packages\/(engine|sync)\/src\/[^/]+$/);
        const text = readFileSync(join(ROOT, file), 'utf8');
        expect(mutate(mutant, file, text)).not.toBe(text);
      }
    },
  );

  it('are refused loudly when their text is gone or stands twice', () => {
    const mutant = {
      name: 'R0',
      rule: 'R0',
      sentence: '',
      changes: [{ file: 'a.ts', find: 'one', replace: 'two' }],
    };
    expect(() => mutate(mutant, 'a.ts', 'zero')).toThrow('Mutant R0: "one" occurs 0 times in a.ts');
    expect(() => mutate(mutant, 'a.ts', 'one one')).toThrow('occurs 2 times in a.ts');
    expect(mutate(mutant, 'a.ts', 'one $& three')).toBe('two $& three');
  });
});
