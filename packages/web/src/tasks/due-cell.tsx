import type { Task } from '@tandem/api';
import { useViewing } from '../app/viewing.ts';
import type { PlainDate } from '../dates/plain-date.ts';
import { useT } from '../i18n/use-t.ts';
import { dueText } from './due-text.ts';
import { LateDatePopover } from './late-date-popover.tsx';
import { setListState, useListState } from './list-state.ts';
import { focusActiveTask } from './move-focus.ts';
import { setDueDate } from './task-actions.ts';
import s from './task-list.module.css';

export function DueCell({ task, today }: { task: Task; today: PlainDate }) {
  const { t, language } = useT();
  const viewing = useViewing();
  const dating = useListState((state) => state.dating === task.id);
  const text = task.dueDate ? dueText(t, task.dueDate, today, language) : '';
  const overdue = task.status === 'open' && task.dueDate !== null && task.dueDate < today;
  const button = (
    <button
      type="button"
      tabIndex={-1}
      className={s.dueButton}
      data-overdue={overdue || undefined}
      disabled={viewing || task.trashedAt !== null}
      aria-label={text ? t('tasks.date.set', { date: text }) : t('tasks.date.unset')}
      onClick={(event) => {
        event.stopPropagation();
        setListState({ dating: dating ? null : task.id, activeId: task.id });
      }}
    >
      {text}
    </button>
  );
  if (!dating) return button;
  return (
    <LateDatePopover
      value={task.dueDate}
      onChange={(date) => void setDueDate([task], date)}
      onClose={() => {
        setListState({ dating: null });
        focusActiveTask();
      }}
    >
      {button}
    </LateDatePopover>
  );
}
