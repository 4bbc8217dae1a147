import { useSyncExternalStore } from 'react';

/** Short notices at the foot of the page; with one thing to do, usually undo. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly kind: 'done' | 'failed';
  readonly action: { readonly label: string; readonly run: () => void } | null;
}

/** More would cover the work they speak about. */
const TOASTS_MAX = 3;
const DONE_MS = 7_000;
const FAILED_MS = 14_000;

let toasts: readonly Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

/** Returns what `dismissToast` takes. */
export function toast(text: string, options: Partial<Pick<Toast, 'kind' | 'action'>> = {}): number {
  const made: Toast = {
    id: nextId++,
    text,
    kind: options.kind ?? 'done',
    action: options.action ?? null,
  };
  set([...toasts, made].slice(-TOASTS_MAX));
  setTimeout(() => dismissToast(made.id), made.kind === 'failed' ? FAILED_MS : DONE_MS);
  return made.id;
}

export function dismissToast(id: number): void {
  if (toasts.some((shown) => shown.id === id)) set(toasts.filter((shown) => shown.id !== id));
}

export function useToasts(): readonly Toast[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
}

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}
