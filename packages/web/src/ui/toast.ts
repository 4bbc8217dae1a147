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
const leaving = new Map<number, ReturnType<typeof setTimeout>>();
const holders = new Set<Holder>();
/** Who looks at them: none leaves from under a pointer or the keyboard (WCAG 2.2.1). */
export type Holder = 'pointer' | 'focus';
const listeners = new Set<(now: readonly Toast[]) => void>();

/** Returns what `dismissToast` takes. */
export function toast(text: string, options: Partial<Pick<Toast, 'kind' | 'action'>> = {}): number {
  const made: Toast = {
    id: nextId++,
    text,
    kind: options.kind ?? 'done',
    action: options.action ?? null,
  };
  set([...toasts, made].slice(-TOASTS_MAX));
  leaveLater(made);
  return made.id;
}

export function dismissToast(id: number): void {
  clearTimeout(leaving.get(id));
  leaving.delete(id);
  // Pushed out by later ones.
  if (!toasts.some((shown) => shown.id === id)) return;
  set(toasts.filter((shown) => shown.id !== id));
  // Nobody tells when what was pointed at, or had the focus, is gone.
  for (const holder of holders) releaseToasts(holder);
}

export function holdToasts(holder: Holder): void {
  holders.add(holder);
  for (const timer of leaving.values()) clearTimeout(timer);
  leaving.clear();
}

/** Each has its whole time once more. */
export function releaseToasts(holder: Holder): void {
  holders.delete(holder);
  for (const shown of toasts) if (!leaving.has(shown.id)) leaveLater(shown);
}

function leaveLater({ id, kind }: Toast): void {
  if (holders.size > 0) return;
  const ms = kind === 'failed' ? FAILED_MS : DONE_MS;
  leaving.set(
    id,
    setTimeout(() => dismissToast(id), ms),
  );
}

export function useToasts(): readonly Toast[] {
  return useSyncExternalStore(watchToasts, () => toasts);
}

/** Returns what ends the watching. */
export function watchToasts(listener: (now: readonly Toast[]) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener(toasts);
}
