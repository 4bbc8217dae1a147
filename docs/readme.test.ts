import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** The two READMEs say the same: what can be compared without understanding them is compared. */

const root = join(import.meta.dirname, '..');
const english = readFileSync(join(root, 'README.md'), 'utf8');
const chinese = readFileSync(join(root, 'README.zh-CN.md'), 'utf8');

const all = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map(([, one = '']) => one);
const headings = (text: string) => all(text, /^(#+) /gm);
const commands = (text: string) => all(text, /^```sh\n([\s\S]*?)^```/gm);
const links = (text: string) => all(text, /(?<!!)\[[^\]]*\]\(([^)]+)\)/g);
const pictures = (text: string) => all(text, /!\[[^\]]*\]\(([^)]+)\)/g);
/** What each part is made of, in order: promises, rows, paragraphs. */
const shape = (text: string) =>
  text
    .split(/^## /m)
    .map((part) => [(part.match(/^- /gm) ?? []).length, (part.match(/^\|/gm) ?? []).length]);

describe('README.md and README.zh-CN.md', () => {
  it('have the same parts, promises and tables', () => {
    expect(headings(chinese)).toEqual(headings(english));
    expect(shape(chinese)).toEqual(shape(english));
  });

  it('give the same commands', () => {
    expect(commands(chinese)).toEqual(commands(english));
  });

  it('lead to the same places, each of which is there', () => {
    const others = (text: string) => links(text).filter((link) => !link.startsWith('README'));
    expect(others(chinese)).toEqual(others(english));
    for (const link of [
      ...links(english),
      ...links(chinese),
      ...pictures(english),
      ...pictures(chinese),
    ])
      expect(existsSync(join(root, link)), link).toBe(true);
  });

  it('show the same pictures, each in its own language', () => {
    expect(pictures(english).length).toBeGreaterThan(4);
    for (const name of pictures(english)) expect(name).toMatch(/^docs\/pictures\/[a-z-]+\.png$/);
    const inChinese = pictures(english).map((name) => name.replace(/\.png$/, '-zh.png'));
    expect(pictures(chinese)).toEqual(inChinese);
    for (const [index, name] of inChinese.entries()) {
      const [one, other] = [name, pictures(english)[index] ?? ''].map((path) =>
        readFileSync(join(root, path)),
      );
      expect(one?.equals(other ?? Buffer.of()), name).toBe(false);
    }
  });

  it('name the same settings', () => {
    const settings = (text: string) => new Set(text.match(/TANDEM_[A-Z_]+/g));
    expect(settings(chinese)).toEqual(settings(english));
  });

  it('are each in their own language', () => {
    expect(chinese.match(/[\u4e00-\u9fff]/g)?.length).toBeGreaterThan(600);
    // But for the names of the two languages.
    expect(english.match(/[\u4e00-\u9fff]/g)?.length).toBeLessThan(15);
  });
});
