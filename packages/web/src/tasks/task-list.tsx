import type { Task } from '@tandem/api';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { PlainDate } from '../dates/plain-date.ts';
import { useT } from '../i18n/use-t.ts';
import { useColumns } from './column-choice.ts';
import { ColumnHeader } from './column-header.tsx';
import { type ColumnId, layoutOf } from './columns.ts';
import { useDrag, useTaskDrag } from './drag.ts';
import { daysOfLines, isByDay, type Line } from './group-tasks.ts';
import { Heading } from './list-heading.tsx';
import type { Sort, View } from './list-search.ts';
import { useListState } from './list-state.ts';
import s from './task-list.module.css';
import { TaskRow } from './task-row.tsx';
import { usePressed } from './use-pressed.ts';

const ROW_PX = 40;
const HEADING_PX = 44;
const HEADER_PX = 30;
const LIST_TOP_PX = 8;
/** Rows drawn beyond the edge: a key press never meets an empty place. */
const OVERSCAN = 12;
/** The next page is asked for before the last row comes into sight. */
const LOAD_AHEAD_LINES = 40;
/** What a row is measured with before the page is laid out. */
const WIDTH_FIRST_PX = 1100;

interface Props {
  readonly lines: readonly Line[];
  /** Those of the lines, in the same order. */
  readonly tasks: readonly Task[];
  readonly view: View;
  readonly sort: Sort;
  readonly today: PlainDate;
  readonly openedId: string | undefined;
  readonly onOpen: (id: string) => void;
  readonly onFold: () => void;
  readonly onSort: (sort: Sort) => void;
  readonly onSelectAll: () => void;
  readonly hasMore: boolean;
  readonly onMore: () => void;
  /** The next of what is overdue. */
  readonly onRest: () => void;
}

export function TaskList(props: Props) {
  const { lines, tasks, view, sort, today, openedId, onOpen, hasMore, onMore, onRest } = props;
  const { t } = useT();
  const scroll = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  const width = useWidthOf(inner);
  const columns = useColumns();
  const layout = useMemo(() => layoutOf(columns, width), [columns, width]);
  // Rows care which columns there are, not how wide: sizing one redraws no row.
  const shownIds = layout.columns.map(({ id }) => id).join(' ');
  const columnIds = useMemo(() => shownIds.split(' ').filter(Boolean) as ColumnId[], [shownIds]);
  const activeId = useListState((state) => state.activeId);
  const headerPx = layout.phone ? 0 : HEADER_PX;
  // Every place is reckoned anew for a new function, and only then: also when a heading moved.
  const getItemKey = useCallback((index: number) => keyOf(lines[index], index), [lines]);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => {
      const kind = lines[index]?.kind;
      return kind === 'group' || kind === 'day' ? HEADING_PX : ROW_PX;
    },
    getItemKey,
    overscan: OVERSCAN,
    scrollMargin: headerPx,
    // A heading brings its own room above.
    paddingStart: lines[0]?.kind === 'task' && layout.phone ? LIST_TOP_PX : 0,
    scrollPaddingEnd: 96,
    scrollPaddingStart: HEADING_PX + headerPx,
  });
  const items = virtual.getVirtualItems();
  const lastIndex = items.at(-1)?.index ?? 0;

  useEffect(() => {
    if (hasMore && lastIndex >= lines.length - LOAD_AHEAD_LINES) onMore();
  }, [hasMore, lastIndex, lines.length, onMore]);

  // Asked for where one comes from above. From below, more lines would move what one looks at.
  const restIndex = useMemo(() => lines.findIndex(isMoreToCome), [lines]);
  const seenTo = virtual.range?.endIndex ?? 0;
  useEffect(() => {
    if (restIndex > seenTo && restIndex <= seenTo + LOAD_AHEAD_LINES) onRest();
  }, [restIndex, seenTo, onRest]);

  // A row just added is active before it is there.
  const activeIndex =
    activeId === null
      ? -1
      : lines.findIndex((line) => line.kind === 'task' && line.task.id === activeId);
  const isThere = activeIndex !== -1;
  const pressed = usePressed(scroll);
  // A row that is pressed is in sight. To move it from under the pointer would lose the press.
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the keyboard, not the data
  useEffect(() => {
    if (isThere && !pressed.current) virtual.scrollToIndex(activeIndex, { align: 'auto' });
  }, [activeId, isThere]);

  useTaskDrag(scroll, tasks);
  const dropDay = useDrag((drag) => drag?.target ?? null);
  const days = useMemo(
    () => daysOfLines(lines, today, isByDay(view, sort)),
    [lines, today, view, sort],
  );

  return (
    <div ref={scroll} className={s.scroll} data-phone={layout.phone || undefined}>
      {/* biome-ignore lint/a11y/useSemanticElements: a table element cannot be virtual */}
      <div
        role="grid"
        aria-label={t('tasks.list.label')}
        aria-rowcount={hasMore || restIndex !== -1 ? -1 : lines.length + 1}
        aria-multiselectable="true"
        tabIndex={activeId === null ? 0 : -1}
        style={{ '--columns': layout.template } as React.CSSProperties}
      >
        {!layout.phone && (
          <div className={s.header}>
            <ColumnHeader
              layout={layout}
              sort={sort}
              onSort={props.onSort}
              tasks={tasks}
              onSelectAll={props.onSelectAll}
            />
          </div>
        )}
        {/* biome-ignore lint/a11y/useSemanticElements: a table element cannot be virtual */}
        <div
          ref={inner}
          role="rowgroup"
          className={s.inner}
          style={{ height: virtual.getTotalSize() }}
        >
          {items.map((item) => {
            const line = lines[item.index];
            const day = days[item.index] ?? undefined;
            return (
              line && (
                <div
                  key={item.key}
                  role="presentation"
                  className={s.line}
                  data-day={day}
                  data-drop={(day !== undefined && day === dropDay) || undefined}
                  style={{ transform: `translateY(${item.start - headerPx}px)` }}
                >
                  {line.kind === 'task' ? (
                    <TaskRow
                      task={line.task}
                      today={today}
                      opened={line.task.id === openedId}
                      onOpen={onOpen}
                      rowIndex={item.index + 2}
                      columns={columnIds}
                      syncWord={layout.syncWord}
                    />
                  ) : (
                    <Heading
                      line={line}
                      today={today}
                      onFold={props.onFold}
                      onRest={onRest}
                      rowIndex={item.index + 2}
                    />
                  )}
                </div>
              )
            );
          })}
        </div>
      </div>
      {hasMore && <p className={s.tail}>{t('tasks.list.loadingMore')}</p>}
    </div>
  );
}

function useWidthOf(place: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(WIDTH_FIRST_PX);
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    setWidth(element.clientWidth);
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [place]);
  return width;
}

function keyOf(line: Line | undefined, index: number): string {
  switch (line?.kind) {
    case 'task':
      return line.task.id;
    case 'group':
      return `group-${line.group}`;
    case 'day':
      return `day-${line.date}`;
    case 'empty':
      return `empty-${line.group}`;
    case 'rest':
      return 'rest';
    default:
      return String(index);
  }
}

function isMoreToCome(line: Line): boolean {
  return line.kind === 'rest' && line.state === 'more';
}

/** The tasks of the list in the order of the screen. */
export function tasksOf(lines: readonly Line[]): readonly Task[] {
  return lines.flatMap((line) => (line.kind === 'task' ? [line.task] : []));
}
