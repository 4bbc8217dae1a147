import type { Notice } from '@tandem/api';
import { formatMoment, longDate } from '../dates/format-date.ts';
import type { PlainDate } from '../dates/plain-date.ts';
import type { T } from '../i18n/use-t.ts';

export interface NoticeText {
  readonly title: string;
  readonly text: string;
  /** Where one can do something about it, and what that is called. */
  readonly to: '/' | '/settings/salesforce' | '/settings/programs' | '/health';
  readonly action: string;
}

/** A notice as sentences. `today` is the reader's own: what was due today when it was said is not for ever. */
export function noticeText(
  t: T,
  language: string,
  { kind, data }: Pick<Notice, 'kind' | 'data'>,
  today: PlainDate,
): NoticeText {
  const list = { to: '/', action: t('notices.openList') } as const;
  const count = data.count ?? 0;
  const since = data.since === undefined ? '' : formatMoment(data.since, language);
  switch (kind) {
    case 'digest':
      return { title: t('notices.digest.title'), text: digestText(t, data), ...list };
    case 'due':
    case 'eve': {
      const { date = today } = data;
      const dueTitle = data.more ? 'notices.due.more' : 'notices.due.title';
      // The evening before may be read on the day, and the day afterwards.
      const title =
        date < today
          ? t('notices.dueOn', { count, date: longDate(date, language) })
          : t(date > today ? 'notices.eve.title' : dueTitle, { count });
      return { title, text: '', ...list };
    }
    case 'sign_in':
      return {
        title: t('notices.sign_in.title'),
        text: t('notices.sign_in.text'),
        to: '/settings/salesforce',
        action: t('notices.sign_in.action'),
      };
    case 'brake':
      return {
        title: t('notices.brake.title'),
        text: t('notices.brake.text', { count }),
        to: '/settings/salesforce',
        action: t('notices.brake.action'),
      };
    case 'stall': {
      const { stall = 'poll' } = data;
      return {
        title: t(`notices.stall.${stall}`),
        text:
          stall === 'worker'
            ? t('notices.stall.workerText', { count, since })
            : t(`notices.stall.${stall}Text`, { since }),
        to: '/health',
        action: t('notices.stall.action'),
      };
    }
    case 'new_status':
      return {
        title: t('notices.new_status.title'),
        text: t('notices.new_status.text', { values: (data.values ?? []).join(', ') }),
        to: '/settings/salesforce',
        action: t('notices.new_status.action'),
      };
    case 'webhook_stopped':
      return {
        title: t('notices.webhook_stopped.title'),
        text: t('notices.webhook_stopped.text', { name: data.name ?? '' }),
        to: '/settings/programs',
        action: t('notices.webhook_stopped.action'),
      };
    case 'test':
      return { title: t('notices.test.title'), text: t('notices.test.text'), ...list };
  }
}

function digestText(t: T, { overdue = 0, today = 0, tomorrow = 0 }: Notice['data']): string {
  const parts = [
    ...(overdue > 0 ? [t('notices.digest.overdue', { count: overdue })] : []),
    ...(today > 0 ? [t('notices.digest.today', { count: today })] : []),
    ...(tomorrow > 0 ? [t('notices.digest.tomorrow', { count: tomorrow })] : []),
  ];
  return parts.length === 0 ? t('notices.digest.nothing') : parts.join(' · ');
}
