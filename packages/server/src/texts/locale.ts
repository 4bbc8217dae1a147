export type Locale = 'en' | 'zh-CN';

/** A language tag and how much it is wanted, as in `zh-CN,zh;q=0.9,en;q=0.8`. */
const RANGE = /^\s*([A-Za-z*-]+)\s*(?:;\s*q=([\d.]+))?\s*$/;

/** The one of our languages that is wanted most; English where none is. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  let best: { locale: Locale; weight: number } = { locale: 'en', weight: 0 };
  for (const range of (acceptLanguage ?? '').slice(0, 200).split(',')) {
    const [, tag = '', q = '1'] = RANGE.exec(range) ?? [];
    const weight = Number(q);
    const [language] = tag.toLowerCase().split('-');
    const locale = language === 'zh' ? 'zh-CN' : language === 'en' ? 'en' : null;
    if (locale !== null && weight > best.weight) best = { locale, weight };
  }
  return best.locale;
}
