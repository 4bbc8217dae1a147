import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { connectionQuery, syncStatusQuery } from '../api/queries.ts';
import { useT } from '../i18n/use-t.ts';
import { CloseIcon } from '../ui/icons.tsx';
import s from './command-center.module.css';

/** Each step is offered by itself: who closed the first one may still have got to the second. */
const DECLINED_KEYS = {
  connect: 'tandem-invitation-declined',
  switchOn: 'tandem-invitation-on-declined',
} as const;
type Step = keyof typeof DECLINED_KEYS;

/** The next thing a new person needs, said once above the list; who closes it is not asked again. */
export function ConnectInvitation() {
  const connection = useQuery(connectionQuery).data?.state;
  const sync = useQuery(syncStatusQuery).data?.state;
  if (connection === 'not_connected') return <Invitation key="connect" step="connect" />;
  if (connection === 'connected' && sync === 'off')
    return <Invitation key="switchOn" step="switchOn" />;
  return null;
}

function Invitation({ step }: { step: Step }) {
  const { t } = useT();
  const [declined, setDeclined] = useState(() => wasDeclined(step));
  if (declined) return null;
  const decline = () => {
    setDeclined(true);
    try {
      localStorage.setItem(DECLINED_KEYS[step], '1');
    } catch {
      // Storage may be blocked; it is then gone for as long as the page.
    }
  };
  return (
    <p className={s.invitation}>
      <span>{t(step === 'connect' ? 'tasks.invitation.text' : 'tasks.invitation.offText')}</span>
      <Link to="/settings/salesforce">
        {t(step === 'connect' ? 'tasks.empty.firstConnect' : 'tasks.invitation.offLink')}
      </Link>
      <button type="button" aria-label={t('tasks.invitation.decline')} onClick={decline}>
        <CloseIcon size={12} />
      </button>
    </p>
  );
}

function wasDeclined(step: Step): boolean {
  try {
    return localStorage.getItem(DECLINED_KEYS[step]) === '1';
  } catch {
    return false;
  }
}
