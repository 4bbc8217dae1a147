import type { SyncHealth } from '@tandem/api';
import { useT } from '../i18n/use-t.ts';
import layout from '../ui/page.module.css';
import { Section } from '../ui/section.tsx';
import s from './health.module.css';
import { HourChart } from './hour-chart.tsx';
import { timeText } from './time-text.ts';

/** How quickly changes crossed, hour by hour, one chart a direction (B11.6). */
export function LagSection({ hours }: { hours: SyncHealth['hours'] }) {
  const { t, language } = useT();
  const time = (ms: number) => timeText(t, language, ms);
  return (
    <Section title={t('health.lag.title')} text={t('health.lag.text')}>
      <div className={s.charts}>
        {(['out', 'in'] as const).map((direction) =>
          hours.every((hour) => hour[direction].count === 0) ? (
            <div key={direction} className={s.empty}>
              <h3>{t(`health.lag.${direction}`)}</h3>
              <p className={layout.quiet}>{t('health.lag.empty')}</p>
            </div>
          ) : (
            <HourChart
              key={direction}
              title={t(`health.lag.${direction}`)}
              language={language}
              format={time}
              columns={[
                t('health.lag.hour'),
                t('health.lag.half'),
                t('health.lag.most'),
                t('health.lag.count'),
              ]}
              bars={hours.map(({ at, [direction]: { p50Ms, p99Ms, count } }) => ({
                at,
                value: p50Ms,
                upper: p99Ms,
                cells: [time(p50Ms ?? 0), time(p99Ms ?? 0), count.toLocaleString(language)],
              }))}
            />
          ),
        )}
      </div>
    </Section>
  );
}
