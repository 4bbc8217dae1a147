import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Language } from './i18n.ts';

export type T = TFunction<'translation', undefined>;

export function useT(): { t: T; language: Language } {
  const { t, i18n } = useTranslation();
  return { t, language: i18n.language as Language };
}
