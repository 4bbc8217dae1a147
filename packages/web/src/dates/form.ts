/**
 * In which form dates are written and where the week begins: as the reader's browser has it where it speaks the
 * chosen language (`en-US`, `zh-TW`), else as is usual for the language.
 */
const USUAL: Readonly<Record<string, string>> = { en: 'en-GB', zh: 'zh-CN' };
const MONDAY = 1;

let browser: string | null = null;

/** `navigator.language`, told once when the page starts; null: as usual. */
export function followBrowser(tag: string | null): void {
  browser = tag;
}

/** The tag for `Intl` in a language of the pages. */
export function formOf(language: string): string {
  const spoken = languageOf(language);
  const wanted = browser === null ? null : localeOf(browser);
  // A browser that names no region ("en") says nothing about forms.
  if (wanted?.language === spoken && wanted.region !== undefined) return wanted.baseName;
  return USUAL[spoken] ?? language;
}

/** 0 is Sunday. Monday where the browser's engine does not know. */
export function firstWeekday(language: string): number {
  const locale: WithWeek | null = localeOf(formOf(language));
  const { firstDay = MONDAY } = locale?.getWeekInfo?.() ?? locale?.weekInfo ?? {};
  return firstDay % 7;
}

/** Newer engines have the method, older ones the property, some neither. */
interface WithWeek extends Intl.Locale {
  readonly weekInfo?: { readonly firstDay: number };
  getWeekInfo?(): { readonly firstDay: number };
}

function languageOf(tag: string): string {
  return tag.split('-')[0] ?? tag;
}

/** Null for what no engine takes: a browser may be told any text. */
function localeOf(tag: string): Intl.Locale | null {
  try {
    return new Intl.Locale(tag);
  } catch {
    return null;
  }
}
