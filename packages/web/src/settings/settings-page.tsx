import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
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
import layout from '../ui/page.module.css';
import s from './settings.module.css';

export function SettingsPage() {
  const { t } = useT();
  const me = useQuery(meQuery).data;
  const nav = useRef<HTMLElement>(null);
  const path = useLocation({ select: ({ pathname }) => pathname });
  // On a phone the row of pages is longer than the screen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the page
  useEffect(() => {
    const active = nav.current?.querySelector('[data-status=active]');
    active?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [path]);
  return (
    <div className={layout.page}>
      <nav ref={nav} className={s.nav} aria-label={t('settings.title')}>
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
      <div className={layout.scroll}>
        <div className={layout.column}>
          <Outlet />
        </div>
      </div>
    </div>
  );
}
