import { useSyncExternalStore } from 'react';
import { keepEarlyKeys, takeEarlyKeys } from '../ui/early-keys.ts';

/** What the palette asks for: anything, or one thing that a command or a menu wants to know. */
export type PaletteMode = 'commands' | 'due' | 'person' | 'owner' | 'assign';

let mode: PaletteMode | null = null;
const listeners = new Set<() => void>();

export function openPalette(next: PaletteMode = 'commands'): void {
  keepEarlyKeys(closePalette);
  set(next);
}

export function closePalette(): void {
  takeEarlyKeys();
  set(null);
}

/** Null while it is closed. */
export function usePaletteMode(): PaletteMode | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => mode,
  );
}

function set(next: PaletteMode | null): void {
  mode = next;
  for (const listener of listeners) listener();
}
