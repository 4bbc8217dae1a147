import type { Task } from '@tandem/api';
import { useEffect, useRef } from 'react';
import { addDays, type PlainDate, weekdayOf } from '../dates/plain-date.ts';
import { openPalette } from '../palette/palette-state.ts';
import { clearSelection, listState, selectTo, setListState, toggleSelected } from './list-state.ts';
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

/** The keyboard of the Command Center. `help-sheet.tsx` shows the same list. */
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

/** Keys that would change something, or begin to. */
const WRITES = /^(?:[xe pda#cztmwn[\]]|Delete)$/;

export function useShortcuts(context: ShortcutContext): void {
  const latest = useRef(context);
  latest.current = context;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey) return;
      if (event.isComposing || isTyping(event.target)) return;
      const done =
        event.metaKey || event.ctrlKey
          ? runWithCommand(event, latest.current)
          : run(event, latest.current);
      if (done) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

function runWithCommand(event: KeyboardEvent, context: ShortcutContext): boolean {
  if (event.key.toLowerCase() !== 'a' || event.shiftKey) return false;
  context.selectAll();
  return true;
}

function run(event: KeyboardEvent, context: ShortcutContext): boolean {
  // B12.5: looking changes nothing.
  if (context.leave !== null && WRITES.test(event.key)) return false;
  const state = listState();
  const active = context.tasks.find((task) => task.id === state.activeId);
  const selected = context.tasks.filter((task) => state.selected.has(task.id));
  const target = selected.length > 0 ? selected : active ? [active] : [];
  const inTrash = target.some((task) => task.trashedAt !== null);
  const onControl = isControl(event.target);

  const day = dayOfKey(event.key, context.today);
  if (day !== undefined) {
    if (target.length > 0 && !inTrash) keepFocus(active, setDueDate(target, day));
    return true;
  }
  if (/^[1-9]$/.test(event.key)) {
    context.toView(Number(event.key));
    return true;
  }
  switch (event.key) {
    case 'j':
    case 'J':
    case 'ArrowDown':
      return move(context, 1, event.key !== 'ArrowDown' || !onControl, event.shiftKey);
    case 'k':
    case 'K':
    case 'ArrowUp':
      return move(context, -1, event.key !== 'ArrowUp' || !onControl, event.shiftKey);
    case 'Home':
      return move(context, -context.tasks.length, !onControl, event.shiftKey);
    case 'End':
      return move(context, context.tasks.length, !onControl, event.shiftKey);
    case '[':
    case ']': {
      const by = event.key === ']' ? 1 : -1;
      if (target.length > 0 && !inTrash) keepFocus(active, moveByDays(target, by, context.today));
      return true;
    }
    case 's':
      if (active) openInSalesforce(active);
      return true;
    case 'l':
      if (active) void copyTaskLink(active);
      return true;
    case 'x':
      if (active) toggleSelected(active.id);
      return true;
    case 'Enter':
    case 'o':
      if (!active || onControl) return false;
      context.open(active.id);
      return true;
    case 'e':
      if (active && !inTrash) setListState({ editing: { id: active.id } });
      return true;
    case ' ':
      if (target.length === 0 || onControl) return false;
      void (inTrash ? restoreTasks(target) : toggleComplete(target));
      clearSelection();
      return true;
    case 'p':
      if (!inTrash) void togglePriority(target);
      return true;
    case 'd':
      if (target.length === 0 || inTrash) return true;
      setListState({ dating: selected.length > 0 ? 'bulk' : (active?.id ?? null) });
      return true;
    case 'a':
      if (target.length > 0 && !inTrash && context.mayAssign) openPalette('assign');
      return true;
    case '#':
    case 'Delete':
      if (target.length === 0 || inTrash) return true;
      focusNeighbour(context, target);
      clearSelection();
      void trashTasks(target);
      return true;
    case 'c':
      setListState({ composing: true });
      requestAnimationFrame(() => document.querySelector<HTMLElement>('form input')?.focus());
      return true;
    case 'z':
      void undoLast();
      return true;
    case 'v':
      context.toggleOverdue();
      return true;
    case '/':
      document.getElementById('search-tasks')?.focus();
      return true;
    case '?':
      setListState({ help: true });
      return true;
    case 'Escape':
      if (selected.length > 0) clearSelection();
      else if (context.openedId) context.close();
      else if (context.leave) context.leave();
      else return false;
      return true;
    default:
      return false;
  }
}

/** Undefined: the key means no day. */
function dayOfKey(key: string, today: PlainDate): PlainDate | null | undefined {
  switch (key) {
    case 't':
      return today;
    case 'm':
      return addDays(today, 1);
    case 'w':
      return addDays(today, (8 - weekdayOf(today)) % 7 || 7);
    case 'n':
      return null;
    default:
      return undefined;
  }
}

/** A row that moves to another group keeps the keyboard. */
function keepFocus(active: Task | undefined, action: Promise<void>): void {
  if (active) focusTask(active.id);
  void action;
}

function move(context: ShortcutContext, by: number, allowed: boolean, extend: boolean): boolean {
  if (!allowed || context.tasks.length === 0) return false;
  const at = context.tasks.findIndex((task) => task.id === listState().activeId);
  const next = at === -1 ? 0 : Math.min(Math.max(at + by, 0), context.tasks.length - 1);
  const task = context.tasks[next];
  if (!task) return false;
  if (extend) selectTo(task.id);
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

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('dialog, [role="dialog"], [role="menu"]')) return true;
  const field = target.closest('input, textarea, select, [contenteditable]');
  return field !== null && field.getAttribute('type') !== 'checkbox';
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('button, a, [role="button"]') !== null;
}
