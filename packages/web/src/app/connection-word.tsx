import type { Connection, SyncStatus } from '@tandem/api';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { connectionQuery, syncStatusQuery } from '../api/queries.ts';
import { type T, useT } from '../i18n/use-t.ts';
import s from './frame.module.css';

/** While tasks are on their way the number is worth looking at again. */
const ASK_AGAIN_MS = 3_000;

/** One word of state at the foot of the rail, and the way to what it speaks of. */
export function ConnectionWord({ compact = false }: { compact?: boolean }) {
  const { t } = useT();
  const connection = useQuery(connectionQuery).data;
  const status = useQuery({
    ...syncStatusQuery,
    refetchInterval: ({ state }) =>
      state.data?.state === 'importing' || state.data?.state === 'catching_up'
        ? ASK_AGAIN_MS
        : false,
  }).data;
  const { word, tone } = connectionWord(t, connection, status);
  const attention = status?.needsAttention ?? 0;
  return (
    <Link
      to="/settings/salesforce"
      className={compact ? s.barLink : s.connection}
      aria-label={t('common.foot.label', { state: word })}
      data-tone={tone}
    >
      <span className={s.dot} data-tone={tone} aria-hidden="true" />
      <span className={s.word}>{word}</span>
      {!compact && attention > 0 && (
        <span className={s.attention}>{t('common.foot.attention', { count: attention })}</span>
      )}
    </Link>
  );
}

type Tone = 'calm' | 'moving' | 'red' | 'hollow';

export function connectionWord(
  t: T,
  connection: Connection | undefined,
  status: SyncStatus | undefined,
): { word: string; tone: Tone } {
  if (!connection || !status) return { word: t('common.foot.unknown'), tone: 'hollow' };
  if (connection.state === 'needs_sign_in' || status.state === 'needs_sign_in') {
    return { word: t('common.foot.needs_sign_in'), tone: 'red' };
  }
  if (connection.state !== 'connected') {
    return { word: t('common.foot.not_connected'), tone: 'hollow' };
  }
  switch (status.state) {
    case 'importing': {
      const { found, imported = 0, linked = 0, skipped = 0 } = status.import ?? {};
      const done = imported + linked + skipped;
      return {
        word: found
          ? t('common.foot.importing', { done, found })
          : t('common.foot.importing_unknown'),
        tone: 'moving',
      };
    }
    case 'catching_up':
      return { word: t('common.foot.catching_up', { count: status.unsent }), tone: 'moving' };
    case 'needs_answer':
      return { word: t('common.foot.needs_answer'), tone: 'red' };
    case 'needs_map':
      return { word: t('common.foot.needs_map'), tone: 'red' };
    case 'stalled':
      return { word: t('common.foot.stalled'), tone: 'red' };
    case 'off':
      return { word: t('common.foot.off'), tone: 'hollow' };
    default:
      return { word: t('common.foot.in_step'), tone: 'calm' };
  }
}
