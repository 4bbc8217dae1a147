import type { Task } from '@tandem/api';
import { addDays, type PlainDate, weekdayOf } from '../dates/plain-date.ts';
import { openPalette } from '../palette/palette-state.ts';
import type { Does } from './keys.ts';
import { clearSelection, selectTo, setListState, toggleSelected } from './list-state.ts';
import { focusTask } from './move-focus.ts';
import {
  moveByDays,
  restoreTasks,
  setDueDate,
  toggleComplete,
  togglePriority,
  trashTasks,
} from './task-actions.ts';
import { copyTaskLink, openInSalesforce } from './task-links.ts';
import { undoLast } from './undo.ts';

/** What the list and its page offer to the keyboard. */
export interface ShortcutContext {
  readonly tasks: readonly Task[];
  readonly openedId: string | undefined;
  readonly open: (id: string) => void;
  readonly close: () => void;
  /** Out of the tasks of somebody else; null among one's own. */
  readonly leave: (() => void) | null;
  readonly toggleOverdue: () => void;
  readonly selectAll: () => void;
  /** B12.1: reps give tasks to nobody. */
  readonly mayAssign: boolean;
  /** The nth filter, counted from 1. */
  readonly toView: (n: number) => void;
  readonly today: PlainDate;
}

/** A key at the moment it is pressed. */
export interface Pressed {
  readonly context: ShortcutContext;
  readonly event: KeyboardEvent;
  readonly active: Task | undefined;
  readonly selected: readonly Task[];
  /** What is meant: the selection, else the task the keyboard is on. */
  readonly target: readonly Task[];
  readonly inTrash: boolean;
  readonly onControl: boolean;
}

/** What each key of `keys.ts` does; false leaves the key to the browser. */
export const ACTS: { readonly [D in Does]: (pressed: Pressed) => boolean } = {
  // The palette listens for its own key, on every page.
  palette: () => false,
  next: (pressed) => move(pressed, 1),
  previous: (pressed) => move(pressed, -1),
  first: (pressed) => move(pressed, -pressed.context.tasks.length),
  last: (pressed) => move(pressed, pressed.context.tasks.length),
  open: ({ context, active, onControl }) => {
    if (!active || onControl) return false;
    context.open(active.id);
    return true;
  },
  search: () => {
    document.getElementById('search-tasks')?.focus();
    return true;
  },
  view: ({ context, event }) => {
    context.toView(Number(event.key));
    return true;
  },
  escape: ({ context, selected }) => {
    if (selected.length > 0) clearSelection();
    else if (context.openedId) context.close();
    else if (context.leave) context.leave();
    else return false;
    return true;
  },

  create: () => {
    setListState({ composing: true });
    requestAnimationFrame(() => document.querySelector<HTMLElement>('form input')?.focus());
    return true;
  },
  complete: ({ target, inTrash, onControl }) => {
    if (target.length === 0 || onControl) return false;
    void (inTrash ? restoreTasks(target) : toggleComplete(target));
    clearSelection();
    return true;
  },
  edit: ({ active, inTrash }) => {
    if (active && !inTrash) setListState({ editing: { id: active.id } });
    return true;
  },
  priority: ({ target, inTrash }) => {
    if (!inTrash) void togglePriority(target);
    return true;
  },
  assign: ({ context, target, inTrash }) => {
    if (target.length > 0 && !inTrash && context.mayAssign) openPalette('assign');
    return true;
  },
  salesforce: ({ active }) => {
    if (active) openInSalesforce(active);
    return true;
  },
  copyLink: ({ active }) => {
    if (active) void copyTaskLink(active);
    return true;
  },
  delete: ({ context, target, inTrash }) => {
    if (target.length === 0 || inTrash) return true;
    focusNeighbour(context, target);
    clearSelection();
    void trashTasks(target);
    return true;
  },
  undo: () => {
    void undoLast();
    return true;
  },

  date: ({ active, selected, target, inTrash }) => {
    if (target.length === 0 || inTrash) return true;
    setListState({ dating: selected.length > 0 ? 'bulk' : (active?.id ?? null) });
    return true;
  },
  today: (pressed) => setDay(pressed, pressed.context.today),
  tomorrow: (pressed) => setDay(pressed, addDays(pressed.context.today, 1)),
  nextWeek: (pressed) => {
    const { today } = pressed.context;
    return setDay(pressed, addDays(today, (8 - weekdayOf(today)) % 7 || 7));
  },
  noDate: (pressed) => setDay(pressed, null),
  dayEarlier: (pressed) => moveDay(pressed, -1),
  dayLater: (pressed) => moveDay(pressed, 1),

  select: ({ active }) => {
    if (active) toggleSelected(active.id);
    return true;
  },
  selectAll: ({ context }) => {
    context.selectAll();
    return true;
  },
  overdue: ({ context }) => {
    context.toggleOverdue();
    return true;
  },
  help: () => {
    setListState({ help: true });
    return true;
  },
};

function setDay({ active, target, inTrash }: Pressed, day: PlainDate | null): boolean {
  if (target.length > 0 && !inTrash) keepFocus(active, setDueDate(target, day));
  return true;
}

function moveDay({ context, active, target, inTrash }: Pressed, by: 1 | -1): boolean {
  if (target.length > 0 && !inTrash) keepFocus(active, moveByDays(target, by, context.today));
  return true;
}

/** A row that moves to another group keeps the keyboard. */
function keepFocus(active: Task | undefined, action: Promise<void>): void {
  if (active) focusTask(active.id);
  void action;
}

/** With Shift the tasks on the way are selected. Letters move from anywhere, the other keys may be a control's own. */
function move({ context, event, active, onControl }: Pressed, by: number): boolean {
  const { tasks } = context;
  const isLetter = event.key.length === 1;
  if ((onControl && !isLetter) || tasks.length === 0) return false;
  const next = active ? Math.min(Math.max(tasks.indexOf(active) + by, 0), tasks.length - 1) : 0;
  const task = tasks[next];
  if (!task) return false;
  if (event.shiftKey) selectTo(task.id);
  focusTask(task.id);
  // With the panel open, walking the list leafs through the tasks.
  if (context.openedId) context.open(task.id);
  return true;
}

/** The keyboard must not lose its place with the row that goes. */
function focusNeighbour(context: ShortcutContext, going: readonly Task[]): void {
  const ids = new Set(going.map((task) => task.id));
  const at = context.tasks.findIndex((task) => ids.has(task.id));
  const rest = context.tasks.filter((task) => !ids.has(task.id));
  const next = rest[Math.min(at, rest.length - 1)];
  if (next) focusTask(next.id);
  else setListState({ activeId: null });
}
