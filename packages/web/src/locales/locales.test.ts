import { PROBLEMS } from '@tandem/api';
import { FAULTS } from '@tandem/engine';
import { describe, expect, it } from 'vitest';
import { en as enFirst } from './en/index.ts';
import { enLater } from './en/later.ts';
import { zhCn as zhCnFirst } from './zh-cn/index.ts';
import { zhCnLater } from './zh-cn/later.ts';

const en = { ...enFirst, ...enLater };
const zhCn = { ...zhCnFirst, ...zhCnLater };

type Tree = { readonly [key: string]: string | Tree };

function flatten(tree: Tree, path = ''): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const at = path ? `${path}.${key}` : key;
    if (typeof value === 'string') texts.set(at, value);
    else for (const [inner, text] of flatten(value, at)) texts.set(inner, text);
  }
  return texts;
}

const english = flatten(en);
const chinese = flatten(zhCn as unknown as Tree);
const placeholders = (text: string) => [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map((m) => m[1]);

describe('texts', () => {
  it('exist under the same keys in both languages', () => {
    const plain = [...english.keys()].filter((key) => !key.endsWith('_one'));
    expect([...chinese.keys()].sort()).toEqual(plain.sort());
  });

  it('have no singular without its plural', () => {
    for (const key of english.keys()) {
      if (key.endsWith('_one')) expect(english.has(key.replace(/_one$/, '_other')), key).toBe(true);
    }
  });

  it('fill in the same values in both languages', () => {
    for (const [key, text] of chinese) {
      const wanted = new Set(placeholders(english.get(key) ?? ''));
      expect(new Set(placeholders(text)), key).toEqual(wanted);
    }
  });

  it('are never empty, and the Chinese ones are Chinese', () => {
    const sameInBoth =
      /^(common\.app|sync\.twoSentences|common\.nav\.salesforce|.*\.detailsCount|settings\.template\.length|tasks\.sides\.(app|sf)|history\.(tandem|salesforce)|settings\.salesforce\.title|common\.foot\.unknown|settings\.template\.hints\.activity_type)$/;
    for (const [key, text] of [...english, ...chinese]) expect(text.trim(), key).not.toBe('');
    for (const [key, text] of chinese) {
      if (!sameInBoth.test(key)) expect(text, key).toMatch(/[\u4e00-\u9fff]/);
    }
  });

  it('cover every problem the API can answer with', () => {
    for (const code of Object.keys(PROBLEMS)) {
      expect(english.has(`common.problems.${code}`), code).toBe(true);
    }
  });

  it('B11.1 cover every fault of the catalogue, and none that is not in it', () => {
    expect(Object.keys(en.sync.fault).sort()).toEqual(Object.keys(FAULTS).sort());
    expect(Object.keys(zhCn.sync.fault).sort()).toEqual(Object.keys(FAULTS).sort());
  });

  it('speak plainly: no “oops”, no “successfully”, no exclamation', () => {
    for (const [key, text] of [...english, ...chinese]) {
      expect(text, key).not.toMatch(/oops|successfully|!|！|抱歉|糟糕|成功地/i);
    }
  });
});
