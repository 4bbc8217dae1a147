import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { problemText } from '../api/problem-text.ts';
import { accessQuery } from '../api/queries.ts';
import { formatMoment } from '../dates/format-date.ts';
import { useT } from '../i18n/use-t.ts';
import s from '../ui/page.module.css';
import box from './access.module.css';

/** What Tandem may do in Salesforce, asked there; what is missing is named, with what it is needed for. */
export function AccessList() {
  const { t, language } = useT();
  const { data, error, isFetching, refetch } = useQuery(accessQuery);
  const missing = data?.permissions.filter(({ granted }) => !granted) ?? [];
  return (
    <div className={box.access} data-bad={missing.length > 0 || undefined}>
      <h3>{t('settings.salesforce.access.title')}</h3>
      <div role="status">
        {!data && !error && <p className={s.quiet}>{t('settings.salesforce.access.asking')}</p>}
        {error && <p className={s.badText}>{problemText(t, error)}</p>}
        {data && missing.length === 0 && <p>{t('settings.salesforce.access.all')}</p>}
        {missing.length > 0 && (
          <>
            <p>{t('settings.salesforce.access.missing', { count: missing.length })}</p>
            <ul>
              {missing.map(({ name, field }) => (
                <li key={`${name} ${field}`}>
                  {t(`settings.salesforce.access.${name}`, { field: field ?? '' })}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
      <p className={s.line}>
        {data && (
          <span className={s.quiet}>
            {t('settings.salesforce.access.checked', {
              when: formatMoment(data.checkedAt, language),
            })}
          </span>
        )}
        <Button
          variant="subtle"
          size="compact-xs"
          loading={isFetching}
          onClick={() => void refetch()}
        >
          {t('settings.salesforce.access.again')}
        </Button>
      </p>
    </div>
  );
}
