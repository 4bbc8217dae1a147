import { useQuery } from '@tanstack/react-query';
import { formatMoment, longDate } from '../dates/format-date.ts';
import { useT } from '../i18n/use-t.ts';
import { LoadFault } from '../ui/error-page.tsx';
import s from '../ui/page.module.css';
import { PageSkeleton } from '../ui/page-skeleton.tsx';
import { BrowserSection } from './browser-section.tsx';
import { DigestPreviewSection } from './digest-preview-section.tsx';
import { remindersQuery } from './reminder-queries.ts';
import { RemindersForm } from './reminders-form.tsx';
import { TestSection } from './test-section.tsx';

/** Settings → Reminders. */
export function RemindersPage() {
  const { t, language } = useT();
  const query = useQuery(remindersQuery);
  const reminders = query.data;
  if (query.isError && !reminders) {
    return <LoadFault fault={query.error} retry={() => void query.refetch()} />;
  }
  if (!reminders) return <PageSkeleton />;
  const { timeZone, nextAt, mail, missed } = reminders;
  return (
    <>
      <header className={s.header}>
        <h1>{t('reminders.title')}</h1>
        <p className={s.text}>
          {timeZone === null
            ? t('reminders.noZone')
            : t('reminders.lead', { zone: timeZone.replaceAll('_', ' ') })}{' '}
          {nextAt === null
            ? t('reminders.nothingPlanned')
            : t('reminders.next', { when: formatMoment(nextAt, language) })}
        </p>
      </header>
      <div className={s.section}>
        <p className={s.remark}>
          {mail.on
            ? t('reminders.mail.address', { address: mail.address })
            : t('reminders.mail.off')}
        </p>
        {missed.map(({ kind, date }) => (
          <p key={kind} className={s.remark}>
            {t('reminders.mail.missed', {
              what: t(`reminders.${kind}.title`),
              date: longDate(date, language),
            })}
          </p>
        ))}
      </div>
      <RemindersForm saved={reminders.settings} />
      <BrowserSection />
      <TestSection address={mail.address} />
      <DigestPreviewSection />
    </>
  );
}
