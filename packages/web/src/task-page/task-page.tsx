import { Button } from '@mantine/core';
import type { Task } from '@tandem/api';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { ApiProblem } from '../api/client.ts';
import { taskQuery } from '../api/queries.ts';
import { formatMoment } from '../dates/format-date.ts';
import { useT } from '../i18n/use-t.ts';
import { History } from '../panel/history.tsx';
import panel from '../panel/panel.module.css';
import { SyncBlock } from '../panel/sync-block.tsx';
import { TaskFields } from '../panel/task-fields.tsx';
import { TextField } from '../panel/text-field.tsx';
import { CheckCircle } from '../tasks/check-circle.tsx';
import { nameFault } from '../tasks/name-editor.tsx';
import { usePending } from '../tasks/pending.ts';
import { restoreTasks, saveField, trashTasks } from '../tasks/task-actions.ts';
import { LoadFault } from '../ui/error-page.tsx';
import { BackIcon, TrashIcon } from '../ui/icons.tsx';
import { PageSkeleton } from '../ui/page-skeleton.tsx';
import { SidesTable } from './sides-table.tsx';
import s from './task-page.module.css';

/** One task as a page: its fields, both sides next to each other, and everything that happened to it. */
export function TaskPage() {
  const { id } = useParams({ from: '/frame/tasks/$id' });
  const { t } = useT();
  const query = useQuery(taskQuery(id));
  const [task] = usePending(query.data ? [query.data] : []) ?? [];
  return (
    <div className={s.scroll}>
      <div className={s.column}>
        <Link to="/" className={s.back}>
          <BackIcon size={14} />
          {t('taskPage.back')}
        </Link>
        {task ? (
          <Body key={task.id} task={task} />
        ) : query.isError ? (
          isGone(query.error) ? (
            <div className={s.gone}>
              <h1>{t('taskPage.goneTitle')}</h1>
              <p>{t('taskPage.goneText')}</p>
            </div>
          ) : (
            <LoadFault fault={query.error} retry={() => void query.refetch()} />
          )
        ) : (
          <PageSkeleton />
        )}
      </div>
    </div>
  );
}

/** What is not there, and what is not for the reader: the server does not tell them apart, on purpose. */
function isGone(fault: unknown): boolean {
  return fault instanceof ApiProblem && (fault.status === 404 || fault.status === 400);
}

function Body({ task }: { task: Task }) {
  const { t, language } = useT();
  const inTrash = task.trashedAt !== null;
  useEffect(() => {
    document.title = `${task.name} · Tandem`;
    return () => {
      document.title = 'Tandem';
    };
  }, [task.name]);
  return (
    <article>
      {inTrash && (
        <div className={s.trashed} role="status">
          <span>
            {t('taskPage.inTrash', { date: formatMoment(task.trashedAt ?? '', language) })}
          </span>
          <Button size="compact-sm" variant="default" onClick={() => void restoreTasks([task])}>
            {t('taskPage.restore')}
          </Button>
        </div>
      )}
      <header className={s.header}>
        <h1 className={s.srOnly}>{task.name}</h1>
        <CheckCircle task={task} focusable />
        <div className={s.title}>
          <TextField
            task={task}
            label={t('tasks.field.name')}
            kind="title"
            value={task.name}
            disabled={inTrash}
            store={(name) => saveField(task, { name: name.trim() })}
            fault={(name) => nameFault(name.trim()) ?? null}
          />
        </div>
        {!inTrash && (
          <button
            type="button"
            className={panel.iconButton}
            aria-label={t('tasks.action.delete')}
            onClick={() => void trashTasks([task])}
          >
            <TrashIcon />
          </button>
        )}
      </header>
      <div className={s.grid}>
        <section aria-labelledby="fields" className={s.block}>
          <h2 id="fields">{t('taskPage.fields')}</h2>
          <TaskFields task={task} />
        </section>
        <section aria-labelledby="sides" className={s.block}>
          <h2 id="sides">{t('taskPage.sides')}</h2>
          <SyncBlock task={task} />
          <SidesTable task={task} />
        </section>
      </div>
      <section aria-labelledby="history" className={s.block}>
        <h2 id="history">{t('taskPage.history')}</h2>
        <div className={s.history}>
          <History taskId={task.id} inTrash={inTrash} />
        </div>
      </section>
    </article>
  );
}
