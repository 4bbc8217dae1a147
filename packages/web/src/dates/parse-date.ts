import { addDays, isPlainDate, type PlainDate, plainDate, weekdayOf } from './plain-date.ts';

/** What a person types for a day: `tomorrow`, `fri`, `+3`, `24 nov`, `2026-11-24`, `明天`, `下周一`, `11月24日`. */
export function parseDate(text: string, today: PlainDate): PlainDate | null {
  const typed = text.trim().toLowerCase().replace(/[.,]/g, ' ').replace(/\s+/g, ' ').trim();
  if (typed === '') return null;
  if (isPlainDate(typed)) return typed;
  return (
    parseWord(typed, today) ??
    parseDistance(typed, today) ??
    parseWeekday(typed, today) ??
    parseDayAndMonth(typed, today)
  );
}

const WORDS: Readonly<Record<string, number>> = {
  today: 0,
  tod: 0,
  tomorrow: 1,
  tom: 1,
  tmr: 1,
  yesterday: -1,
  今天: 0,
  今日: 0,
  明天: 1,
  明日: 1,
  后天: 2,
  大后天: 3,
  昨天: -1,
};

function parseWord(typed: string, today: PlainDate): PlainDate | null {
  const days = WORDS[typed];
  return days === undefined ? null : addDays(today, days);
}

/** Further than any reminder is set; keeps typing errors from making dates of another century. */
const DISTANCE_MAX_DAYS = 3660;

function parseDistance(typed: string, today: PlainDate): PlainDate | null {
  const match = /^(?:\+|in )?(\d{1,4}) ?(d|day|days|w|week|weeks|天后|天|周后|周|个星期后)?$/.exec(
    typed,
  );
  if (!match || (!match[2] && !typed.startsWith('+'))) return null;
  const days = Number(match[1]) * (/^(w|周|个)/.test(match[2] ?? '') ? 7 : 1);
  return days > DISTANCE_MAX_DAYS ? null : addDays(today, days);
}

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const CHINESE_WEEKDAYS = '日一二三四五六';

function parseWeekday(typed: string, today: PlainDate): PlainDate | null {
  const chinese = /^(下)?(?:个)?(?:周|星期|礼拜)([日天一二三四五六])$/.exec(typed);
  if (chinese) {
    const target = CHINESE_WEEKDAYS.indexOf(chinese[2] === '天' ? '日' : (chinese[2] ?? ''));
    // A Chinese week starts on Monday: 下周一 is the Monday of the week after this one.
    const monday = addDays(today, -((weekdayOf(today) + 6) % 7));
    if (chinese[1]) return addDays(monday, 7 + ((target + 6) % 7));
    return nextWeekday(target, today);
  }
  const word = typed.replace(/^(next|on) /, '');
  if (word.length < 3) return null;
  const target = WEEKDAYS.findIndex((name) => name.startsWith(word));
  return target === -1 ? null : nextWeekday(target, today);
}

/** The coming one, never today: who means today says so. */
function nextWeekday(target: number, today: PlainDate): PlainDate {
  return addDays(today, ((target - weekdayOf(today) + 6) % 7) + 1);
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function parseDayAndMonth(typed: string, today: PlainDate): PlainDate | null {
  const chinese = /^(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号]?$/.exec(typed);
  if (chinese) return ofYear(chinese[1], Number(chinese[2]), Number(chinese[3]), today);
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9})(?: (\d{4}))?$/.exec(typed);
  if (dayFirst) return ofYear(dayFirst[3], monthOf(dayFirst[2]), Number(dayFirst[1]), today);
  const monthFirst = /^([a-z]{3,9}) (\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?$/.exec(typed);
  if (monthFirst) {
    return ofYear(monthFirst[3], monthOf(monthFirst[1]), Number(monthFirst[2]), today);
  }
  return null;
}

function monthOf(name: string | undefined): number {
  return MONTHS.indexOf((name ?? '').slice(0, 3)) + 1;
}

/** Without a year: the next time that day comes. */
function ofYear(
  year: string | undefined,
  month: number,
  day: number,
  today: PlainDate,
): PlainDate | null {
  if (month === 0) return null;
  const thisYear = Number(today.slice(0, 4));
  const date = plainDate(year ? Number(year) : thisYear, month, day);
  const chosen = !year && date < today ? plainDate(thisYear + 1, month, day) : date;
  return isPlainDate(chosen) ? chosen : null;
}
