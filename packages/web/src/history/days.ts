import { formatDate } from '../dates/format-date.ts';

interface Dated {
  readonly at: string;
}

/** Lines under the day they happened on, in the reader's own zone; the order stays. */
export function daysOf<L extends Dated>(
  lines: readonly L[],
  language: string,
  words: { readonly today: string; readonly yesterday: string },
  now: Date = new Date(),
): readonly { readonly day: string; readonly title: string; readonly lines: readonly L[] }[] {
  const today = dayOf(now);
  const yesterday = dayOf(new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1));
  const days = new Map<string, L[]>();
  for (const line of lines) {
    const day = dayOf(new Date(line.at));
    const known = days.get(day);
    if (known) known.push(line);
    else days.set(day, [line]);
  }
  return [...days].map(([day, own]) => ({
    day,
    title:
      day === today
        ? words.today
        : day === yesterday
          ? words.yesterday
          : formatDate(day, language, {
              weekday: 'long',
              day: 'numeric',
              month: 'long',
              ...(day.slice(0, 4) === today.slice(0, 4) ? {} : { year: 'numeric' }),
            }),
    lines: own,
  }));
}

function dayOf(at: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
