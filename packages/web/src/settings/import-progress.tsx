import type { SyncStatus } from '@tandem/api';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useT } from '../i18n/use-t.ts';
import s from '../ui/page.module.css';
import bar from './import-progress.module.css';

type Progress = NonNullable<SyncStatus['import']>;

/** B6.3. Numbers that only go up: a late answer never takes back what was seen. */
export function ImportProgress({ progress }: { progress: Progress }) {
  const { t, language } = useT();
  const section = useRef<HTMLElement>(null);
  // Pressing Save, or coming back meanwhile: this is what one wants to see.
  useEffect(() => section.current?.scrollIntoView({ block: 'nearest' }), []);
  const high = useRef({ found: 0, imported: 0, linked: 0, skipped: 0 });
  for (const key of ['found', 'imported', 'linked', 'skipped'] as const) {
    high.current[key] = Math.max(high.current[key], progress[key] ?? 0);
  }
  const { found, imported, linked, skipped } = high.current;
  const done = imported + linked + skipped;
  const counted = progress.found !== null;
  const numbers = [
    ...(counted ? ([['found', found]] as const) : []),
    ['imported', imported] as const,
    ...(linked > 0 ? ([['linked', linked]] as const) : []),
    ['skipped', skipped] as const,
    ...(counted ? ([['remaining', Math.max(0, found - done)]] as const) : []),
  ];
  return (
    <section ref={section} className={bar.progress} aria-labelledby="import-title">
      <h2 id="import-title">{t('settings.salesforce.progress.title')}</h2>
      <div
        className={bar.track}
        role="progressbar"
        aria-label={t('settings.salesforce.progress.bar')}
        aria-valuemin={0}
        {...(counted
          ? { 'aria-valuemax': found, 'aria-valuenow': done }
          : { 'aria-valuetext': t('settings.salesforce.progress.counting') })}
      >
        <div
          className={bar.fill}
          data-unknown={!counted || undefined}
          style={{ width: counted ? `${found === 0 ? 100 : (100 * done) / found}%` : '30%' }}
        />
      </div>
      <p className={bar.numbers}>
        {!counted && <span>{t('settings.salesforce.progress.counting')}</span>}
        {numbers.map(([key, value]) => (
          <span key={key}>
            <b>{value.toLocaleString(language)}</b> {t(`settings.salesforce.progress.${key}`)}
          </span>
        ))}
      </p>
      <p className={s.quiet}>{t('settings.salesforce.progress.leave')}</p>
    </section>
  );
}

export function ImportDone({ progress }: { progress: Progress }) {
  const { t } = useT();
  const { imported, linked, skipped } = progress;
  const values = { count: imported, linked, skipped };
  return (
    <div className={bar.done} role="status">
      <p>
        {t(
          linked > 0
            ? 'settings.salesforce.progress.doneLinked'
            : 'settings.salesforce.progress.done',
          values,
        )}{' '}
        {skipped > 0 && <a href="#left-out">{t('settings.salesforce.progress.see')}</a>}
      </p>
      <Link to="/">{t('settings.salesforce.progress.toTasks')}</Link>
      <p className={bar.where}>{t('settings.salesforce.progress.where')}</p>
    </div>
  );
}
