import type { T } from '../i18n/use-t.ts';

/** How long something took, in the unit people would say it in: two figures are enough. */
export function timeText(t: T, language: string, ms: number): string {
  const say = (unit: 'ms' | 's' | 'min' | 'h' | 'd', size: number) => {
    const value = ms / size;
    const n = value.toLocaleString(language, { maximumFractionDigits: value < 10 ? 1 : 0 });
    return t(`health.unit.${unit}`, { n });
  };
  if (ms < 1_000) return t('health.unit.ms', { n: Math.round(ms).toLocaleString(language) });
  if (ms < 90_000) return say('s', 1_000);
  if (ms < 90 * 60_000) return say('min', 60_000);
  if (ms < 36 * 3_600_000) return say('h', 3_600_000);
  return say('d', 86_400_000);
}

/** The next round figure at or above, for the top of an axis. */
export function niceCeiling(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= value) ?? 10;
  return step * power;
}
