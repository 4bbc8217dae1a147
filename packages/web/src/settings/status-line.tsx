import { Button } from '@mantine/core';
import type { SyncStatus } from '@tandem/api';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { request } from '../api/client.ts';
import { problemText } from '../api/problem-text.ts';
import { refreshSync } from '../api/refresh.ts';
import { formatMoment } from '../dates/format-date.ts';
import { useT } from '../i18n/use-t.ts';
import layout from '../ui/page.module.css';
import { toast } from '../ui/toast.ts';
import s from './settings.module.css';

/** How it stands now, in a sentence, and "look now". */
export function StatusLine({ status }: { status: SyncStatus }) {
  const { t, language } = useT();
  const [busy, setBusy] = useState(false);
  const look = async () => {
    setBusy(true);
    try {
      await request('v1/sync/now', { method: 'POST' });
      refreshSync();
    } catch (fault) {
      toast(problemText(t, fault), { kind: 'failed' });
    } finally {
      setBusy(false);
    }
  };
  const { state, linked, unsent, lastPollAt } = status;
  return (
    <div className={s.status} data-state={state}>
      <p>
        {state === 'in_step' && t('settings.salesforce.status.in_step', { count: linked })}
        {state === 'catching_up' && t('settings.salesforce.status.catching_up', { count: unsent })}
        {state === 'needs_answer' && t('settings.salesforce.status.needs_answer')}
        {state === 'needs_map' && t('settings.salesforce.status.needs_map')}
        {state === 'stalled' && t('settings.salesforce.status.stalled')}{' '}
        <span className={layout.quiet}>
          {lastPollAt &&
            t('settings.salesforce.status.lastPoll', {
              when: formatMoment(lastPollAt, language),
            })}{' '}
          {t(
            status.events.state === 'listening'
              ? 'settings.salesforce.status.listening'
              : 'settings.salesforce.status.polling',
          )}{' '}
          <Link to="/health">{t('common.stall.see')}</Link>
        </span>
      </p>
      <Button variant="default" size="xs" loading={busy} onClick={() => void look()}>
        {t('settings.salesforce.status.syncNow')}
      </Button>
    </div>
  );
}
