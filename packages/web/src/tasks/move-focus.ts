import { isTyping } from './is-typing.ts';
import { listState, setListState } from './list-state.ts';

/**
 * Rows come and go in a virtual list, so the row that should get the focus may not exist yet: the wish
 * waits until that row is drawn.
 */
let wish: string | null = null;

export function focusTask(id: string): void {
  wish = id;
  setListState({ activeId: id });
}

/** Back to the row the keyboard is on, or to the list, after an editor or the panel closed. */
export function focusActiveTask(): void {
  const { activeId } = listState();
  const row = activeId === null ? null : document.getElementById(`task-${activeId}`);
  const place = row ?? document.querySelector<HTMLElement>('[role="grid"]');
  place?.focus({ preventScroll: true });
}

/** A key that changed nothing draws no row, so its wish may be taken late: whoever types by then keeps the focus. */
export function takeFocusWish(id: string): boolean {
  if (wish !== id) return false;
  wish = null;
  return !isTyping(document.activeElement);
}
