import type { SyncHealth } from '@tandem/api';
import { useT } from '../i18n/use-t.ts';
import layout from '../ui/page.module.css';
import { Section } from '../ui/section.tsx';
import { Figure } from './figure.tsx';
import s from './health.module.css';
import { HourChart } from './hour-chart.tsx';
import { ShareMeter } from './share-meter.tsx';

/** What Tandem has used of its share, by the hour, and where that leads (B11.7). */
export function CallsSection({ health: { hours, status } }: { health: SyncHealth }) {
  const { t, language } = useT();
  const number = (value: number) => value.toLocaleString(language);
  const { apiBudget: budget, apiUsage: usage } = status;
  const even = budget === null ? null : Math.floor(budget.allowance / 24);
  return (
    <Section title={t('health.calls.title')} text={t('health.calls.text')}>
      {budget && usage ? (
        <dl className={s.figures}>
          <Figure
            label={t('health.calls.spent')}
            value={number(budget.spent)}
            tone={budget.spent > budget.allowance ? 'warn' : undefined}
          >
            {t('health.calls.ofShare', { allowance: number(budget.allowance) })}
          </Figure>
          <Figure
            label={t('health.calls.forecast')}
            value={number(budget.forecast)}
            tone={budget.forecast > budget.allowance ? 'warn' : undefined}
          >
            {t(
              budget.forecast > budget.allowance
                ? 'health.calls.forecastOver'
                : 'health.calls.forecastOk',
            )}
          </Figure>
          <Figure label={t('health.calls.org')} value={number(usage.used)}>
            {t('health.calls.ofMax', { max: number(usage.max) })}
          </Figure>
        </dl>
      ) : (
        <p className={layout.quiet}>{t('health.calls.unknown')}</p>
      )}
      {budget && <ShareMeter {...budget} />}
      <HourChart
        title={t('health.calls.chart')}
        language={language}
        format={number}
        columns={[t('health.lag.hour'), t('health.calls.calls')]}
        bars={hours.map(({ at, calls }) => ({
          at,
          value: calls === 0 ? null : calls,
          cells: [number(calls)],
        }))}
        {...(even === null
          ? {}
          : { level: { value: even, text: t('health.calls.line', { calls: number(even) }) } })}
      />
    </Section>
  );
}
