import type { Task } from '@tandem/api';
import { useMemo } from 'react';
import { useT } from '../i18n/use-t.ts';
import { openPalette } from '../palette/palette-state.ts';
import {
  AccountIcon,
  CalendarIcon,
  CheckIcon,
  CloseIcon,
  RestoreIcon,
  TrashIcon,
} from '../ui/icons.tsx';
import s from './bulk-bar.module.css';
import { keyFor } from './keys.ts';
import { LateDatePopover } from './late-date-popover.tsx';
import { clearSelection, setListState, useListState } from './list-state.ts';
import { restoreTasks, setDueDate, toggleComplete, trashTasks } from './task-actions.ts';
import { useMayAssign } from './use-may-assign.ts';

/** What can be done to the selection; every button is a key as well. */
export function BulkBar(props: {
  readonly shown: readonly Task[];
  readonly inTrash: boolean;
  /** While the rest of the list is read, so that all of it can be selected. */
  readonly loading: boolean;
}) {
  const { shown, inTrash, loading } = props;
  const { t } = useT();
  // Read here and not in the page: selecting a row must not redraw ten thousand.
  const ids = useListState((state) => state.selected);
  const tasks = useMemo(() => shown.filter((task) => ids.has(task.id)), [shown, ids]);
  const dating = useListState((state) => state.dating === 'bulk');
  const mayAssign = useMayAssign();
  if (tasks.length === 0) return null;
  const act = (action: Promise<void>) => {
    clearSelection();
    void action;
  };
  const date = (
    <button type="button" onClick={() => setListState({ dating: 'bulk' })}>
      <CalendarIcon size={14} />
      <span>{t('tasks.action.date')}</span>
    </button>
  );
  return (
    <div className={s.bar} role="toolbar" aria-label={t('tasks.bulk.label')}>
      <span className={s.count}>
        {loading
          ? t('center.selectingAll', { count: tasks.length })
          : t('tasks.bulk.selected', { count: tasks.length })}
      </span>
      {inTrash ? (
        <button type="button" onClick={() => act(restoreTasks(tasks))}>
          <RestoreIcon size={14} />
          <span>{t('tasks.action.restore')}</span>
        </button>
      ) : (
        <>
          <button type="button" onClick={() => act(toggleComplete(tasks))}>
            <CheckIcon size={14} />
            <span>
              {t(
                tasks.some((task) => task.status === 'open')
                  ? 'tasks.action.completeShort'
                  : 'tasks.action.reopenShort',
              )}
            </span>
          </button>
          {dating ? (
            <LateDatePopover
              value={null}
              onChange={(chosen) => act(setDueDate(tasks, chosen))}
              onClose={() => setListState({ dating: null })}
            >
              {date}
            </LateDatePopover>
          ) : (
            date
          )}
          {mayAssign && (
            <button
              type="button"
              aria-keyshortcuts={keyFor('assign')}
              onClick={() => openPalette('assign')}
            >
              <AccountIcon size={14} />
              <span>{t('center.assign.button')}</span>
            </button>
          )}
          <button type="button" onClick={() => act(trashTasks(tasks))}>
            <TrashIcon size={14} />
            <span>{t('tasks.action.delete')}</span>
          </button>
        </>
      )}
      <button type="button" aria-label={t('tasks.bulk.clear')} onClick={clearSelection}>
        <CloseIcon size={14} />
      </button>
    </div>
  );
}
