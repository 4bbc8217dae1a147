import type { Task } from '@tandem/api';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { longDate } from '../dates/format-date.ts';
import { addDays, type PlainDate } from '../dates/plain-date.ts';
import { useT } from '../i18n/use-t.ts';
import { ChevronIcon } from '../ui/icons.tsx';
import type { Line } from './group-tasks.ts';
import { useListState } from './list-state.ts';
import s from './task-list.module.css';
import { TaskRow } from './task-row.tsx';

const ROW_PX = 40;
const HEADING_PX = 44;
const LIST_TOP_PX = 8;
/** Rows drawn beyond the edge: a key press never meets an empty place. */
const OVERSCAN = 12;
/** The next page is asked for before the last row comes into sight. */
const LOAD_AHEAD_LINES = 40;

interface Props {
  readonly lines: readonly Line[];
  readonly today: PlainDate;
  readonly openedId: string | undefined;
  readonly onOpen: (id: string) => void;
  readonly onFold: () => void;
  readonly hasMore: boolean;
  readonly onMore: () => void;
}

export function TaskList({ lines, today, openedId, onOpen, onFold, hasMore, onMore }: Props) {
  const { t } = useT();
  const scroll = useRef<HTMLDivElement>(null);
  const activeId = useListState((state) => state.activeId);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => {
      const kind = lines[index]?.kind;
      return kind === 'group' || kind === 'day' ? HEADING_PX : ROW_PX;
    },
    getItemKey: (index) => keyOf(lines[index], index),
    overscan: OVERSCAN,
    // A heading brings its own room above.
    paddingStart: lines[0]?.kind === 'task' ? LIST_TOP_PX : 0,
    scrollPaddingEnd: 96,
    scrollPaddingStart: HEADING_PX,
  });
  const items = virtual.getVirtualItems();
  const lastIndex = items.at(-1)?.index ?? 0;

  useEffect(() => {
    if (hasMore && lastIndex >= lines.length - LOAD_AHEAD_LINES) onMore();
  }, [hasMore, lastIndex, lines.length, onMore]);

  // Headings and rows differ in height, and lines move when lists are read again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew for new lines
  useEffect(() => virtual.measure(), [lines]);

  // A row just added is active before it is there.
  const activeIndex =
    activeId === null
      ? -1
      : lines.findIndex((line) => line.kind === 'task' && line.task.id === activeId);
  const isThere = activeIndex !== -1;
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the keyboard, not the data
  useEffect(() => {
    if (isThere) virtual.scrollToIndex(activeIndex, { align: 'auto' });
  }, [activeId, isThere]);

  return (
    <div ref={scroll} className={s.scroll}>
      {/* biome-ignore lint/a11y/useSemanticElements: a table element cannot be virtual */}
      <div
        role="grid"
        aria-label={t('tasks.list.label')}
        aria-rowcount={hasMore ? -1 : lines.length}
        aria-multiselectable="true"
        className={s.inner}
        style={{ height: virtual.getTotalSize() }}
        tabIndex={activeId === null ? 0 : -1}
      >
        {items.map((item) => {
          const line = lines[item.index];
          return (
            line && (
              <div
                key={item.key}
                role="presentation"
                className={s.line}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {line.kind === 'task' ? (
                  <TaskRow
                    task={line.task}
                    today={today}
                    opened={line.task.id === openedId}
                    onOpen={onOpen}
                    rowIndex={item.index + 1}
                  />
                ) : (
                  <Heading line={line} today={today} onFold={onFold} rowIndex={item.index + 1} />
                )}
              </div>
            )
          );
        })}
      </div>
      {hasMore && <p className={s.tail}>{t('tasks.list.loadingMore')}</p>}
    </div>
  );
}

interface HeadingProps {
  readonly line: Exclude<Line, { kind: 'task' }>;
  readonly today: PlainDate;
  readonly onFold: () => void;
  readonly rowIndex: number;
}

function Heading({ line, today, onFold, rowIndex }: HeadingProps) {
  const { t, language } = useT();
  if (line.kind === 'empty') {
    return (
      <GridLine className={s.emptyDay} rowIndex={rowIndex}>
        {t(`tasks.empty.${line.group}`)}
      </GridLine>
    );
  }
  if (line.kind === 'day') {
    return (
      <GridLine className={s.group} rowIndex={rowIndex}>
        <h2>{dayTitle(line.date)}</h2>
      </GridLine>
    );
  }
  if (line.open !== null) {
    return (
      <GridLine className={s.group} rowIndex={rowIndex}>
        <button
          type="button"
          className={s.fold}
          aria-expanded={line.open}
          disabled={line.count === 0}
          onClick={onFold}
        >
          <ChevronIcon size={12} />
          {t('tasks.groups.overdue')}
          <span className={line.count ? s.alarm : s.groupCount}>{line.count ?? '…'}</span>
        </button>
      </GridLine>
    );
  }
  const date =
    line.group === 'today' ? today : line.group === 'tomorrow' ? addDays(today, 1) : null;
  return (
    <GridLine className={s.group} rowIndex={rowIndex}>
      <h2>{t(`tasks.groups.${line.group}`)}</h2>
      {date && <span className={s.groupDate}>{longDate(date, language)}</span>}
      {line.count !== null && <span className={s.groupCount}>{line.count}</span>}
    </GridLine>
  );

  function dayTitle(day: PlainDate): string {
    const near = day === today ? 'today' : day === addDays(today, 1) ? 'tomorrow' : null;
    const long = longDate(day, language);
    return near ? `${t(`common.${near}`)} · ${long}` : long;
  }
}

function GridLine(props: {
  className: string | undefined;
  rowIndex: number;
  children: React.ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: headings are read, not operated
    // biome-ignore lint/a11y/useSemanticElements: table rows cannot be virtual
    <div role="row" aria-rowindex={props.rowIndex}>
      {/* biome-ignore lint/a11y/useFocusableInteractive: headings are read, not operated */}
      {/* biome-ignore lint/a11y/useSemanticElements: table rows cannot be virtual */}
      <div role="gridcell" aria-colspan={9} className={props.className}>
        {props.children}
      </div>
    </div>
  );
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
    default:
      return String(index);
  }
}

/** The tasks of the list in the order of the screen. */
export function tasksOf(lines: readonly Line[]): readonly Task[] {
  return lines.flatMap((line) => (line.kind === 'task' ? [line.task] : []));
}
