import { Link } from '@tanstack/react-router';
import { useT } from '../i18n/use-t.ts';
import { HealthIcon, HistoryIcon, SettingsIcon, TasksIcon } from '../ui/icons.tsx';
import { AccountMenu } from './account-menu.tsx';
import { ConnectionWord } from './connection-word.tsx';
import { DiagnosticsLink } from './diagnostics-link.tsx';
import s from './frame.module.css';
import { Mark } from './mark.tsx';
import { NoticesLink } from './notices-link.tsx';

export function Rail() {
  const { t } = useT();
  return (
    <nav className={s.rail} aria-label={t('common.nav.label')}>
      <div className={s.brand}>
        <Mark />
        <span className={s.word}>{t('common.app')}</span>
      </div>
      <RailLinks className={s.link} wide />
      <div className={s.foot}>
        <ConnectionWord />
        <AccountMenu />
      </div>
    </nav>
  );
}

export function RailLinks({
  className,
  wide = false,
}: {
  className: string | undefined;
  /** A phone's bar has room for the daily ones; the others are in the menu of the account. */
  wide?: boolean;
}) {
  const { t } = useT();
  return (
    <>
      <Link to="/" className={className} activeOptions={{ exact: true, includeSearch: false }}>
        <TasksIcon size={18} />
        <span className={s.word}>{t('common.nav.commandCenter')}</span>
      </Link>
      <NoticesLink className={className} />
      {wide && (
        <Link to="/history" className={className} activeOptions={{ includeSearch: false }}>
          <HistoryIcon size={18} />
          <span className={s.word}>{t('common.nav.history')}</span>
        </Link>
      )}
      <DiagnosticsLink className={className} wide={wide} />
      {wide && (
        <Link to="/health" className={className}>
          <HealthIcon size={18} />
          <span className={s.word}>{t('common.nav.health')}</span>
        </Link>
      )}
      <Link to="/settings" className={className} activeOptions={{ exact: false }}>
        <SettingsIcon size={18} />
        <span className={s.word}>{t('common.nav.settings')}</span>
      </Link>
    </>
  );
}
