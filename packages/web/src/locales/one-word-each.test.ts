import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** One thing has one Chinese name, on pages, in mails, in the server's answers and in the README. */

const root = join(import.meta.dirname, '../../../..');
const chineseIn = (folder: string) =>
  readdirSync(join(root, folder))
    .filter((name) => folder.endsWith('zh-cn') || name.endsWith('zh-cn.ts'))
    .map((name) => `${folder}/${name}`);

const FILES = [
  ...chineseIn('packages/web/src/locales/zh-cn'),
  ...chineseIn('packages/server/src/texts'),
  ...chineseIn('packages/api/src/faults'),
  'README.zh-CN.md',
];

/** What it is called, and what it is not. */
const SETTLED: readonly (readonly [string, RegExp])[] = [
  ['账号', /账户|帐户|帐号/],
  ['撤销', /吊销/],
  ['活动主题', /活动详情/],
  ['移除了 Webhook', /删除了? ?Webhook/],
  ['个任务', /项任务|(逾期|到期|今天|明天|另有) \S+ 项/],
  ['一边', /[一两另]侧|双方/],
  ['修改', /更改/],
  ['运行状况', /同步状况/],
];

describe('Chinese texts', () => {
  it('are looked for where they are', () => {
    const all = FILES.map((path) => readFileSync(join(root, path), 'utf8')).join('\n');
    for (const [word] of SETTLED) expect(all, word).toContain(word);
    for (const place of ['web/src/locales', 'server/src/texts', 'api/src/faults']) {
      expect(
        FILES.some((path) => path.includes(place)),
        place,
      ).toBe(true);
    }
  });

  it.each(SETTLED)('B13.5 say %s, and nothing else for it', (_, other) => {
    const found = FILES.flatMap((path) =>
      readFileSync(join(root, path), 'utf8')
        .split('\n')
        .filter((line) => other.test(line))
        .map((line) => `${path}: ${line.trim()}`),
    );
    expect(found).toEqual([]);
  });
});
