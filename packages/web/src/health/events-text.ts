import type { SyncStatus } from '@tandem/api';
import type { T } from '../i18n/use-t.ts';
import { faultWords } from '../sync/sync-words.ts';

/** Whether Salesforce tells of changes by itself, and why not (B8.2, B11.6). */
export function eventsText(t: T, { state, code }: SyncStatus['events']): string {
  if (state !== 'refused') return t(`health.moves.events.${state}`);
  const words = code === null ? null : faultWords(t, code);
  return words === null ? t('health.moves.events.lost') : t('sync.twoSentences', { ...words });
}
