import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENDPOINTS } from '@tandem/api';
import { describe, expect, it } from 'vitest';

/** SPEC.md is held to the code: each number once, each file there, each proof carrying the number in a title. */

const root = join(import.meta.dirname, '..');
const spec = readFileSync(join(root, 'docs/SPEC.md'), 'utf8');
const ID = /\b(?:B\d+\.\d+|[RILEH]\d+)\b/g;

const PLACES = '## Where each behaviour is met';
const rows = spec
  .slice(0, spec.indexOf(PLACES))
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

describe('where each behaviour is met', () => {
  const chapter = spec.slice(spec.indexOf(PLACES), spec.indexOf('## What Salesforce leaves open'));
  const places = chapter
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => /^B\d+\.\d+$/.test(cells[1] ?? ''))
    .map(([, id = '', screen = '', api = '', proof = '', ...rest]) => {
      return { id, screen, api: paths(api), proof: paths(proof), isWhole: rest.length === 1 };
    });

  it('is said of every behaviour, with no cell empty', () => {
    const behaviours = rows.map(({ id }) => id).filter((id) => id.startsWith('B'));
    expect(places.map(({ id }) => id)).toEqual(behaviours);
    const empty = places.filter(
      ({ screen, api, proof, isWhole }) =>
        !isWhole || paths(screen).length === 0 || api.length === 0 || proof.length === 0,
    );
    expect(empty).toEqual([]);
  });

  it('names pages of the router and endpoints of the contract', () => {
    const router = readFileSync(join(root, 'packages/web/src/app/router.tsx'), 'utf8');
    const routes = new Set([...router.matchAll(/path: '([^']+)'/g)].map(([, path = '']) => path));
    const isPage = (path: string) =>
      routes.has(path) || (path.startsWith('/settings/') && routes.has(path.slice(9)));
    const pages = places.flatMap(({ screen }) => paths(screen));
    expect(pages.filter((path) => !isPage(path))).toEqual([]);

    const known = new Set([
      ...Object.values(ENDPOINTS).map(({ method, path }) => `${method} ${path.slice(API.length)}`),
      // A stream has no reply with a schema (openapi.ts).
      'GET events',
    ]);
    expect(places.flatMap(({ api }) => api).filter((call) => !known.has(call))).toEqual([]);
  });

  it('is proved through the page or the API, under the behaviour’s number', () => {
    const through = /^e2e\/.+\.e2e\.test\.ts$|^packages\/server\/src\/.+\.pg\.test\.ts$/;
    const unproven = places.flatMap(({ id, proof }) =>
      proof.filter((path) => !through.test(path) || !titlesOf(path).includes(id)),
    );
    expect(unproven).toEqual([]);
  });
});

const API = '/api/v1/';

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
