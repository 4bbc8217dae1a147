import { useT } from '../i18n/use-t.ts';
import type { ListSearch } from './list-search.ts';
import s from './toolbar.module.css';
import { useChangeSearch } from './use-change-search.ts';

/** Both ends included. The browser's own date field speaks plain dates, so nothing is converted. */
export function RangeFields({ search }: { search: ListSearch }) {
  const { t } = useT();
  const change = useChangeSearch();
  return (
    <div className={s.range}>
      {(['from', 'to'] as const).map((end) => (
        <label key={end}>
          {t(`tasks.range.${end}`)}
          <input
            type="date"
            value={search[end] ?? ''}
            min={end === 'to' ? search.from : undefined}
            max={end === 'from' ? search.to : undefined}
            onChange={(event) => change({ [end]: event.target.value || undefined })}
          />
        </label>
      ))}
    </div>
  );
}
