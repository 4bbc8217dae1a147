import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { meQuery, syncSettingsQuery, syncStatusQuery } from '../api/queries.ts';
import { useT } from '../i18n/use-t.ts';
import s from './frame.module.css';
import { stallSentence } from './stall-sentence.ts';

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
              {t(state === 'needs_map' ? 'common.stall.toSettings' : 'common.stall.signInLink')}
            </Link>
          ) : (
            <Link to="/health">{t('common.stall.see')}</Link>
          )}
        </p>
      )}
      {news.length > 0 && state !== 'needs_map' && (
        <p className={s.banner} data-stall="new_status">
          {t('common.stall.newStatus', {
            count: news.length,
            names: news.map(({ value }) => value).join(', '),
          })}{' '}
          <Link to="/settings/salesforce" search={{}}>
            {t('common.stall.toSettings')}
          </Link>
        </p>
      )}
    </div>
  );
}
