import { useSyncExternalStore } from 'react';

/**
 * Where the keyboard is in the list, what is selected and what is being typed into: shared by rows,
 * shortcuts and the bar of bulk actions, outside React so that a key press redraws two rows, not all.
 */
export interface ListState {
  readonly activeId: string | null;
  readonly selected: ReadonlySet<string>;
  /** A name edited in place; `text` is there when the server refused it, with why. */
  readonly editing: { readonly id: string; readonly text?: string; readonly error?: string } | null;
  /** Whose date picker is open; `bulk` for the selection's. */
  readonly dating: string | null;
  readonly composing: boolean;
  readonly help: boolean;
}

const nothing: ListState = {
  activeId: null,
  selected: new Set(),
  editing: null,
  dating: null,
  composing: false,
  help: false,
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

export function toggleSelected(id: string): void {
  const selected = new Set(state.selected);
  if (!selected.delete(id)) selected.add(id);
  setListState({ selected });
}

export function clearSelection(): void {
  if (state.selected.size > 0) setListState({ selected: new Set() });
}
