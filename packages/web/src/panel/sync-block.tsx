import type { Task } from '@tandem/api';
import { request } from '../api/client.ts';
import { problemText } from '../api/problem-text.ts';
import { refreshTasks } from '../api/refresh.ts';
import { useViewing } from '../app/viewing.ts';
import { formatMoment } from '../dates/format-date.ts';
import { useT } from '../i18n/use-t.ts';
import { SyncGlyph } from '../sync/sync-glyph.tsx';
import { syncWords } from '../sync/sync-words.ts';
import { ExternalIcon } from '../ui/icons.tsx';
import { toast } from '../ui/toast.ts';
import s from './panel.module.css';
import { SyncMove } from './sync-move.tsx';

/** The state of sync in words, Salesforce's own text, and the one thing to do about it. */
export function SyncBlock({ task }: { task: Task }) {
  const { t, language } = useT();
  const viewing = useViewing();
  const { sync } = task;
  const { word, why, said, code } = syncWords(t, sync);
  const since = sync.state === 'in_step' ? sync.lastSyncedAt : code && sync.problem?.since;
  return (
    <section className={s.sync} data-state={sync.state}>
      <p className={s.syncWord}>
        <SyncGlyph state={sync.state} />
        <strong>{word}</strong>
        {since && (
          <span className={s.since}>
            {t('sync.since', { when: formatMoment(since, language) })}
          </span>
        )}
        {sync.salesforceUrl && (
          <a href={sync.salesforceUrl} target="_blank" rel="noreferrer" className={s.external}>
            {t('tasks.panel.openInSalesforce')}
            <ExternalIcon size={12} />
          </a>
        )}
      </p>
      {why && <p>{why}</p>}
      {said && (
        <p>
          {t('sync.salesforceSays')} <q>{said}</q>
        </p>
      )}
      {code && <p className={s.code}>{code}</p>}
      <SyncMove task={task} />
      {sync.reason === 'created_before_sync' && !task.trashedAt && !viewing && (
        <button type="button" className={s.textButton} onClick={() => void sendAlso(task.id)}>
          {t('tasks.action.sendAlso')}
        </button>
      )}
    </section>
  );

  async function sendAlso(id: string): Promise<void> {
    try {
      await request(`v1/tasks/${id}/send`, { method: 'POST' });
      toast(t('tasks.done.sentAlso'));
    } catch (fault) {
      toast(problemText(t, fault), { kind: 'failed' });
    }
    refreshTasks();
  }
}
