import { Outlet } from '@tanstack/react-router';
import { useLiveState, useLiveUpdates } from '../api/live.ts';
import { useT } from '../i18n/use-t.ts';
import { BottomBar } from './bottom-bar.tsx';
import s from './frame.module.css';
import { Rail } from './rail.tsx';
import { useSettleMe } from './use-settle-me.ts';

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
        <LiveBanner />
        <main id="content" className={s.content} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <BottomBar />
    </div>
  );
}

function LiveBanner() {
  const { t } = useT();
  const live = useLiveState();
  return (
    <div role="status">
      {live !== 'live' && <p className={s.banner}>{t(`common.live.${live}`)}</p>}
    </div>
  );
}
