import { afterEach, describe, expect, it } from 'vitest';
import { firstWeekday, followBrowser, formOf } from './form.ts';
import { formatDate, formatMoment, longDate } from './format-date.ts';

const DAY = '2026-11-27';
const SUNDAY = 0;
const MONDAY = 1;

describe('the form of dates', () => {
  afterEach(() => followBrowser(null));

  it.each([
    ['en-US', 'en', 'en-US', 'Nov 27, 2026', 'Friday, November 27', SUNDAY],
    ['en-GB', 'en', 'en-GB', '27 Nov 2026', 'Friday 27 November', MONDAY],
    ['zh-CN', 'zh-CN', 'zh-CN', '2026年11月27日', '11月27日星期五', MONDAY],
    ['zh-TW', 'zh-CN', 'zh-TW', '2026年11月27日', '11月27日 星期五', SUNDAY],
    // Of another language, without a region, and nonsense: as is usual.
    ['en-US', 'zh-CN', 'zh-CN', '2026年11月27日', '11月27日星期五', MONDAY],
    ['zh-TW', 'en', 'en-GB', '27 Nov 2026', 'Friday 27 November', MONDAY],
    ['de-DE', 'en', 'en-GB', '27 Nov 2026', 'Friday 27 November', MONDAY],
    ['en', 'en', 'en-GB', '27 Nov 2026', 'Friday 27 November', MONDAY],
    ['not a tag', 'en', 'en-GB', '27 Nov 2026', 'Friday 27 November', MONDAY],
  ])(
    'B13.5 a browser in %s on pages in %s writes as %s',
    (tag, language, form, short, long, first) => {
      followBrowser(tag);
      expect(formOf(language)).toBe(form);
      expect(formatDate(DAY, language)).toBe(short);
      // Engines differ in a comma or a space beside the weekday.
      expect(longDate(DAY, language).replace(/[, ]/g, '')).toBe(long.replace(/[, ]/g, ''));
      expect(firstWeekday(language)).toBe(first);
    },
  );

  it('B13.5 moments follow too: twelve hours in the United States and Taiwan, twenty-four in Britain', () => {
    const at = new Date(2026, 10, 27, 16, 5);
    const time = (language = 'en') =>
      formatMoment(at.toISOString(), language, at).replace(/\s/g, ' ');
    followBrowser('en-US');
    expect(time()).toBe('04:05 PM');
    followBrowser('en-GB');
    expect(time()).toBe('16:05');
    followBrowser('zh-TW');
    expect(time('zh-CN')).toBe('下午04:05');
  });
});
