import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useT } from '../i18n/use-t.ts';
import { newestNoticesQuery } from '../notices/notice-queries.ts';
import { useNotifications } from '../notices/use-notifications.ts';
import { BellIcon } from '../ui/icons.tsx';
import s from './frame.module.css';

/** More is no other news. */
const SHOWN_MAX = 99;

/** The way to the notices, with how many are unread. */
export function NoticesLink({ className }: { className: string | undefined }) {
  const { t } = useT();
  const unread = useQuery(newestNoticesQuery).data?.unread ?? 0;
  return (
    <Link to="/notices" className={className}>
      <span className={s.bell}>
        <BellIcon size={18} />
        {unread > 0 && (
          <span className={s.unread} aria-hidden="true">
            {unread > SHOWN_MAX ? `${SHOWN_MAX}+` : unread}
          </span>
        )}
      </span>
      <span className={s.word}>{t('notices.title')}</span>
      {unread > 0 && (
        <span className="visually-hidden">{t('notices.unread', { count: unread })}</span>
      )}
    </Link>
  );
}

/** Announces what is new, once for the page; shows nothing itself. */
export function Announcer() {
  useNotifications();
  return null;
}
