import { relativeDay, shortDate } from '../dates/format-date.ts';
import type { PlainDate } from '../dates/plain-date.ts';
import type { T } from '../i18n/use-t.ts';

export function dueText(t: T, date: PlainDate, today: PlainDate, language: string): string {
  const near = relativeDay(date, today);
  return near ? t(`common.${near}`) : shortDate(date, today, language);
}
