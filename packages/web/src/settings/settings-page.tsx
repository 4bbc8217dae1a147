import { Link, Outlet } from '@tanstack/react-router';
import { useT } from '../i18n/use-t.ts';
import { StoppedDot } from '../programs/stopped-dot.tsx';
import { BellIcon, CloudIcon, ProgramsIcon, TextIcon } from '../ui/icons.tsx';
import s from './settings.module.css';

export function SettingsPage() {
  const { t } = useT();
  return (
    <div className={s.page}>
      <nav className={s.nav} aria-label={t('settings.title')}>
        <p className={s.navTitle}>{t('settings.title')}</p>
        <Link to="/settings/salesforce" className={s.navLink} search={{}}>
          <CloudIcon />
          {t('common.nav.salesforce')}
        </Link>
        <Link to="/settings/activity-details" className={s.navLink}>
          <TextIcon />
          {t('common.nav.activityDetails')}
        </Link>
        <Link to="/settings/reminders" className={s.navLink}>
          <BellIcon />
          {t('common.nav.reminders')}
        </Link>
        <Link to="/settings/programs" className={s.navLink}>
          <ProgramsIcon />
          {t('common.nav.programs')}
          <StoppedDot />
        </Link>
      </nav>
      <div className={s.scroll}>
        <div className={s.column}>
          <Outlet />
        </div>
      </div>
    </div>
  );
}
