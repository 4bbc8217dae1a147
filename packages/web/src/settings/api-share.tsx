import type { SyncSettings, SyncStatus } from '@tandem/api';
import { useT } from '../i18n/use-t.ts';
import layout from '../ui/page.module.css';
import { Section } from '../ui/section.tsx';
import s from './settings.module.css';

const MIN = 5;
const MAX = 100;

interface Props {
  readonly share: SyncSettings['apiShare'];
  readonly status: SyncStatus;
  readonly edit: (change: { apiShare: number }) => void;
  readonly readOnly: boolean;
}

/** B11.7: what Tandem used of the org's calls, where that leads, and how much it may use. */
export function ApiShare({ share, status: { apiUsage, apiBudget }, edit, readOnly }: Props) {
  const { t, language } = useT();
  const number = (value: number) => value.toLocaleString(language);
  return (
    <Section
      title={t('settings.salesforce.calls.title')}
      text={t('settings.salesforce.calls.text')}
    >
      {apiBudget && apiUsage && (
        <p>
          {t('settings.salesforce.calls.used', {
            spent: number(apiBudget.spent),
            allowance: number(apiBudget.allowance),
            max: number(apiUsage.max),
          })}{' '}
          <span
            className={apiBudget.forecast > apiBudget.allowance ? layout.amberText : layout.quiet}
          >
            {t(
              apiBudget.forecast > apiBudget.allowance
                ? 'settings.salesforce.calls.forecastOver'
                : 'settings.salesforce.calls.forecast',
              { forecast: number(apiBudget.forecast) },
            )}
          </span>
        </p>
      )}
      {readOnly ? (
        <p className={layout.quiet}>{t('settings.salesforce.calls.shareIs', { share })}</p>
      ) : (
        <label className={layout.line}>
          {t('settings.salesforce.calls.share')}
          <input
            className={s.number}
            type="number"
            required
            min={MIN}
            max={MAX}
            step={1}
            value={Number.isNaN(share) ? '' : share}
            onChange={(event) => edit({ apiShare: event.target.valueAsNumber })}
          />
        </label>
      )}
    </Section>
  );
}
