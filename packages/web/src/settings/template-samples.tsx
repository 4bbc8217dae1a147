import type { TemplatePreview } from '@tandem/api';
import { useT } from '../i18n/use-t.ts';
import s from './template.module.css';

const SHOWN = 3;
/** The longest Subject Salesforce takes (B5.5). */
const SUBJECT_MAX = 255;

export function Samples({
  samples,
  stale,
}: {
  samples: TemplatePreview['samples'];
  stale: boolean;
}) {
  const { t } = useT();
  return (
    <ul className={s.samples} data-stale={stale || undefined} aria-live="polite">
      {samples.slice(0, SHOWN).map((sample) => (
        <li key={sample.taskId ?? sample.name}>
          <p className={s.subject}>{sample.subject}</p>
          <p className={s.meta}>
            <span>{t('settings.template.task', { name: sample.name })}</span>
            <span className={s.length}>
              <span
                className={s.meter}
                style={
                  { '--part': Math.min(1, sample.length / SUBJECT_MAX) } as React.CSSProperties
                }
                aria-hidden="true"
              />
              {t('settings.template.length', { length: sample.length })}
            </span>
          </p>
          {sample.isName && <p className={s.cut}>{t('settings.template.nothing')}</p>}
          {sample.cutFrom !== null && (
            <p className={s.cut}>
              {t('settings.template.cut', { count: sample.cutFrom - sample.length })}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
