import { useQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { meQuery } from '../api/queries.ts';
import { useT } from '../i18n/use-t.ts';
import { StoppedDot } from '../programs/stopped-dot.tsx';
import {
  AccountIcon,
  AuditIcon,
  BellIcon,
  CloudIcon,
  ProgramsIcon,
  TeamIcon,
  TextIcon,
} from '../ui/icons.tsx';
import s from './settings.module.css';

export function SettingsPage() {
  const { t } = useT();
  const me = useQuery(meQuery).data;
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
        <Link to="/settings/team" className={s.navLink}>
          <TeamIcon />
          {t('common.nav.team')}
        </Link>
        {me?.role === 'admin' && (
          <Link to="/settings/audit" className={s.navLink}>
            <AuditIcon />
            {t('common.nav.audit')}
          </Link>
        )}
        <Link to="/settings/account" className={s.navLink}>
          <AccountIcon />
          {t('common.nav.yourAccount')}
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
