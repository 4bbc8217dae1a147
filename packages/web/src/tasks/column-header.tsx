import type { Task } from '@tandem/api';
import { type PointerEvent, useRef } from 'react';
import { useT } from '../i18n/use-t.ts';
import { FlagIcon } from '../ui/icons.tsx';
import { changeColumns } from './column-choice.ts';
import s from './column-header.module.css';
import {
  type Column,
  type ColumnId,
  type Layout,
  minWidth,
  moveColumn,
  resizeColumn,
  WIDTH_MAX,
} from './columns.ts';
import type { Sort } from './list-search.ts';
import { clearSelection, useListState } from './list-state.ts';

/** The line above the rows: names that sort, edges that size, and a column can be dragged elsewhere. */
interface Props {
  readonly layout: Layout;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly tasks: readonly Task[];
  readonly onSelectAll: () => void;
}

/** Ascending and descending; what has one order only stands alone. */
const SORTS: Partial<Record<ColumnId | 'name', readonly Sort[]>> = {
  name: ['name', '-name'],
  due: ['dueDate', '-dueDate'],
  priority: ['-priority'],
  updated: ['-updatedAt'],
};

export function ColumnHeader({ layout, sort, onSort, tasks, onSelectAll }: Props) {
  const { t } = useT();
  const selected = useListState((state) => state.selected.size);
  const all = tasks.length > 0 && selected >= tasks.length;
  const head = (id: ColumnId | 'name') => (
    <SortButton id={id} sort={sort} onSort={onSort}>
      {id === 'priority' ? <FlagIcon size={12} /> : t(`center.columns.${id}`)}
    </SortButton>
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table element cannot be virtual
    <div role="rowgroup">
      {/* biome-ignore lint/a11y/useFocusableInteractive: its cells hold what can be operated */}
      {/* biome-ignore lint/a11y/useSemanticElements: table rows cannot be virtual */}
      <div role="row" className={s.header} aria-rowindex={1}>
        <Head className={s.select}>
          <input
            type="checkbox"
            checked={all}
            ref={(box) => {
              if (box) box.indeterminate = selected > 0 && !all;
            }}
            aria-label={t('center.selectAll')}
            onChange={() => (all ? clearSelection() : onSelectAll())}
          />
        </Head>
        <Head />
        <Head>
          <span className="visually-hidden">{t('tasks.field.type')}</span>
        </Head>
        <Head sorted={sortedBy('name', sort)}>{head('name')}</Head>
        {layout.columns.map((column) => (
          <Head key={column.id} column={column} sorted={sortedBy(column.id, sort)}>
            {column.id === 'sync' && !layout.syncWord ? (
              <span className="visually-hidden">{t('center.columns.sync')}</span>
            ) : (
              head(column.id)
            )}
          </Head>
        ))}
      </div>
    </div>
  );
}

type Sorted = 'ascending' | 'descending' | undefined;

function sortedBy(id: ColumnId | 'name', sort: Sort): Sorted {
  if (!SORTS[id]?.includes(sort)) return undefined;
  return sort.startsWith('-') ? 'descending' : 'ascending';
}

function Head(props: {
  className?: string | undefined;
  column?: Column;
  sorted?: Sorted;
  children?: React.ReactNode;
}) {
  const { className, column, sorted, children } = props;
  const drag = useColumnDrag(column?.id);
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: it holds what can be operated
    // biome-ignore lint/a11y/useSemanticElements: table rows cannot be virtual
    <div
      role="columnheader"
      className={[s.head, className].filter(Boolean).join(' ')}
      aria-sort={sorted}
      data-column={column?.id}
      {...drag}
    >
      {column && <Edge column={column} />}
      {children}
    </div>
  );
}

function SortButton(props: {
  id: ColumnId | 'name';
  sort: Sort;
  onSort: (sort: Sort) => void;
  children: React.ReactNode;
}) {
  const { id, sort, onSort, children } = props;
  const { t } = useT();
  const orders = SORTS[id];
  const [first] = orders ?? [];
  if (!orders || !first) return <span className={s.name}>{children}</span>;
  const next = orders[(orders.indexOf(sort) + 1) % orders.length] ?? first;
  return (
    <button
      type="button"
      className={s.name}
      aria-label={t('center.sortBy', { column: t(`center.columns.${id}`) })}
      onClick={() => onSort(next)}
    >
      {children}
      {orders.includes(sort) && <span aria-hidden="true">{sort.startsWith('-') ? '↓' : '↑'}</span>}
    </button>
  );
}

const STEP_PX = 8;

/** The left edge of a column: everything after the name is set against the right side of the page. */
function Edge({ column: { id, width } }: { column: Column }) {
  const { t } = useT();
  const from = useRef({ x: 0, width });
  const set = (next: number) => changeColumns((columns) => resizeColumn(columns, id, next));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be moved
    <div
      role="separator"
      tabIndex={0}
      className={s.edge}
      aria-orientation="vertical"
      aria-label={t('center.width', { column: t(`center.columns.${id}`) })}
      aria-valuenow={width}
      aria-valuemin={minWidth(id)}
      aria-valuemax={WIDTH_MAX}
      onPointerDown={(event) => {
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { x: event.clientX, width };
      }}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        set(from.current.width + from.current.x - event.clientX);
      }}
      onKeyDown={(event) => {
        const by = event.key === 'ArrowLeft' ? STEP_PX : event.key === 'ArrowRight' ? -STEP_PX : 0;
        if (by === 0) return;
        event.preventDefault();
        set(width + by);
      }}
    />
  );
}

const DRAG_FROM_PX = 6;

/** A column follows the pointer from place to place. The menu of columns does the same for the keyboard. */
function useColumnDrag(id: ColumnId | undefined) {
  const start = useRef<number | null>(null);
  if (id === undefined) return {};
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      start.current = event.clientX;
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (start.current === null || event.buttons !== 1) return;
      if (Math.abs(event.clientX - start.current) < DRAG_FROM_PX) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const under = [...document.querySelectorAll<HTMLElement>('[data-column]')].find((head) => {
        const { left, right } = head.getBoundingClientRect();
        return event.clientX >= left && event.clientX < right;
      });
      const at = under?.dataset.column as ColumnId | undefined;
      if (at && at !== id) changeColumns((columns) => moveColumn(columns, id, at));
    },
    onPointerUp: () => {
      start.current = null;
    },
  };
}
