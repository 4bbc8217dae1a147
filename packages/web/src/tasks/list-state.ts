import { useSyncExternalStore } from 'react';
import { viewedId } from '../app/viewing.ts';

/**
 * Where the keyboard is in the list, what is selected and what is being typed into: shared by rows,
 * shortcuts and the bar of bulk actions, outside React so that a key press redraws two rows, not all.
 */
export interface ListState {
  readonly activeId: string | null;
  readonly selected: ReadonlySet<string>;
  /** Where a range of the selection begins; `order` is the list as it is shown. */
  readonly anchorId: string | null;
  readonly order: readonly string[];
  /** A name edited in place; `text` is there when the server refused it, with why. */
  readonly editing: { readonly id: string; readonly text?: string; readonly error?: string } | null;
  /** Whose date picker is open; `bulk` for the selection's. */
  readonly dating: string | null;
  readonly composing: boolean;
  readonly help: boolean;
  /** The saved view that is being named: its id, or `new`. */
  readonly naming: string | null;
}

const nothing: ListState = {
  activeId: null,
  selected: new Set(),
  anchorId: null,
  order: [],
  editing: null,
  dating: null,
  composing: false,
  help: false,
  naming: null,
};

let state = nothing;
const listeners = new Set<() => void>();

export function listState(): ListState {
  return state;
}

export function setListState(change: Partial<ListState>): void {
  state = { ...state, ...change };
  for (const listener of listeners) listener();
}

/** Re-renders only when the selected part changes; it must be a primitive or a stable object. */
export function useListState<Part>(select: (state: ListState) => Part): Part {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => select(state),
  );
}

/** A selection is for doing something: there is none in the list of somebody else (B12.5). */
export function toggleSelected(id: string): void {
  if (viewedId() !== null) return;
  const selected = new Set(state.selected);
  if (!selected.delete(id)) selected.add(id);
  setListState({ selected, anchorId: id });
}

/** All from where the range began (else from the active row) to this one, added to what is selected. */
export function selectTo(id: string): void {
  if (viewedId() !== null) return;
  const { order, anchorId, activeId } = state;
  const to = order.indexOf(id);
  const begin = [anchorId, activeId].find((one) => one !== null && order.includes(one)) ?? id;
  const from = order.indexOf(begin);
  if (to === -1) return;
  const range = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  setListState({
    selected: new Set([...state.selected, ...range]),
    anchorId: begin,
    activeId: id,
  });
}

export function selectAll(ids: readonly string[]): void {
  if (viewedId() !== null) return;
  setListState({ selected: new Set(ids), anchorId: null });
}

export function clearSelection(): void {
  if (state.selected.size > 0) setListState({ selected: new Set(), anchorId: null });
}
