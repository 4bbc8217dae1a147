import { type KeyboardEvent, useRef, useState } from 'react';
import { firstWeekday } from '../dates/form.ts';
import { formatDate } from '../dates/format-date.ts';
import { addDays, addMonths, monthGrid, type PlainDate } from '../dates/plain-date.ts';
import { useT } from '../i18n/use-t.ts';
import { ChevronIcon } from '../ui/icons.tsx';
import s from './date-popover.module.css';

interface Props {
  readonly value: PlainDate | null;
  readonly today: PlainDate;
  readonly onChoose: (date: PlainDate) => void;
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -7,
  ArrowDown: 7,
};

export function MonthGrid({ value, today, onChoose }: Props) {
  const { t, language } = useT();
  const [cursor, setCursor] = useState(value ?? today);
  const grid = useRef<HTMLTableElement>(null);
  const month = cursor.slice(0, 7);
  const weeks = monthGrid(cursor, firstWeekday(language));

  const moveTo = (date: PlainDate) => {
    setCursor(date);
    requestAnimationFrame(() =>
      grid.current?.querySelector<HTMLElement>(`[data-date="${date}"]`)?.focus(),
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step !== undefined) moveTo(addDays(cursor, step));
    else if (event.key === 'PageUp') moveTo(addMonths(cursor, -1));
    else if (event.key === 'PageDown') moveTo(addMonths(cursor, 1));
    else return;
    event.preventDefault();
  };

  return (
    <div className={s.month}>
      <div className={s.monthHead}>
        <h3 aria-live="polite">
          {formatDate(cursor, language, { month: 'long', year: 'numeric' })}
        </h3>
        <button
          type="button"
          className={s.turn}
          aria-label={t('tasks.date.previousMonth')}
          onClick={() => setCursor(addMonths(cursor, -1))}
        >
          <ChevronIcon className={s.back} />
        </button>
        <button
          type="button"
          className={s.turn}
          aria-label={t('tasks.date.nextMonth')}
          onClick={() => setCursor(addMonths(cursor, 1))}
        >
          <ChevronIcon />
        </button>
      </div>
      <table ref={grid}>
        <thead>
          <tr>
            {weeks[0]?.map((date) => (
              <th key={date} scope="col" abbr={formatDate(date, language, { weekday: 'long' })}>
                {formatDate(date, language, { weekday: 'narrow' })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={onKeyDown}>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((date) => (
                <td key={date}>
                  <button
                    type="button"
                    data-date={date}
                    data-outside={date.slice(0, 7) !== month || undefined}
                    data-today={date === today || undefined}
                    aria-pressed={date === value}
                    aria-label={formatDate(date, language, {
                      weekday: 'long',
                      day: 'numeric',
                      month: 'long',
                      year: 'numeric',
                    })}
                    tabIndex={date === cursor ? 0 : -1}
                    onClick={() => onChoose(date)}
                  >
                    {Number(date.slice(8))}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
