import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { causesQuery } from '../diagnostics/queries.ts';
import { useT } from '../i18n/use-t.ts';
import { DiagnosticsIcon } from '../ui/icons.tsx';
import s from './frame.module.css';

/** The way to Diagnostics, with a count only if the reader must act; on a phone it is there only then. */
export function DiagnosticsLink({
  className,
  wide,
}: {
  className: string | undefined;
  wide: boolean;
}) {
  const { t } = useT();
  const toAct = useQuery(causesQuery).data?.toAct ?? 0;
  if (!wide && toAct === 0) return null;
  return (
    <Link
      to="/diagnostics"
      className={className}
      {...(toAct > 0 ? { 'aria-label': t('common.nav.diagnosticsToAct', { count: toAct }) } : {})}
    >
      <DiagnosticsIcon size={18} />
      <span className={s.word}>{t('common.nav.diagnostics')}</span>
      {toAct > 0 && (
        <span className={s.badge} aria-hidden="true">
          {toAct > BADGE_MAX ? `${BADGE_MAX}+` : toAct}
        </span>
      )}
    </Link>
  );
}

/** More digits say nothing more. */
const BADGE_MAX = 99;
