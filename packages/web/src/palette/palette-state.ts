import { useSyncExternalStore } from 'react';

/** What the palette asks for: anything, or one thing that a command or a menu wants to know. */
export type PaletteMode = 'commands' | 'due' | 'person' | 'owner' | 'assign';

let mode: PaletteMode | null = null;
const listeners = new Set<() => void>();

export function openPalette(next: PaletteMode = 'commands'): void {
  early = '';
  window.addEventListener('keydown', keepEarly, { capture: true });
  set(next);
}

export function closePalette(): void {
  takeEarly();
  set(null);
}

/**
 * The palette's script may still be on its way while somebody types already: that is meant for its field,
 * not for the shortcuts of the list.
 */
let early = '';

const keepEarly = (event: KeyboardEvent) => {
  if (event.metaKey || event.ctrlKey || event.altKey) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (event.key === 'Escape') closePalette();
  else if (event.key.length === 1) early += event.key;
};

/** What was typed before the field was there; from now on the field hears the keys. */
export function takeEarly(): string {
  window.removeEventListener('keydown', keepEarly, { capture: true });
  return early;
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
