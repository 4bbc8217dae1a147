import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** SPEC.md is held to the code: each number once, each file there, each proof carrying the number in a title. */

const root = join(import.meta.dirname, '..');
const spec = readFileSync(join(root, 'docs/SPEC.md'), 'utf8');
const ID = /\b(?:B\d+\.\d+|[RILEH]\d+)\b/g;

const rows = spec
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter((cells) => cells.length === 6 && /^(B\d+\.\d+|[RILEH]\d+)$/.test(cells[1] ?? ''))
  .map(([, id = '', , code = '', proof = '']) => ({
    id,
    code: paths(code),
    proof: paths(proof),
    gap: proof === 'gap',
  }));

function paths(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path);
}

/** How many rules each chapter of the design has; a forgotten one shows here. */
const CHAPTERS: Readonly<Record<string, number>> = {
  B1: 3,
  B3: 5,
  B4: 1,
  B5: 7,
  B6: 6,
  B7: 3,
  B8: 6,
  B9: 4,
  B10: 4,
  B11: 8,
  B12: 6,
  B13: 6,
};
const COUNTS = { R: 14, I: 13, L: 5, E: 4, H: 3 } as const;

describe('docs/SPEC.md', () => {
  it('has every number exactly once', () => {
    const wanted = [
      ...Object.entries(CHAPTERS).flatMap(([chapter, count]) => numbered(`${chapter}.`, count)),
      ...Object.entries(COUNTS).flatMap(([letter, count]) => numbered(letter, count)),
    ];
    expect(rows.map(({ id }) => id).sort()).toEqual(wanted.sort());
  });

  it('names code and tests that exist', () => {
    const missing = rows
      .flatMap(({ code, proof }) => [...code, ...proof])
      .filter((path) => !existsSync(join(root, path)));
    expect(missing).toEqual([]);
  });

  it('has a proof for every rule, with the rule’s number in a title, or admits a gap', () => {
    const unproven = rows
      .filter(({ gap }) => !gap)
      .filter(
        ({ id, proof }) => proof.length === 0 || proof.some((path) => !titlesOf(path).includes(id)),
      )
      .map(({ id }) => id);
    expect(unproven).toEqual([]);
    const gaps = spec.slice(spec.indexOf('## Gaps'));
    for (const { id } of rows.filter(({ gap }) => gap)) expect(gaps).toContain(id);
  });

  it('knows every number a test is titled with', () => {
    const known = new Set(rows.map(({ id }) => id));
    const unknown = testFiles().flatMap((path) =>
      titlesOf(path)
        .filter((id) => !known.has(id))
        .map((id) => `${id} in ${path}`),
    );
    expect(unknown).toEqual([]);
  });
});

function numbered(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);
}

/** The numbers in the titles of a file's tests and groups. */
function titlesOf(path: string): string[] {
  const source = readFileSync(join(root, path), 'utf8');
  const titles = [
    ...source.matchAll(/\b(?:it|test|describe)(?:\.\w+)*(?:\([^)]*\))?\(\s*(['"`])([\s\S]*?)\1/g),
  ];
  const tables = [...source.matchAll(/\]\s*(?:as const)?\s*\)\(\s*(['"`])([\s\S]*?)\1/g)];
  return [...titles, ...tables].flatMap(([, , title = '']) => title.match(ID) ?? []);
}

function testFiles(): string[] {
  const folders = ['packages', 'e2e'];
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.test.ts') && !path.includes('node_modules'))
      .map((path) => join(folder, path)),
  );
}
