import { type CauseText, FAULT_TEXTS_EN, SKIP_TEXTS_EN, UNKNOWN_FAULT_EN } from './en.ts';
import { FAULT_TEXTS_ZH_CN, SKIP_TEXTS_ZH_CN, UNKNOWN_FAULT_ZH_CN } from './zh-cn.ts';

export type { CauseText } from './en.ts';

/** Per language of a member: each cause in plain words (B11.1). */
export const CAUSE_TEXTS = {
  en: { faults: FAULT_TEXTS_EN, unknown: UNKNOWN_FAULT_EN, skips: SKIP_TEXTS_EN },
  'zh-CN': { faults: FAULT_TEXTS_ZH_CN, unknown: UNKNOWN_FAULT_ZH_CN, skips: SKIP_TEXTS_ZH_CN },
} as const;

/** A fault's cause or a skip's reason; never nothing, also for one that is newer than this. */
export function causeText(
  locale: keyof typeof CAUSE_TEXTS,
  kind: 'parked' | 'skipped',
  cause: string,
): CauseText {
  const { faults, unknown, skips } = CAUSE_TEXTS[locale];
  const texts: Readonly<Record<string, CauseText>> = kind === 'parked' ? faults : skips;
  if (Object.hasOwn(texts, cause)) return texts[cause] ?? unknown;
  return kind === 'parked' ? unknown : skips.unknown;
}
