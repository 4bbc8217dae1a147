import { useT } from '../i18n/use-t.ts';
import s from './share-meter.module.css';

interface Props {
  readonly spent: number;
  readonly allowance: number;
  /** Calls a day at the present pace. */
  readonly forecast: number;
}

/** What is used of the share, and where the present pace ends. The figures beside it say the same in words. */
export function ShareMeter({ spent, allowance, forecast }: Props) {
  const { t, language } = useT();
  const end = Math.max(allowance, forecast, spent, 1);
  const part = (value: number) => (100 * value) / end;
  const number = (value: number) => value.toLocaleString(language);
  return (
    <div className={s.meter} aria-hidden="true">
      <svg viewBox="0 0 100 10" preserveAspectRatio="none" focusable="false" aria-hidden="true">
        <rect className={s.track} width={part(allowance)} height="10" />
        {forecast > spent && (
          <rect
            className={forecast > allowance ? s.over : s.ahead}
            width={part(forecast)}
            height="10"
          />
        )}
        <rect className={s.spent} width={part(spent)} height="10" />
        {part(allowance) < 100 && <path className={s.limit} d={`M${part(allowance)} -3V13`} />}
      </svg>
      <p className={s.legend}>
        <span data-mark="spent">{t('health.calls.markSpent', { n: number(spent) })}</span>
        <span data-mark={forecast > allowance ? 'over' : 'ahead'}>
          {t('health.calls.markForecast', { n: number(forecast) })}
        </span>
        <span data-mark="track">{t('health.calls.markShare', { n: number(allowance) })}</span>
      </p>
    </div>
  );
}
