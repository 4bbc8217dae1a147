import { useT } from '../i18n/use-t.ts';
import s from './states.module.css';

/** The true layout in grey: a title and rows. It fades in after 150 ms, so that quick loads never flash. */
export function PageSkeleton() {
  const { t } = useT();
  return (
    <div className={s.skeleton} role="status" aria-label={t('common.loading')}>
      <div className={s.bone} style={{ width: 180, height: 22 }} />
      <RowSkeletons />
    </div>
  );
}

const WIDTHS = ['46%', '62%', '38%', '55%', '49%', '66%', '41%', '58%'];

export function RowSkeletons({ rows = 8 }: { rows?: number }) {
  return (
    <div className={s.rows} aria-hidden="true">
      {WIDTHS.slice(0, rows).map((width) => (
        <div key={width} className={s.row}>
          <div className={s.bone} style={{ width: 18, height: 18, borderRadius: 9 }} />
          <div className={s.bone} style={{ width }} />
        </div>
      ))}
    </div>
  );
}
