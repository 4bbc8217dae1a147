import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { connectionQuery } from '../api/queries.ts';
import { useT } from '../i18n/use-t.ts';
import { CloseIcon } from '../ui/icons.tsx';
import s from './command-center.module.css';

const DECLINED_KEY = 'tandem-invitation-declined';

/** The first thing a new person needs, said once above the list; who closes it is not asked again. */
export function ConnectInvitation() {
  const { t } = useT();
  const state = useQuery(connectionQuery).data?.state;
  const [declined, setDeclined] = useState(wasDeclined);
  if (state !== 'not_connected' || declined) return null;
  const decline = () => {
    setDeclined(true);
    try {
      localStorage.setItem(DECLINED_KEY, '1');
    } catch {
      // Storage may be blocked; it is then gone for as long as the page.
    }
  };
  return (
    <p className={s.invitation}>
      <span>{t('tasks.invitation.text')}</span>
      <Link to="/settings/salesforce">{t('tasks.empty.firstConnect')}</Link>
      <button type="button" aria-label={t('tasks.invitation.decline')} onClick={decline}>
        <CloseIcon size={12} />
      </button>
    </p>
  );
}

function wasDeclined(): boolean {
  try {
    return localStorage.getItem(DECLINED_KEY) === '1';
  } catch {
    return false;
  }
}
