import type { Notice } from '@tandem/api';
import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import type { T } from '../i18n/use-t.ts';
import { en } from '../locales/en/index.ts';
import { enLater } from '../locales/en/later.ts';
import { zhCn } from '../locales/zh-cn/index.ts';
import { zhCnLater } from '../locales/zh-cn/later.ts';
import { noticeText } from './notice-text.ts';

const TODAY = '2026-11-27';

describe('what a notice says', () => {
  let say: (language: 'en' | 'zh-CN', kind: Notice['kind'], data: Notice['data']) => string;

  beforeAll(async () => {
    // Of its own: what is set here is nobody else's.
    const instance = i18next.createInstance();
    await instance.init({
      lng: 'en',
      resources: {
        en: { translation: { ...en, ...enLater } },
        'zh-CN': { translation: { ...zhCn, ...zhCnLater } },
      },
      interpolation: { escapeValue: false },
    });
    say = (language, kind, data) => {
      const t = instance.getFixedT(language) as T;
      const { title, text, to } = noticeText(t, language, { kind, data }, TODAY);
      expect([text, to]).toEqual(['', '/']);
      return title;
    };
  });

  it.each([
    ['due', { date: TODAY, count: 1 }, '1 task is due today', '今天有 1 个任务到期'],
    ['due', { date: TODAY, count: 3 }, '3 tasks are due today', '今天有 3 个任务到期'],
    ['due', { date: TODAY, count: 1, more: false }, '1 task is due today', '今天有 1 个任务到期'],
    [
      'due',
      { date: TODAY, count: 1, more: true },
      '1 more task is due today',
      '今天又有 1 个任务到期',
    ],
    [
      'due',
      { date: TODAY, count: 2, more: true },
      '2 more tasks are due today',
      '今天又有 2 个任务到期',
    ],
    ['eve', { date: '2026-11-28', count: 1 }, '1 task is due tomorrow', '明天有 1 个任务到期'],
    ['eve', { date: '2026-11-28', count: 4 }, '4 tasks are due tomorrow', '明天有 4 个任务到期'],
    // The evening before, read on the day.
    ['eve', { date: TODAY, count: 4 }, '4 tasks are due today', '今天有 4 个任务到期'],
  ] as const)('B13.1 %s %o: “%s” and “%s”', (kind, data, english, chinese) => {
    expect([say('en', kind, data), say('zh-CN', kind, data)]).toEqual([english, chinese]);
  });

  it('B13.1 one that is read after the day names the day', () => {
    for (const kind of ['due', 'eve'] as const) {
      const data = { date: '2026-11-26', count: 2, more: true };
      expect(say('en', kind, data)).toMatch(/^2 tasks were due on Thursday,? 26 November$/);
      expect(say('zh-CN', kind, data)).toBe('11月26日星期四有 2 个任务到期');
    }
  });
});
