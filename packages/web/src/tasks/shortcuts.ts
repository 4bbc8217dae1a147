import { useLayoutEffect, useRef } from 'react';
import { isTyping } from './is-typing.ts';
import { meaningOf } from './keys.ts';
import { listState } from './list-state.ts';
import { ACTS, type ShortcutContext } from './shortcut-acts.ts';

/** Listens to the keyboard of the Command Center: `keys.ts` says what a key means, `shortcut-acts.ts` does it. */
export function useShortcuts(context: ShortcutContext): void {
  const latest = useRef(context);
  latest.current = context;
  // Before the page is drawn: what says that it listens, does.
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || isTyping(event.target)) return;
      if (run(event, latest.current)) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

function run(event: KeyboardEvent, context: ShortcutContext): boolean {
  const meaning = meaningOf(event);
  if (!meaning) return false;
  // B12.5: looking changes nothing.
  if (context.leave !== null && meaning.writes) return false;
  const state = listState();
  const active = context.tasks.find((task) => task.id === state.activeId);
  const selected = context.tasks.filter((task) => state.selected.has(task.id));
  const target = selected.length > 0 ? selected : active ? [active] : [];
  return ACTS[meaning.does]({
    context,
    event,
    active,
    selected,
    target,
    inTrash: target.some((task) => task.trashedAt !== null),
    onControl: isControl(event.target),
  });
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('button, a, [role="button"]') !== null;
}
