import { Outlet } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { onSignedOut, request } from '../api/client.ts';
import { useLiveState, useLiveUpdates } from '../api/live.ts';
import { useWaitingChanges } from '../api/offline.ts';
import { queryClient } from '../api/query-client.ts';
import { useT } from '../i18n/use-t.ts';
import { PaletteHost } from '../palette/palette-host.tsx';
import { BottomBar } from './bottom-bar.tsx';
import s from './frame.module.css';
import { Announcer } from './notices-link.tsx';
import { Rail } from './rail.tsx';
import { StallBanner } from './stall-banner.tsx';
import { useSettleMe } from './use-settle-me.ts';
import { ViewBanner } from './view-banner.tsx';

/** What stays while pages change: the rail (or the bar on phones), the banner, the live connection. */
export function Frame() {
  const { t } = useT();
  useLiveUpdates();
  useSettleMe();
  return (
    <div className={s.frame}>
      <a className={s.skip} href="#content">
        {t('common.skipToContent')}
      </a>
      <Rail />
      <div className={s.main}>
        <ViewBanner />
        <LiveBanner />
        <StallBanner />
        <main id="content" className={s.content} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <BottomBar />
      <Announcer />
      <PaletteHost />
    </div>
  );
}

function LiveBanner() {
  const { t } = useT();
  const live = useLiveState();
  const waiting = useWaitingChanges();
  const [signedOut, setSignedOut] = useState(false);
  useEffect(() => onSignedOut(() => setSignedOut(true)), []);
  useEffect(() => {
    if (!signedOut) return;
    // Signed in again in the other tab: this one goes on with what was typed.
    const check = () => {
      request('v1/me').then(
        () => {
          setSignedOut(false);
          void queryClient.invalidateQueries();
        },
        () => undefined,
      );
    };
    window.addEventListener('focus', check);
    return () => window.removeEventListener('focus', check);
  }, [signedOut]);
  return (
    <div role="status">
      {signedOut ? (
        <p className={s.banner}>
          {t('common.problems.not_signed_in')}{' '}
          <a href="/sign-in" target="_blank" rel="noreferrer">
            {t('common.auth.signIn')}
          </a>
        </p>
      ) : (
        live !== 'live' && (
          <p className={s.banner}>
            {waiting > 0
              ? t('center.offline.waiting', { count: waiting })
              : t(`common.live.${live}`)}
          </p>
        )
      )}
    </div>
  );
}
