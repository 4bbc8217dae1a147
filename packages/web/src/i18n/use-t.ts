import i18next, { type TFunction } from 'i18next';
import { useSyncExternalStore } from 'react';
import type { Language } from './i18n.ts';

export type T = TFunction<'translation', undefined>;

interface Texts {
  readonly t: T;
  readonly language: Language;
}

/**
 * The texts of the chosen language. One object for all who ask: a list draws hundreds of cells at once, and
 * a translation function made for each of them costs more than the cells.
 */
export function useT(): Texts {
  return useSyncExternalStore(subscribe, current);
}

let texts: Texts | null = null;

function current(): Texts {
  const language = i18next.language as Language;
  if (texts?.language !== language) texts = { t: i18next.getFixedT(language), language };
  return texts;
}

function subscribe(listener: () => void): () => void {
  i18next.on('languageChanged', listener);
  return () => i18next.off('languageChanged', listener);
}
