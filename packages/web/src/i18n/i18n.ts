import i18next from 'i18next';
import { followBrowser } from '../dates/form.ts';
import { loadChineseFont } from './chinese-font.ts';

/** Languages are loaded one at a time; texts are typed after English, and a test holds the keys equal. */
export type Language = 'en' | 'zh-CN';
export const LANGUAGES: readonly { id: Language; name: string }[] = [
  { id: 'en', name: 'English' },
  { id: 'zh-CN', name: '简体中文' },
];

const STORAGE_KEY = 'tandem-language';

export async function startI18n(): Promise<void> {
  followBrowser(navigator.language);
  const language = initialLanguage();
  await i18next.init({
    lng: language,
    resources: { [language]: { translation: await loadTexts(language) } },
    // React escapes what it renders.
    interpolation: { escapeValue: false },
    fallbackLng: false,
    returnNull: false,
    react: { useSuspense: false, transKeepBasicHtmlNodesFor: ['b'] },
  });
  present(language);
}

export async function switchLanguage(language: Language): Promise<void> {
  if (i18next.language === language) return;
  if (!i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', await loadTexts(language));
  }
  // The page that is open may need them.
  await loadLaterTexts(language);
  try {
    localStorage.setItem(STORAGE_KEY, language);
  } catch {
    // Storage may be blocked; the choice then lasts as long as the page.
  }
  present(language);
  await i18next.changeLanguage(language);
}

/** What this browser chose before, if anything: it goes before the account's setting. */
export function storedLanguage(): Language | null {
  try {
    const stored = localStorage.getItem(STORAGE_KEY);
    return LANGUAGES.find(({ id }) => id === stored)?.id ?? null;
  } catch {
    return null;
  }
}

function initialLanguage(): Language {
  return storedLanguage() ?? (navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en');
}

async function loadTexts(language: Language): Promise<object> {
  return language === 'zh-CN'
    ? (await import('../locales/zh-cn/index.ts')).zhCn
    : (await import('../locales/en/index.ts')).en;
}

/** What is said beyond the list itself; routes and the panel wait for it. */
export async function loadLaterTexts(language = i18next.language as Language): Promise<void> {
  if (i18next.exists('settings.title', { lng: language })) return;
  const texts =
    language === 'zh-CN'
      ? (await import('../locales/zh-cn/later.ts')).zhCnLater
      : (await import('../locales/en/later.ts')).enLater;
  i18next.addResourceBundle(language, 'translation', texts, true, true);
}

function present(language: Language): void {
  document.documentElement.lang = language;
  if (language === 'zh-CN') loadChineseFont();
}
