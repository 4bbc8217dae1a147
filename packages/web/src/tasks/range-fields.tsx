import { useState } from 'react';
import { useT } from '../i18n/use-t.ts';
import type { ListSearch } from './list-search.ts';
import s from './toolbar.module.css';
import { useChangeSearch } from './use-change-search.ts';

const ENDS = ['from', 'to'] as const;
type End = (typeof ENDS)[number];

/** Both ends included. The browser's own date field speaks plain dates, so nothing is converted. */
export function RangeFields({ search }: { search: ListSearch }) {
  const { t } = useT();
  const change = useChangeSearch();
  /** Ends that hold something else than a day, 31 February say; the browser keeps it as typed. */
  const [unread, setUnread] = useState<readonly End[]>([]);
  const mark = (end: End, bad: boolean) =>
    setUnread((before) => [...before.filter((other) => other !== end), ...(bad ? [end] : [])]);
  const backwards = search.from && search.to && search.to < search.from;
  const faultOf = (end: End) =>
    unread.includes(end)
      ? t('tasks.range.notADay')
      : end === 'to' && backwards
        ? t('tasks.range.backwards')
        : null;
  return (
    <div className={s.range}>
      {ENDS.map((end) => {
        const fault = faultOf(end);
        return (
          <div key={end}>
            <label htmlFor={`range-${end}`}>{t(`tasks.range.${end}`)}</label>
            <input
              id={`range-${end}`}
              type="date"
              value={search[end] ?? ''}
              min={end === 'to' ? search.from : undefined}
              max={end === 'from' ? search.to : undefined}
              aria-invalid={fault !== null}
              aria-describedby={`range-${end}-note`}
              onChange={(event) => {
                mark(end, false);
                change({ [end]: event.target.value || undefined });
              }}
              onBlur={(event) => mark(end, event.target.validity.badInput)}
            />
            <span id={`range-${end}-note`} role="alert">
              {fault}
            </span>
          </div>
        );
      })}
    </div>
  );
}
