import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { causesQuery } from '../diagnostics/queries.ts';
import { useT } from '../i18n/use-t.ts';
import s from '../ui/page.module.css';
import { Section } from '../ui/section.tsx';

/** How many tasks did not get through; which, and why, is in Diagnostics (B11.3). */
export function ProblemsPointer() {
  const { t } = useT();
  const found = useQuery(causesQuery).data;
  if (!found) return null;
  const count = found.causes.reduce((sum, cause) => sum + cause.count, 0);
  return (
    <div id="left-out">
      <Section title={t('diagnostics.pointer.title')}>
        <p className={s.line}>
          <span>
            {count === 0 ? t('diagnostics.pointer.none') : t('diagnostics.pointer.some', { count })}{' '}
            {found.toAct > 0 && <b>{t('diagnostics.pointer.toAct', { count: found.toAct })}</b>}
          </span>
          {count > 0 && <Link to="/diagnostics">{t('diagnostics.pointer.open')}</Link>}
        </p>
      </Section>
    </div>
  );
}
