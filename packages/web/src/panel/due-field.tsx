import type { Task } from '@tandem/api';
import { useId, useState } from 'react';
import { formatDate } from '../dates/format-date.ts';
import { useT } from '../i18n/use-t.ts';
import { DatePopover } from '../tasks/date-popover.tsx';
import { setDueDate } from '../tasks/task-actions.ts';
import { CalendarIcon } from '../ui/icons.tsx';
import s from './panel.module.css';

export function DueField({ task, disabled }: { task: Task; disabled: boolean }) {
  const { t, language } = useT();
  const id = useId();
  const [open, setOpen] = useState(false);
  const text = task.dueDate
    ? formatDate(task.dueDate, language, {
        weekday: 'long',
        day: 'numeric',
        month: 'long',
        year: 'numeric',
      })
    : t('tasks.date.noDate');
  const button = (
    <button
      type="button"
      className={s.input}
      disabled={disabled}
      aria-labelledby={`${id} ${id}-value`}
      onClick={() => setOpen(!open)}
    >
      <CalendarIcon size={14} />
      <span id={`${id}-value`}>{text}</span>
    </button>
  );
  return (
    <div className={s.field}>
      <span id={id} className={s.label}>
        {t('tasks.field.dueDate')}
      </span>
      <div className={s.value}>
        {open ? (
          <DatePopover
            value={task.dueDate}
            onChange={(date) => void setDueDate([task], date)}
            onClose={() => setOpen(false)}
          >
            {button}
          </DatePopover>
        ) : (
          button
        )}
      </div>
    </div>
  );
}
