import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SimOptions } from './index.ts';

/** A seed that failed once, as small as it could be made. It runs before any fresh seed, for ever. */
export interface Regression {
  readonly seed: number;
  readonly options: SimOptions;
  /** The day and the commit it was found at. */
  readonly found: string;
  /** What was wrong, in a sentence. */
  readonly was: string;
  /** The rule that was broken. */
  readonly rule: string;
}

export function readRegressions(
  folder: string,
): readonly (Regression & { readonly file: string })[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({ ...parseRegression(readFileSync(join(folder, file), 'utf8'), file), file }));
}

function parseRegression(text: string, file: string): Regression {
  const value = JSON.parse(text) as Partial<Regression>;
  const { seed, options, found, was, rule } = value;
  if (
    typeof seed !== 'number' ||
    typeof options !== 'object' ||
    typeof found !== 'string' ||
    typeof was !== 'string' ||
    typeof rule !== 'string'
  )
    throw new Error(`${file} is no regression: it needs seed, options, found, was and rule.`);
  return { seed, options, found, was, rule };
}

/** Written ready to be committed; gives back the file's path. */
export function writeRegression(folder: string, regression: Regression): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${regression.rule.toLowerCase()}-${regression.seed}.json`);
  writeFileSync(file, `${JSON.stringify(regression, null, 2)}\n`);
  return file;
}
