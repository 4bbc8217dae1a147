import type { Me, SyncStatus } from '@tandem/api';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { meQuery, syncSettingsQuery, syncStatusQuery } from '../api/queries.ts';
import { formatMoment } from '../dates/format-date.ts';
import { type T, useT } from '../i18n/use-t.ts';
import s from './frame.module.css';

/** The server notices a stall after 100 s at the latest; with this a person sees it within two minutes (B11.6). */
const LOOK_EVERY_MS = 15_000;

/** What stands still, since when, and whose move it is, on every page. */
export function StallBanner() {
  const { t, language } = useT();
  const role = useQuery(meQuery).data?.role;
  const status = useQuery({ ...syncStatusQuery, refetchInterval: LOOK_EVERY_MS }).data;
  const text = status && role ? stallSentence(t, language, status, role) : null;
  const news =
    useQuery({ ...syncSettingsQuery, enabled: role === 'admin' }).data?.newStatuses ?? [];
  const state = status?.state;
  return (
    <div role="status">
      {text !== null && (
        <p className={s.banner} data-stall={status?.stall?.kind ?? state}>
          {text}{' '}
          {state === 'needs_sign_in' || state === 'needs_map' ? (
            <Link to="/settings/salesforce" search={{}}>
              {t(state === 'needs_map' ? 'health.toSettings' : 'health.stall.signInLink')}
            </Link>
          ) : (
            <Link to="/health">{t('health.stall.see')}</Link>
          )}
        </p>
      )}
      {news.length > 0 && state !== 'needs_map' && (
        <p className={s.banner} data-stall="new_status">
          {t('health.stall.newStatus', {
            count: news.length,
            names: news.map(({ value }) => value).join(', '),
          })}{' '}
          <Link to="/settings/salesforce" search={{}}>
            {t('health.toSettings')}
          </Link>
        </p>
      )}
    </div>
  );
}

export function stallSentence(
  t: T,
  language: string,
  { state, stall }: Pick<SyncStatus, 'state' | 'stall'>,
  role: Me['role'],
): string | null {
  if (state === 'needs_map') {
    return t(role === 'admin' ? 'health.stall.mapAdmin' : 'health.stall.map');
  }
  if (state === 'needs_sign_in') return t('health.stall.signIn');
  if (stall === null) return null;
  const when = formatMoment(stall.since, language);
  if (stall.kind === 'worker' && role === 'admin') {
    return t('health.stall.workerAdmin', { count: stall.accounts, when });
  }
  return t(`health.stall.${stall.kind}`, { when });
}
