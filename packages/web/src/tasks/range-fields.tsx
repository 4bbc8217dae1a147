import { useEffect, useId, useRef, useState } from 'react';
import { useT } from '../i18n/use-t.ts';
import s from './filters.module.css';
import type { ListSearch } from './list-search.ts';
import { useChangeSearch } from './use-change-search.ts';

/** Both ends included. The browser's own date field speaks plain dates, so nothing is converted. */
export function RangeFields({ search }: { search: ListSearch }) {
  const { t } = useT();
  const change = useChangeSearch();
  const { from, to } = search;
  const backwards = from && to && to < from ? t('tasks.range.backwards') : null;
  return (
    <div className={s.range}>
      <DayField
        label={t('tasks.range.from')}
        day={from}
        max={to}
        fault={null}
        onChange={(day) => change({ from: day })}
      />
      <DayField
        label={t('tasks.range.to')}
        day={to}
        min={from}
        fault={backwards}
        onChange={(day) => change({ to: day })}
      />
    </div>
  );
}

interface DayProps {
  readonly label: string;
  readonly day: string | undefined;
  readonly min?: string | undefined;
  readonly max?: string | undefined;
  readonly fault: string | null;
  readonly onChange: (day: string | undefined) => void;
}

/** The browser owns the text: half a date has no value, and a controlled field would wipe it while it is typed. */
function DayField({ label, day, min, max, fault, onChange }: DayProps) {
  const { t } = useT();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [half, setHalf] = useState(false);
  useEffect(() => {
    // The address changed by other means than this field, whose own text is always newer.
    const input = field.current;
    if (!input || day === undefined || document.activeElement === input) return;
    if (input.value !== day) input.value = day;
  }, [day]);
  const says = half ? t('tasks.range.notADay') : fault;
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <input
        ref={field}
        id={id}
        type="date"
        defaultValue={day}
        min={min}
        max={max}
        aria-invalid={says !== null}
        aria-describedby={`${id}-note`}
        onChange={(event) => {
          setHalf(false);
          onChange(event.target.value || undefined);
        }}
        onBlur={(event) => setHalf(event.target.validity.badInput)}
      />
      <span id={`${id}-note`} role="alert">
        {says}
      </span>
    </div>
  );
}
