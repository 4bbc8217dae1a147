import { useSyncExternalStore } from 'react';
import { ApiProblem } from './client.ts';

/**
 * Changes made while the browser knows that it is offline: they stay on the page, are counted in the banner
 * and go by themselves when one is back. A server that is away while we are online is another matter: that
 * is said at once, and the change is taken back.
 */
let waiting = 0;
/** Shown as done, and not answered yet. */
let underWay = 0;
const listeners = new Set<() => void>();

export function useWaitingChanges(): number {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => waiting,
  );
}

/** Runs `send` when there is a network; each time the network goes before the answer, it runs again. */
export async function whenOnline<R>(send: () => Promise<R>): Promise<R> {
  askBeforeLeaving(1);
  try {
    for (;;) {
      if (navigator.onLine) {
        try {
          return await send();
        } catch (fault) {
          const cutOff = fault instanceof ApiProblem && fault.code === 'unreachable';
          if (!cutOff || navigator.onLine) throw fault;
        }
      }
      count(1);
      await new Promise((resolve) => window.addEventListener('online', resolve, { once: true }));
      count(-1);
    }
  } finally {
    askBeforeLeaving(-1);
  }
}

function count(by: 1 | -1): void {
  waiting += by;
  for (const listener of listeners) listener();
}

function askBeforeLeaving(by: 1 | -1): void {
  underWay += by;
  if (underWay > 0) window.addEventListener('beforeunload', askFirst);
  else window.removeEventListener('beforeunload', askFirst);
}

/** The browser's own question: leaving would lose what has not been answered. */
const askFirst = (event: Event) => event.preventDefault();
