import { useQuery } from '@tanstack/react-query';
import { connectionQuery, meQuery, syncSettingsQuery, syncStatusQuery } from '../api/queries.ts';
import { useT } from '../i18n/use-t.ts';
import { BrakeBanner } from '../sync/brake-banner.tsx';
import { LoadFault } from '../ui/error-page.tsx';
import layout from '../ui/page.module.css';
import { PageSkeleton } from '../ui/page-skeleton.tsx';
import { Section } from '../ui/section.tsx';
import { AccountSection } from './account-section.tsx';
import { ComparisonLine, isComparing } from './comparison-line.tsx';
import { ProblemsPointer } from './problems-pointer.tsx';
import s from './settings.module.css';
import { StatusLine } from './status-line.tsx';
import { SyncForm } from './sync-form.tsx';
import { TeamSection } from './team-section.tsx';

/** While an import or a comparison runs its numbers are asked for even if a live event was lost. */
const PROGRESS_EVERY_MS = 1_500;

/** Reads like a conversation: who are you there, what shall Tandem do, what will happen, done. */
export function SalesforcePage() {
  const { t } = useT();
  const isAdmin = useQuery(meQuery).data?.role === 'admin';
  const connection = useQuery(connectionQuery);
  const settings = useQuery(syncSettingsQuery);
  const status = useQuery({
    ...syncStatusQuery,
    refetchInterval: ({ state }) =>
      state.data?.state === 'importing' || isComparing(state.data?.comparison ?? null)
        ? PROGRESS_EVERY_MS
        : false,
  });
  const failed = [connection, settings, status].find((query) => query.isError && !query.data);
  const retry = () =>
    void Promise.all([connection.refetch(), settings.refetch(), status.refetch()]);
  return (
    <>
      <header className={layout.header}>
        <h1>{t('settings.salesforce.title')}</h1>
        <p className={layout.text}>{t('settings.salesforce.lead')}</p>
      </header>
      {failed ? (
        <LoadFault fault={failed.error} retry={retry} />
      ) : connection.data && settings.data && status.data ? (
        <>
          <AccountSection connection={connection.data} />
          {connection.data.state === 'connected' && (
            <>
              {settings.data.mode === 'on' && (
                <>
                  <div className={s.question}>
                    <BrakeBanner />
                  </div>
                  <StatusLine status={status.data} />
                  {status.data.state !== 'importing' && (
                    <ComparisonLine comparison={status.data.comparison} />
                  )}
                </>
              )}
              <SyncForm saved={settings.data} status={status.data} />
            </>
          )}
          {isAdmin && connection.data.state !== 'connected' && (
            <Section title={t('settings.salesforce.unconnectedAdmin.title')}>
              <p className={layout.text}>{t('settings.salesforce.unconnectedAdmin.text')}</p>
            </Section>
          )}
          {isAdmin && <TeamSection />}
          {settings.data.mode === 'on' && connection.data.state !== 'not_connected' && (
            <ProblemsPointer />
          )}
        </>
      ) : (
        <PageSkeleton />
      )}
    </>
  );
}
