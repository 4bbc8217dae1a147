import type { Task } from '@tandem/api';
import { useViewing } from '../app/viewing.ts';
import { useT } from '../i18n/use-t.ts';
import { CheckIcon, RestoreIcon } from '../ui/icons.tsx';
import s from './check-circle.module.css';
import { restoreTasks, toggleComplete } from './task-actions.ts';

export function CheckCircle({ task, focusable = false }: { task: Task; focusable?: boolean }) {
  const { t } = useT();
  const viewing = useViewing();
  const done = task.status === 'complete';
  const tabIndex = focusable ? 0 : -1;
  if (task.trashedAt) {
    return (
      <button
        type="button"
        className={s.restore}
        tabIndex={tabIndex}
        disabled={viewing}
        aria-label={`${t('tasks.action.restore')}: ${task.name}`}
        onClick={(event) => {
          event.stopPropagation();
          void restoreTasks([task]);
        }}
      >
        <RestoreIcon />
      </button>
    );
  }
  return (
    <button
      type="button"
      className={s.circle}
      data-done={done || undefined}
      tabIndex={tabIndex}
      disabled={viewing}
      aria-label={t(done ? 'tasks.action.reopen' : 'tasks.action.complete', { name: task.name })}
      onClick={(event) => {
        event.stopPropagation();
        void toggleComplete([task]);
      }}
    >
      <span>
        <CheckIcon size={12} />
      </span>
    </button>
  );
}
