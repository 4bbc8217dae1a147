import type { Task } from '@tandem/api';
import { addDays, type PlainDate } from '../dates/plain-date.ts';
import type { Sort, View } from './list-search.ts';

/** The list as lines: headings and tasks in one flat array, which is what a virtual list wants. */

export type GroupKey = 'overdue' | 'today' | 'tomorrow' | 'next_7_days' | 'later' | 'no_date';

export type Line =
  | {
      readonly kind: 'group';
      readonly group: GroupKey;
      /** Null while it is not known. */
      readonly count: number | null;
      /** Only a fold can be opened and closed. */
      readonly open: boolean | null;
    }
  | { readonly kind: 'day'; readonly date: PlainDate }
  | { readonly kind: 'task'; readonly task: Task }
  | { readonly kind: 'empty'; readonly group: 'today' | 'tomorrow' }
  | {
      /** What is overdue beyond those that were read. */
      readonly kind: 'rest';
      readonly state: Rest;
      readonly shown: number;
      readonly count: number | null;
    };

export type Rest = 'more' | 'loading' | 'failed';

export interface Fold {
  readonly open: boolean;
  readonly count: number | null;
  readonly tasks: readonly Task[];
  /** Null when all of them were read. */
  readonly rest: Rest | null;
}

/** How much there is beside what was read. */
export interface Whole {
  /** More pages are to come. */
  readonly hasMore: boolean;
  /** As the server counts; null while that is not known. */
  readonly today: number | null;
  readonly tomorrow: number | null;
}

export function linesOf(
  tasks: readonly Task[],
  view: View,
  sort: Sort,
  today: PlainDate,
  overdue: Fold,
  whole: Whole,
): Line[] {
  if (view === 'today_and_tomorrow') return todayAndTomorrow(tasks, today, overdue, whole);
  const byDue = sort === 'dueDate' || sort === '-dueDate';
  if (byDue && (view === 'all_open' || view === 'overdue')) return grouped(tasks, today, view);
  if (byDue && (view === 'next_7_days' || view === 'range')) return byDay(tasks);
  return tasks.map((task) => ({ kind: 'task', task }));
}

/** Overdue is folded but always in sight (B9.1); an empty day says so in its place. */
function todayAndTomorrow(
  tasks: readonly Task[],
  today: PlainDate,
  overdue: Fold,
  whole: Whole,
): Line[] {
  const tomorrow = addDays(today, 1);
  const lines: Line[] = [
    { kind: 'group', group: 'overdue', count: overdue.count, open: overdue.open },
  ];
  if (overdue.open) {
    lines.push(...overdue.tasks.map((task) => ({ kind: 'task', task }) as const));
    const { rest: state, count } = overdue;
    if (state) lines.push({ kind: 'rest', state, shown: overdue.tasks.length, count });
  }
  for (const [group, date] of [
    ['today', today],
    ['tomorrow', tomorrow],
  ] as const) {
    const due = tasks.filter((task) => task.dueDate === date);
    const count = howMany(due.length, whole[group], whole.hasMore);
    lines.push({ kind: 'group', group, count, open: null });
    if (count === 0) lines.push({ kind: 'empty', group });
    lines.push(...due.map((task) => ({ kind: 'task', task }) as const));
  }
  // A task just moved to another day keeps its place until the list is read again.
  const moved = tasks.filter((task) => task.dueDate !== today && task.dueDate !== tomorrow);
  lines.push(...moved.map((task) => ({ kind: 'task', task }) as const));
  return lines;
}

/**
 * What was read is the whole truth once all was read, and knows of changes that the server has not counted yet.
 * Until then it is only the least there is.
 */
function howMany(read: number, counted: number | null, hasMore: boolean): number | null {
  if (!hasMore) return read;
  return counted === null ? null : Math.max(read, counted);
}

function grouped(tasks: readonly Task[], today: PlainDate, view: View): Line[] {
  const lines: Line[] = [];
  let last: GroupKey | null = null;
  for (const task of tasks) {
    const group = groupOf(task.dueDate, today);
    if (group !== last && view !== 'overdue') {
      lines.push({ kind: 'group', group, count: null, open: null });
    }
    last = group;
    lines.push({ kind: 'task', task });
  }
  return lines;
}

function byDay(tasks: readonly Task[]): Line[] {
  const lines: Line[] = [];
  let last: PlainDate | null = null;
  for (const task of tasks) {
    if (task.dueDate && task.dueDate !== last) lines.push({ kind: 'day', date: task.dueDate });
    last = task.dueDate;
    lines.push({ kind: 'task', task });
  }
  return lines;
}

export function groupOf(dueDate: PlainDate | null, today: PlainDate): GroupKey {
  if (dueDate === null) return 'no_date';
  if (dueDate < today) return 'overdue';
  if (dueDate === today) return 'today';
  const tomorrow = addDays(today, 1);
  if (dueDate === tomorrow) return 'tomorrow';
  return dueDate < addDays(today, 7) ? 'next_7_days' : 'later';
}

/** A day to drop a task on; `none` takes its date away. */
export type DropDay = PlainDate | 'none';

/** The day of each line, where dropping a task on it would mean one. */
export function daysOfLines(
  lines: readonly Line[],
  today: PlainDate,
  byDay: boolean,
): readonly (DropDay | null)[] {
  let day: DropDay | null = null;
  return lines.map((line) => {
    if (line.kind === 'group') day = dayOfGroup(line.group, today);
    else if (line.kind === 'day') day = line.date;
    else if (line.kind === 'empty') day = dayOfGroup(line.group, today);
    else if (line.kind === 'rest') return null;
    // Within a week or later it is the day of the task that one drops on.
    else if (day === null && byDay && line.task.dueDate && line.task.dueDate >= today) {
      return line.task.dueDate;
    }
    return day;
  });
}

function dayOfGroup(group: GroupKey, today: PlainDate): DropDay | null {
  switch (group) {
    case 'today':
      return today;
    case 'tomorrow':
      return addDays(today, 1);
    case 'no_date':
      return 'none';
    default:
      return null;
  }
}

export function isByDay(view: View, sort: Sort): boolean {
  if (view === 'today_and_tomorrow') return true;
  const byDue = sort === 'dueDate' || sort === '-dueDate';
  return byDue && ['all_open', 'next_7_days', 'range'].includes(view);
}
