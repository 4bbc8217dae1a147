import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { membersQuery } from '../api/queries.ts';
import { useT } from '../i18n/use-t.ts';
import s from './frame.module.css';

/** Above everything else while somebody else's tasks are looked at. */
export function ViewBanner() {
  const { t } = useT();
  const as = useLocation({
    select: ({ pathname, search }) => (pathname === '/' ? search.as : undefined),
  });
  const members = useQuery({ ...membersQuery, enabled: as !== undefined }).data?.members;
  if (as === undefined) return null;
  const name = members?.find(({ userId }) => userId === as)?.name ?? '…';
  return (
    <p className={s.viewing} role="status">
      <span>{t('center.viewing.text', { name })}</span>
      <Link to="/" search={{}} aria-keyshortcuts="Escape">
        {t('center.viewing.back')} <span aria-hidden="true">Esc</span>
      </Link>
    </p>
  );
}
