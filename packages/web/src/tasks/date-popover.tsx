import { Popover } from '@mantine/core';
import { type ReactElement, useState } from 'react';
import { formatDate } from '../dates/format-date.ts';
import { parseDate } from '../dates/parse-date.ts';
import { addDays, type PlainDate, weekdayOf } from '../dates/plain-date.ts';
import { useToday } from '../dates/use-today.ts';
import { useT } from '../i18n/use-t.ts';
import { takeEarlyKeys } from '../ui/early-keys.ts';
import s from './date-popover.module.css';
import { MonthGrid } from './month-grid.tsx';

export interface DatePopoverProps {
  readonly value: PlainDate | null;
  readonly onChange: (date: PlainDate | null) => void;
  readonly onClose: () => void;
  readonly children: ReactElement<Record<string, unknown>>;
}

/** A day by typing it, by one click for the usual ones, or on the month. Never a time. */
export function DatePopover({ value, onChange, onClose, children }: DatePopoverProps) {
  const { t, language } = useT();
  const today = useToday();
  const [typed, setTyped] = useState('');
  const [bad, setBad] = useState(false);
  const read = parseDate(typed, today);
  const choose = (date: PlainDate | null) => {
    onClose();
    onChange(date);
  };
  const quick: readonly [string, PlainDate | null][] = [
    [t('common.today'), today],
    [t('common.tomorrow'), addDays(today, 1)],
    // The coming Monday, never today.
    [t('tasks.date.nextWeek'), addDays(today, (8 - weekdayOf(today)) % 7 || 7)],
    [t('tasks.date.noDate'), null],
  ];
  return (
    <Popover
      opened
      onChange={(opened) => !opened && onClose()}
      position="bottom-end"
      trapFocus
      returnFocus
      withinPortal
      shadow="md"
      radius="md"
      // On a low screen it is as high as there is room, and scrolls.
      middlewares={{ flip: true, shift: true, size: true }}
    >
      <Popover.Target>{children}</Popover.Target>
      <Popover.Dropdown p={0} className={s.dropdown} aria-label={t('tasks.date.label')}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: keeps list shortcuts out while a date is chosen */}
        <div
          className={s.body}
          onClick={(event) => event.stopPropagation()}
          onKeyDown={(event) => event.stopPropagation()}
        >
          <form
            onSubmit={(event) => {
              event.preventDefault();
              event.stopPropagation();
              if (typed.trim() === '') onClose();
              else if (read) choose(read);
              else setBad(true);
            }}
          >
            <input
              className={s.input}
              data-autofocus
              aria-label={t('tasks.date.typed')}
              aria-invalid={bad}
              aria-describedby={bad ? 'date-error' : undefined}
              placeholder={t('tasks.date.typed')}
              value={typed}
              onChange={(event) => {
                setTyped(event.target.value);
                setBad(false);
              }}
              // The focus comes a moment after the field.
              onFocus={() => {
                const early = takeEarlyKeys();
                if (early !== '') setTyped(early);
              }}
              onKeyDown={(event) => event.key === 'Escape' && onClose()}
            />
            {read && (
              <button type="submit" className={s.read}>
                {formatDate(read, language, {
                  weekday: 'long',
                  day: 'numeric',
                  month: 'long',
                  year: 'numeric',
                })}
              </button>
            )}
            <div role="alert" id="date-error">
              {bad && <p className={s.error}>{t('tasks.date.notUnderstood')}</p>}
            </div>
          </form>
          <div className={s.quick}>
            {quick.map(([label, date]) => (
              <button key={label} type="button" onClick={() => choose(date)}>
                <span>{label}</span>
                <span className={s.hint}>
                  {date &&
                    formatDate(date, language, {
                      weekday: 'short',
                      day: 'numeric',
                      month: 'short',
                    })}
                </span>
              </button>
            ))}
          </div>
          <MonthGrid value={value} today={today} onChoose={choose} />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
