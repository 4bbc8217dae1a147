import { useSyncExternalStore } from 'react';
import { type Column, DEFAULT_COLUMNS, readColumns } from './columns.ts';

/** The chosen columns, shared by the list and the menu, and kept in this browser: widths belong to a screen. */
const STORAGE_KEY = 'tandem-columns';

let columns: readonly Column[] = fromStorage();
const listeners = new Set<() => void>();

export function useColumns(): readonly Column[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => columns,
  );
}

export function changeColumns(change: (before: readonly Column[]) => readonly Column[]): void {
  columns = change(columns);
  try {
    if (columns === DEFAULT_COLUMNS) localStorage.removeItem(STORAGE_KEY);
    else localStorage.setItem(STORAGE_KEY, JSON.stringify(columns));
  } catch {
    // Storage may be blocked; the choice then lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

function fromStorage(): readonly Column[] {
  try {
    return readColumns(JSON.parse(localStorage.getItem(STORAGE_KEY) ?? 'null'));
  } catch {
    return DEFAULT_COLUMNS;
  }
}
