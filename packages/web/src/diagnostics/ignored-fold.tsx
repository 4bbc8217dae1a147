import { useId, useState } from 'react';
import { useT } from '../i18n/use-t.ts';
import s from './diagnostics.module.css';
import { ProblemRows } from './problem-rows.tsx';

/** What somebody said "Ignore" to: out of the way, not out of reach. */
export function IgnoredFold({ count }: { count: number }) {
  const { t } = useT();
  const [open, setOpen] = useState(false);
  const rows = useId();
  return (
    <section className={s.section} aria-label={t('diagnostics.ignored.title')}>
      <button
        type="button"
        className={s.fold}
        aria-expanded={open}
        aria-controls={rows}
        onClick={() => setOpen(!open)}
      >
        {open ? t('diagnostics.ignored.hide') : t('diagnostics.ignored.show', { count })}
      </button>
      <div id={rows}>
        {open && (
          <>
            <p className={s.sectionText}>{t('diagnostics.ignored.text')}</p>
            <ProblemRows of="ignored" />
          </>
        )}
      </div>
    </section>
  );
}
