import type { Me, SyncStatus } from '@tandem/api';
import { formatMoment } from '../dates/format-date.ts';
import type { T } from '../i18n/use-t.ts';

/** What stands still, since when, and whose move it is (B11.6, B11.8, B3.4); null while all moves. */
export function stallSentence(
  t: T,
  language: string,
  { state, stall }: Pick<SyncStatus, 'state' | 'stall'>,
  role: Me['role'],
): string | null {
  if (state === 'needs_map') {
    return t(role === 'admin' ? 'common.stall.mapAdmin' : 'common.stall.map');
  }
  if (state === 'needs_sign_in') return t('common.stall.signIn');
  if (stall === null) return null;
  const when = formatMoment(stall.since, language);
  if (stall.kind === 'worker' && role === 'admin') {
    return t('common.stall.workerAdmin', { count: stall.accounts, when });
  }
  return t(`common.stall.${stall.kind}`, { when });
}
