import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROBLEMS, type ProblemCode } from '@tandem/api';
import { describe, expect, test } from 'vitest';
import { Refusal } from '../http/refusal.ts';
import { localeOf } from './locale.ts';
import { PHRASES_ZH } from './phrases-zh-cn.ts';
import { phraseZh, sayProblem } from './say-problem.ts';

const packages = join(import.meta.dirname, '../../..');
const CHINESE = /[\u4e00-\u9fff]/;
/** Three English words in a row: names, codes and commands may stand in Chinese, sentences may not. */
const ENGLISH = /\b[a-z]{2,} [a-z]{2,} [a-z]{2,}\b/;

/** Where the server, the store and the contract put what they say into words. */
const SAID = [
  /new Refusal\(\s*'\w+',\s*(['`])([\s\S]*?)\1/g,
  /invalidField\(\s*[^,]+,\s*(['`])([\s\S]*?)\1/g,
  /new InvalidValue\(\s*[^,]+,\s*(['`])([\s\S]*?)\1/g,
  /message: (['`])([a-z][\s\S]*?)\1/g,
  /const message =\s*(['`])([\s\S]*?)\1/g,
  /new CsvBroken\(\w+, (['`])([\s\S]*?)\1/g,
];
const IN_CONTRACT = [
  /(?:min|max|regex|refine|email|url|uuid)\((?:[^'`\n]*,\s*)?(['`])((?:must|goes|is|cannot)[^'`]*)\1/g,
  /'((?:must|goes|is|cannot) [^'\n]{4,})'()/g,
];

function sources(folder: string): string[] {
  return readdirSync(join(packages, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory())
      return /testing|node_modules|cli|fixtures/.test(entry.name) ? [] : sources(path);
    return /(?<!\.test)\.ts$/.test(entry.name) && !/test-|examples/.test(entry.name) ? [path] : [];
  });
}

function sentences(folder: string, patterns: readonly RegExp[]): [string, string][] {
  return sources(folder).flatMap((path) => {
    const text = readFileSync(join(packages, path), 'utf8');
    return patterns.flatMap((pattern) =>
      [...text.matchAll(pattern)].map(([, a = '', b = '']): [string, string] => [
        (b === '' ? a : b).replaceAll(/\$\{[^}]*\}/g, '7'),
        path,
      ]),
    );
  });
}

describe('problem documents in Chinese', () => {
  test('B13.5 have a title and a next step for every code of the catalogue', () => {
    for (const code of Object.keys(PROBLEMS) as ProblemCode[]) {
      const said = sayProblem(new Refusal(code).toProblem(), 'zh-CN');
      for (const text of [said.title, said.detail, said.next ?? '']) {
        expect(text, code).toMatch(CHINESE);
        expect(text, code).not.toMatch(ENGLISH);
      }
    }
  });

  test('B13.5 say every sentence that the sources say in English', () => {
    const all = [
      ...sentences('server/src', SAID),
      ...sentences('store/src', SAID),
      ...sentences('api/src', IN_CONTRACT),
    ];
    expect(all.length).toBeGreaterThan(60);
    const unsaid = all.filter(([text]) => phraseZh(text) === null);
    expect(unsaid).toEqual([]);
  });

  test('B13.5 leave out what nobody has said in Chinese, rather than mix languages', () => {
    const unknown = new Refusal('conflict', 'A sentence that nobody has translated.', [
      { field: 'name', message: 'is of another sort altogether' },
    ]);
    const { detail, errors } = sayProblem(unknown.toProblem(), 'zh-CN');
    expect([detail, errors]).toEqual(['name：无效。', [{ field: 'name', message: '无效' }]]);
    const plain = new Refusal('conflict', 'A sentence that nobody has translated.');
    expect(sayProblem(plain.toProblem(), 'zh-CN').detail).toBe('其间已有别人改过它。');
  });

  test('B13.5 fill in what the English ones fill in', () => {
    for (const [english, chinese] of PHRASES_ZH) {
      expect(chinese, english).toMatch(CHINESE);
      const wanted = new Set(english.match(/\{\d\}/g) ?? []);
      for (const place of chinese.match(/\{\d\}/g) ?? []) expect(wanted, english).toContain(place);
    }
    expect(phraseZh('must have at most 255 characters')).toBe('最多 255 个字符');
  });
});

describe('the language a request asks for', () => {
  test.each([
    [undefined, 'en'],
    ['*', 'en'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN'],
    ['zh-Hans-SG', 'zh-CN'],
    ['en-GB,zh;q=0.9', 'en'],
    ['fr,zh;q=0.5,en;q=0.4', 'zh-CN'],
    ['fr', 'en'],
    ['zh;q=0', 'en'],
  ] as const)('B13.5 of %s is %s', (header, locale) => {
    expect(localeOf(header)).toBe(locale);
  });
});
