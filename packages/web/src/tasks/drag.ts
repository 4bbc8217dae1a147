import type { Task } from '@tandem/api';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { viewedId } from '../app/viewing.ts';
import type { DropDay } from './group-tasks.ts';
import { listState } from './list-state.ts';
import { setDueDate } from './task-actions.ts';

/**
 * Dragging tasks to another day: with the mouse at once, with a finger after holding still, so that it can
 * still scroll. Whatever carries `data-day` takes them. The keys `t`, `m`, `w`, `n`, `[` and `]` do the same.
 */
export interface Drag {
  readonly tasks: readonly Task[];
  readonly target: DropDay | null;
}

const FROM_PX = 6;
const HOLD_MS = 350;
const EDGE_PX = 56;
const SCROLL_PX = 12;

let drag: Drag | null = null;
const listeners = new Set<() => void>();
/** Where the pointer is; read by the ghost at each frame, so that moving redraws nothing else. */
export const pointer = { x: 0, y: 0 };

export function useDrag<Part>(select: (drag: Drag | null) => Part): Part {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => select(drag),
  );
}

function set(next: Drag | null): void {
  drag = next;
  for (const listener of listeners) listener();
}

/** Listens on the scrolling list; `tasks` are those shown. */
export function useTaskDrag(
  list: React.RefObject<HTMLElement | null>,
  tasks: readonly Task[],
): void {
  const shown = useRef(tasks);
  shown.current = tasks;
  useEffect(() => {
    const place = list.current;
    return place ? listenTo(place, () => shown.current) : undefined;
  }, [list]);
}

function listenTo(place: HTMLElement, shown: () => readonly Task[]): () => void {
  let start: { x: number; y: number; id: string } | null = null;
  let hold: ReturnType<typeof setTimeout> | null = null;
  let frame = 0;

  const begin = (id: string) => {
    const { selected } = listState();
    const ids = selected.has(id) ? selected : new Set([id]);
    const tasks = shown().filter((task) => ids.has(task.id) && task.trashedAt === null);
    if (tasks.length === 0) return;
    set({ tasks, target: null });
    frame = requestAnimationFrame(scrollAtEdge);
  };
  const end = () => {
    if (hold) clearTimeout(hold);
    cancelAnimationFrame(frame);
    start = null;
    hold = null;
    if (drag) set(null);
  };
  const scrollAtEdge = () => {
    const { top, bottom } = place.getBoundingClientRect();
    if (pointer.y < top + EDGE_PX) place.scrollTop -= SCROLL_PX;
    else if (pointer.y > bottom - EDGE_PX) place.scrollTop += SCROLL_PX;
    frame = requestAnimationFrame(scrollAtEdge);
  };

  const onDown = (event: PointerEvent) => {
    const row = rowOf(event.target);
    if (event.button !== 0 || !row || viewedId() !== null) return;
    Object.assign(pointer, { x: event.clientX, y: event.clientY });
    start = { x: event.clientX, y: event.clientY, id: row };
    if (event.pointerType === 'touch') hold = setTimeout(() => begin(row), HOLD_MS);
  };
  const onMove = (event: PointerEvent) => {
    if (!start) return;
    Object.assign(pointer, { x: event.clientX, y: event.clientY });
    const far = Math.hypot(event.clientX - start.x, event.clientY - start.y) >= FROM_PX;
    if (!drag && far) {
      if (event.pointerType === 'touch') return end();
      begin(start.id);
    }
    if (!drag) return;
    const target = dayUnder(event.clientX, event.clientY);
    if (target !== drag.target) set({ ...drag, target });
  };
  const onUp = () => {
    const dropped = drag;
    end();
    if (!dropped) return;
    swallowClick();
    if (dropped.target === null) return;
    void setDueDate(dropped.tasks, dropped.target === 'none' ? null : dropped.target);
  };
  const onKey = (event: KeyboardEvent) => {
    if (!drag || event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    end();
    // The button is still down.
    window.addEventListener('pointerup', swallowClick, { once: true });
  };
  // Once a task hangs on the finger, the list must not scroll under it.
  const onTouch = (event: TouchEvent) => {
    if (drag) event.preventDefault();
  };

  place.addEventListener('pointerdown', onDown);
  place.addEventListener('touchmove', onTouch, { passive: false });
  window.addEventListener('pointermove', onMove);
  window.addEventListener('pointerup', onUp);
  window.addEventListener('pointercancel', end);
  window.addEventListener('keydown', onKey, { capture: true });
  return () => {
    end();
    place.removeEventListener('pointerdown', onDown);
    place.removeEventListener('touchmove', onTouch);
    window.removeEventListener('pointermove', onMove);
    window.removeEventListener('pointerup', onUp);
    window.removeEventListener('pointercancel', end);
    window.removeEventListener('keydown', onKey, { capture: true });
  };
}

/** The press ends on a row and would open it. */
function swallowClick(): void {
  window.addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => window.removeEventListener('click', swallow, { capture: true }));
}

const swallow = (event: Event) => {
  event.preventDefault();
  event.stopPropagation();
};

/** The task whose row was pressed, unless a control of the row was. */
function rowOf(target: EventTarget | null): string | null {
  if (!(target instanceof Element) || target.closest('input, textarea, button, a')) return null;
  const row = target.closest('[role="row"][id^="task-"]');
  return row ? row.id.slice('task-'.length) : null;
}

function dayUnder(x: number, y: number): DropDay | null {
  const place = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-day]');
  return place?.dataset.day ?? null;
}
