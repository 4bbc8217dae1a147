import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { meQuery } from '../api/queries.ts';
import { useT } from '../i18n/use-t.ts';
import s from './programs.module.css';
import { webhooksQuery } from './queries.ts';

/** Beside the way to Programs, when Tandem stopped a webhook: nobody looks there every day. */
export function StoppedDot() {
  const { t } = useT();
  const isAdmin = useQuery(meQuery).data?.role === 'admin';
  const { data } = useInfiniteQuery({ ...webhooksQuery, enabled: isAdmin });
  const stopped = data?.pages.some((page) =>
    page.webhooks.some(({ state }) => state === 'stopped'),
  );
  if (!stopped) return null;
  return (
    <>
      <span className={s.dot} title={t('programs.hooks.someStopped')} />
      <span className="visually-hidden">{t('programs.hooks.someStopped')}</span>
    </>
  );
}
