import type { Task } from '@tandem/api';
import { type MouseEvent, memo, type ReactNode, useEffect, useRef } from 'react';
import { useViewing } from '../app/viewing.ts';
import type { PlainDate } from '../dates/plain-date.ts';
import { useT } from '../i18n/use-t.ts';
import { CheckCircle } from './check-circle.tsx';
import { ColumnCell } from './column-cell.tsx';
import type { ColumnId } from './columns.ts';
import { selectTo, setListState, toggleSelected, useListState } from './list-state.ts';
import { takeFocusWish } from './move-focus.ts';
import { NameEditor } from './name-editor.tsx';
import { usePendingTask } from './pending.ts';
import s from './task-list.module.css';
import { TYPE_ICONS } from './type-icon.ts';

interface Props {
  readonly task: Task;
  readonly today: PlainDate;
  readonly opened: boolean;
  readonly onOpen: (id: string) => void;
  readonly rowIndex: number;
  readonly columns: readonly ColumnId[];
  readonly syncWord: boolean;
}

/** 40 px of a task. Everything a pointer can do here, the keyboard can do too (shortcuts.ts). */
export const TaskRow = memo(function TaskRow(props: Props) {
  const { today, opened, onOpen, rowIndex, columns, syncWord } = props;
  const task = usePendingTask(props.task);
  const { t } = useT();
  const viewing = useViewing();
  const row = useRef<HTMLDivElement>(null);
  const active = useListState((state) => state.activeId === task.id);
  /** While adding, the row keeps showing where the last one went. */
  const latest = useListState((state) => state.composing && state.activeId === task.id);
  const selected = useListState((state) => state.selected.has(task.id));
  const editing = useListState((state) => (state.editing?.id === task.id ? state.editing : null));
  const TypeIcon = TYPE_ICONS[task.type];

  useEffect(() => {
    if (active && takeFocusWish(task.id)) row.current?.focus({ preventScroll: true });
  });

  const onClick = (event: MouseEvent) => {
    if (event.defaultPrevented) return;
    if (event.shiftKey) return selectTo(task.id);
    setListState({ activeId: task.id });
    if (event.metaKey || event.ctrlKey) toggleSelected(task.id);
    else onOpen(task.id);
  };

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter on the row is among the list's shortcuts
    // biome-ignore lint/a11y/useSemanticElements: table rows cannot be virtual
    <div
      ref={row}
      role="row"
      id={`task-${task.id}`}
      aria-rowindex={rowIndex}
      aria-selected={selected}
      className={s.row}
      data-done={task.status === 'complete' || undefined}
      data-opened={opened || undefined}
      data-latest={latest || undefined}
      tabIndex={active ? 0 : -1}
      onClick={onClick}
      onFocus={() => setListState({ activeId: task.id })}
    >
      <Cell className={s.select}>
        <input
          type="checkbox"
          tabIndex={-1}
          checked={selected}
          disabled={viewing}
          aria-label={t('tasks.columns.select', { name: task.name })}
          onClick={(event) => {
            event.stopPropagation();
            if (event.shiftKey) selectTo(task.id);
          }}
          onChange={(event) => {
            if (!(event.nativeEvent as PointerEvent).shiftKey) toggleSelected(task.id);
          }}
        />
      </Cell>
      <Cell>
        <CheckCircle task={task} />
      </Cell>
      <Cell className={s.type}>
        <TypeIcon />
        <span className="visually-hidden">{t(`tasks.type.${task.type}`)}</span>
      </Cell>
      <Cell className={s.name}>
        {editing ? <NameEditor task={task} editing={editing} /> : <span>{task.name}</span>}
      </Cell>
      {columns.map((id) => (
        <Cell key={id} className={s[id]}>
          <ColumnCell id={id} task={task} today={today} syncWord={syncWord} />
        </Cell>
      ))}
    </div>
  );
});

function Cell({ className, children }: { className?: string | undefined; children?: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the row takes the focus, as in any list of rows
    // biome-ignore lint/a11y/useSemanticElements: table rows cannot be virtual
    <div role="gridcell" className={className}>
      {children}
    </div>
  );
}
