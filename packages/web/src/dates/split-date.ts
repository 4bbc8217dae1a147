import { parseDate } from './parse-date.ts';
import type { PlainDate } from './plain-date.ts';

/**
 * A day written into the name of a task, at its end or its beginning: `Call Osterly tomorrow`, `fri: send
 * the offer`, `明天给王芳打电话`. Only words that can be nothing but a day are taken; the rest stays as typed.
 */
export interface Split {
  readonly name: string;
  readonly dueDate: PlainDate;
  /** The words that were read as the day. */
  readonly words: string;
}

/** `on 24 november 2027` has as many. */
const WORDS_MAX = 4;

export function splitDate(text: string, today: PlainDate): Split | null {
  return atEnd(text, today) ?? atStart(text, today) ?? chinese(text, today);
}

function atEnd(text: string, today: PlainDate): Split | null {
  const words = text.trim().split(/\s+/);
  for (let count = Math.min(WORDS_MAX, words.length - 1); count > 0; count -= 1) {
    const said = words.slice(-count).join(' ');
    const dueDate = dayOf(said, today);
    if (dueDate === null) continue;
    const name = words
      .slice(0, -count)
      .join(' ')
      .replace(/[,;:–-]$|\s(on|by|due)$/i, '')
      .trim();
    if (name !== '') return { name, dueDate, words: said };
  }
  return null;
}

/** At the beginning only before a mark: "Friday meeting notes" is a name. */
function atStart(text: string, today: PlainDate): Split | null {
  const match = /^\s*([^:：]{2,30})[:：]\s*(\S.*)$/su.exec(text);
  const said = match?.[1] ?? '';
  const dueDate = said === '' ? null : dayOf(said, today);
  return dueDate === null ? null : { name: (match?.[2] ?? '').trim(), dueDate, words: said };
}

const CHINESE_DAY =
  '今天|明天|后天|大后天|(?:下个?)?(?:周|星期|礼拜)[一二三四五六日天]|(?:\\d{4}年)?\\d{1,2}月\\d{1,2}[日号]|\\d{1,3}天后';
const CHINESE_START = new RegExp(`^\\s*(${CHINESE_DAY})[，,、\\s]*(.+)$`, 'su');
const CHINESE_END = new RegExp(`^(.+?)[，,、\\s]*(${CHINESE_DAY})\\s*$`, 'su');

/** Chinese has no spaces between words, and its days stand in front as often as behind. */
function chinese(text: string, today: PlainDate): Split | null {
  const start = CHINESE_START.exec(text);
  const end = start ? null : CHINESE_END.exec(text);
  const [said, name] = start ? [start[1], start[2]] : [end?.[2], end?.[1]];
  const dueDate = said === undefined ? null : parseDate(said, today);
  if (said === undefined || name === undefined || dueDate === null) return null;
  return { name: name.trim(), dueDate, words: said };
}

/** Short forms that are words of their own are not taken inside a name: "sat", "sun", "may 5" is a day, "tom" is a man. */
const TOO_SHORT = new Set(['tom', 'tod', 'sat', 'sun', 'wed', 'mon']);

function dayOf(said: string, today: PlainDate): PlainDate | null {
  const plain = said.replace(/^(on|by|due) /i, '');
  const alone = plain.toLowerCase();
  // `3 days` is a length; `in 3 days` and `+3` are days of the calendar.
  if (/^\d+ ?(d|days?|w|weeks?)$/.test(alone)) return null;
  if (TOO_SHORT.has(alone) && alone === said.toLowerCase()) return null;
  return parseDate(plain, today);
}
