import { Button } from '@mantine/core';
import type { Connection } from '@tandem/api';
import { getRouteApi } from '@tanstack/react-router';
import i18next from 'i18next';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Trans } from 'react-i18next';
import { request } from '../api/client.ts';
import { problemText } from '../api/problem-text.ts';
import { queryClient } from '../api/query-client.ts';
import { formatMoment } from '../dates/format-date.ts';
import { useT } from '../i18n/use-t.ts';
import { ExternalIcon } from '../ui/icons.tsx';
import layout from '../ui/page.module.css';
import { Section } from '../ui/section.tsx';
import { AccessList } from './access-list.tsx';
import s from './settings.module.css';

const DisconnectDialog = lazy(async () => ({
  default: (await import('./disconnect-dialog.tsx')).DisconnectDialog,
}));
const route = getRouteApi('/frame/settings/salesforce');

export function AccountSection({ connection }: { connection: Connection }) {
  const { t, language } = useT();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  // How coming back from Salesforce ended is said once: a bookmark or a reload must not say it again.
  const [{ connected, error }] = useState(search);
  useEffect(() => {
    if (search.connected || search.error) void navigate({ search: {}, replace: true });
  }, [search, navigate]);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const { state, username, displayName, orgName, instanceUrl, connectedAt } = connection;
  const values = {
    name: displayName ?? username ?? '',
    username: username ?? '',
    org: orgName ?? connection.orgId ?? '',
  };

  const connect = async (elsewhere = false) => {
    setBusy(true);
    setFault(null);
    try {
      const { authorizeUrl } = await request<{ authorizeUrl: string }>('v1/salesforce/connection', {
        method: 'POST',
      });
      const url = new URL(authorizeUrl);
      // Salesforce remembers who was signed in, and would lead straight back to the same org.
      if (elsewhere) url.searchParams.set('prompt', 'login');
      window.location.assign(url.href);
    } catch (problem) {
      setBusy(false);
      setFault(problemText(t, problem));
    }
  };
  const connectButton = (key: 'connect' | 'signInAgain') => (
    <div>
      <Button onClick={() => void connect()} loading={busy}>
        {t(`settings.salesforce.account.${key}`)}
      </Button>
    </div>
  );

  return (
    <Section title={t('settings.salesforce.account.title')}>
      <div role="status">
        {connected && state === 'connected' && (
          <p className={layout.good}>{t('settings.salesforce.account.justConnected')}</p>
        )}
        {error && state !== 'connected' && <p className={layout.bad}>{connectErrorText(error)}</p>}
        {fault && <p className={layout.bad}>{fault}</p>}
      </div>
      {state === 'not_connected' && (
        <>
          <p className={s.answer}>{t('settings.salesforce.account.none')}</p>
          {connectButton('connect')}
        </>
      )}
      {state === 'disconnected' && (
        <>
          <p className={s.answer}>{t('settings.salesforce.account.disconnected', values)}</p>
          {connectButton('connect')}
        </>
      )}
      {state === 'needs_sign_in' && (
        <>
          <p className={layout.bad}>{t('settings.salesforce.account.needsSignIn', values)}</p>
          {connectButton('signInAgain')}
        </>
      )}
      {state === 'connected' && (
        <>
          <p className={s.answer}>
            <Trans
              i18nKey="settings.salesforce.account.connectedAs"
              values={values}
              components={{ b: <b /> }}
              t={t}
              i18n={i18next}
            />
          </p>
          {connection.creationKeyField === false && (
            <p className={layout.remark}>{t('settings.salesforce.account.noKeyField')}</p>
          )}
          <div className={layout.line}>
            {connectedAt && (
              <span className={layout.quiet}>
                {t('settings.salesforce.account.since', {
                  when: formatMoment(connectedAt, language),
                })}
              </span>
            )}
            {instanceUrl && (
              <a href={instanceUrl} target="_blank" rel="noreferrer" className={layout.external}>
                {t('settings.salesforce.account.openOrg')}
                <ExternalIcon size={12} />
              </a>
            )}
            <span className={layout.buttons}>
              <Button variant="default" size="xs" loading={busy} onClick={() => void connect(true)}>
                {t('settings.salesforce.account.otherOrg')}
              </Button>
              <Button variant="default" size="xs" onClick={() => setAsking(true)}>
                {t('settings.salesforce.account.disconnect')}
              </Button>
            </span>
          </div>
          <p className={layout.quiet}>{t('settings.salesforce.account.otherOrgText')}</p>
          <AccessList />
        </>
      )}
      {asking && (
        <Suspense fallback={null}>
          <DisconnectDialog
            onClose={() => setAsking(false)}
            onDone={() => {
              setAsking(false);
              void queryClient.invalidateQueries();
            }}
          />
        </Suspense>
      )}
    </Section>
  );

  function connectErrorText(code: string): string {
    const texts = t('settings.salesforce.account.error', { returnObjects: true }) as Record<
      string,
      string
    >;
    return texts[code] ?? texts.exchange_failed ?? '';
  }
}
