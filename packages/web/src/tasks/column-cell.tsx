import type { Task } from '@tandem/api';
import { useQuery } from '@tanstack/react-query';
import { membersQuery } from '../api/queries.ts';
import { formatMoment } from '../dates/format-date.ts';
import type { PlainDate } from '../dates/plain-date.ts';
import { useT } from '../i18n/use-t.ts';
import { SyncGlyph } from '../sync/sync-glyph.tsx';
import { syncLine } from '../sync/sync-words.ts';
import { FlagIcon } from '../ui/icons.tsx';
import { Tip } from '../ui/tip.tsx';
import type { ColumnId } from './columns.ts';
import { DueCell } from './due-cell.tsx';
import s from './task-list.module.css';

interface Props {
  readonly id: ColumnId;
  readonly task: Task;
  readonly today: PlainDate;
  readonly syncWord: boolean;
}

/** What stands in one column of a row. */
export function ColumnCell({ id, task, today, syncWord }: Props) {
  const { t, language } = useT();
  switch (id) {
    case 'person':
      return task.person?.name;
    case 'related':
      return task.related?.name;
    case 'owner':
      return <OwnerName id={task.ownerId} />;
    case 'salesforceStatus':
      return task.sync.salesforceStatus;
    case 'updated':
      return formatMoment(task.updatedAt, language);
    case 'due':
      return <DueCell task={task} today={today} />;
    case 'priority':
      return task.priority === 'high' ? (
        <>
          <FlagIcon />
          <span className="visually-hidden">{t('tasks.priority.high')}</span>
        </>
      ) : null;
    case 'sync':
      return <SyncCell task={task} syncWord={syncWord} />;
  }
}

/** The state in words, and the way to the record in Salesforce (B9.3); the key `s` goes there too. */
function SyncCell({ task: { sync }, syncWord }: { task: Task; syncWord: boolean }) {
  const { t, language } = useT();
  const word = t(`sync.state.${sync.state}`);
  const words = syncLine(t, sync, language);
  const inside = (
    <>
      <SyncGlyph state={sync.state} />
      {syncWord ? (
        <>
          <span className={s.syncWord}>{word}</span>
          <span className="visually-hidden">{words.slice(word.length)}</span>
        </>
      ) : (
        <span className="visually-hidden">{words}</span>
      )}
    </>
  );
  const opens = sync.salesforceUrl ? ` · ${t('tasks.panel.openInSalesforce')}` : '';
  return (
    <Tip text={words + opens}>
      {sync.salesforceUrl ? (
        <a
          href={sync.salesforceUrl}
          target="_blank"
          rel="noreferrer"
          tabIndex={-1}
          className={s.syncLink}
          data-state={sync.state}
          draggable={false}
          onClick={(event) => event.stopPropagation()}
        >
          {inside}
          <span className="visually-hidden">{opens}</span>
        </a>
      ) : (
        <span className={s.syncLink} data-state={sync.state}>
          {inside}
        </span>
      )}
    </Tip>
  );
}

function OwnerName({ id }: { id: string }) {
  const members = useQuery(membersQuery).data?.members;
  return members?.find(({ userId }) => userId === id)?.name;
}
