import type { Task } from '@tandem/api';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { ApiProblem } from '../api/client.ts';
import { type TaskPage, taskQuery } from '../api/queries.ts';
import { queryClient } from '../api/query-client.ts';
import { useViewing } from '../app/viewing.ts';
import { formatMoment } from '../dates/format-date.ts';
import { useT } from '../i18n/use-t.ts';
import { CheckCircle } from '../tasks/check-circle.tsx';
import { nameFault } from '../tasks/name-editor.tsx';
import { usePending } from '../tasks/pending.ts';
import { saveField, trashTasks } from '../tasks/task-actions.ts';
import { LoadFault } from '../ui/error-page.tsx';
import { CloseIcon, PageIcon, TrashIcon } from '../ui/icons.tsx';
import { PageSkeleton } from '../ui/page-skeleton.tsx';
import { BothSides } from './both-sides.tsx';
import { History } from './history.tsx';
import s from './panel.module.css';
import { SyncBlock } from './sync-block.tsx';
import { TaskFields } from './task-fields.tsx';
import { TextField } from './text-field.tsx';

/** A task beside the list: fields on top, then both sides, then what happened. */
export function TaskPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useT();
  const [opened] = useState(() => fromLists(id));
  const copy = () => fromLists(id) ?? opened;
  const query = useQuery({ ...taskQuery(id), placeholderData: copy });
  const isGone = query.error instanceof ApiProblem && query.error.status === 404;
  // A read that fails must not take the fields away from who types in them.
  const shown = query.data ?? (isGone ? undefined : copy());
  const isCopy = query.data === undefined || query.isPlaceholderData;
  // Also while it is tried again: the fields below must not jump.
  const isUnread = isCopy && query.isFetchedAfterMount;
  const [task] = usePending(shown ? [shown] : []) ?? [];
  const panel = useRef<HTMLElement>(null);
  // Where the panel covers the list, the keyboard goes with the eyes.
  useEffect(() => {
    if (window.matchMedia('(max-width: 1099px)').matches) panel.current?.focus();
  }, []);
  return (
    <aside ref={panel} tabIndex={-1} className={s.panel} aria-label={t('tasks.panel.label')}>
      {task ? (
        <TaskBody task={task} onClose={onClose}>
          {isUnread && (
            <p className={s.remark}>
              {t('tasks.panel.unread')}{' '}
              <button
                type="button"
                className={s.textButton}
                onClick={() => {
                  // The button goes when it is read.
                  panel.current?.focus();
                  void query.refetch();
                }}
              >
                {t('common.retry')}
              </button>
            </p>
          )}
        </TaskBody>
      ) : (
        <>
          <div className={s.bar}>
            <CloseButton onClose={onClose} />
          </div>
          {query.isError ? (
            isGone ? (
              <p className={s.gone}>{t('tasks.panel.gone')}</p>
            ) : (
              <LoadFault fault={query.error} retry={() => void query.refetch()} />
            )
          ) : (
            <PageSkeleton />
          )}
        </>
      )}
    </aside>
  );
}

function TaskBody({
  task,
  onClose,
  children,
}: {
  task: Task;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t, language } = useT();
  const viewing = useViewing();
  return (
    <>
      <div className={s.bar}>
        <CheckCircle task={task} focusable />
        <span className={s.status}>{t(`tasks.status.${task.status}`)}</span>
        {!task.trashedAt && !viewing && (
          <button
            type="button"
            className={s.iconButton}
            aria-label={t('tasks.action.delete')}
            onClick={() => {
              onClose();
              void trashTasks([task]);
            }}
          >
            <TrashIcon />
          </button>
        )}
        {/* Of its own, a page would be no look any more. */}
        {!viewing && (
          <Link
            to="/tasks/$id"
            params={{ id: task.id }}
            className={s.iconButton}
            aria-label={t('taskPage.openAsPage')}
            title={t('taskPage.openAsPage')}
          >
            <PageIcon size={15} />
          </Link>
        )}
        <CloseButton onClose={onClose} />
      </div>
      <div className={s.scroll}>
        <div role="status">{children}</div>
        {task.trashedAt && (
          <p className={s.remark}>
            {t('tasks.panel.inTrash', { date: formatMoment(task.trashedAt, language) })}
          </p>
        )}
        <TextField
          task={task}
          label={t('tasks.field.name')}
          kind="title"
          value={task.name}
          disabled={viewing || task.trashedAt !== null}
          store={(name) => saveField(task, { name: name.trim() })}
          fault={(name) => nameFault(name.trim()) ?? null}
        />
        <SyncBlock task={task} />
        <section aria-label={t('tasks.panel.fields')} className={s.fields}>
          <TaskFields task={task} />
        </section>
        <section className={s.section}>
          <h2>{t('tasks.panel.sides')}</h2>
          <BothSides task={task} />
        </section>
        <section className={s.section}>
          <h2>{t('tasks.panel.history')}</h2>
          <History taskId={task.id} inTrash={task.trashedAt !== null} />
        </section>
      </div>
    </>
  );
}

function CloseButton({ onClose }: { onClose: () => void }) {
  const { t } = useT();
  return (
    <button
      type="button"
      className={s.iconButton}
      aria-label={t('tasks.panel.close')}
      onClick={onClose}
    >
      <CloseIcon />
    </button>
  );
}

/** The list has the task already: the panel opens at once and fills in what is newer. */
function fromLists(id: string): Task | undefined {
  const lists = queryClient.getQueriesData<{ pages: TaskPage[] }>({ queryKey: ['tasks', 'list'] });
  for (const [, data] of lists) {
    for (const page of data?.pages ?? []) {
      const found = page.tasks.find((task) => task.id === id);
      if (found) return found;
    }
  }
  return undefined;
}
