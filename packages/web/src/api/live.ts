import { useEffect, useSyncExternalStore } from 'react';
import { queryClient } from './query-client.ts';
import { refreshSync, refreshTasks } from './refresh.ts';

/** Server-sent events: they only say what to read again, so a lost one costs nothing but a moment. */

export type LiveState = 'live' | 'reconnecting' | 'offline';

const EVENTS_URL = '/api/v1/events';
/** A blink of the network is not worth a banner. */
const SAY_LOST_AFTER_MS = 4_000;
const RETRY_CLOSED_MS = 5_000;

let state: LiveState = 'live';
const listeners = new Set<() => void>();

export function useLiveState(): LiveState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
}

export function useLiveUpdates(): void {
  useEffect(() => startLive(), []);
}

function startLive(): () => void {
  let source: EventSource | null = null;
  let lostTimer: ReturnType<typeof setTimeout> | null = null;
  let retryTimer: ReturnType<typeof setTimeout> | null = null;
  let lost = false;
  /** From the first reading on until a stream stands, nobody tells of changes. */
  let isFirst = true;

  const open = () => {
    source = new EventSource(EVENTS_URL);
    source.addEventListener('open', () => {
      if (lostTimer) clearTimeout(lostTimer);
      lostTimer = null;
      if (isFirst) readOnceMore();
      else if (lost) readEverythingAgain();
      isFirst = false;
      lost = false;
      setState(navigator.onLine ? 'live' : 'offline');
    });
    source.addEventListener('error', () => {
      lost = true;
      lostTimer ??= setTimeout(() => {
        setState(navigator.onLine ? 'reconnecting' : 'offline');
      }, SAY_LOST_AFTER_MS);
      // The browser reconnects by itself unless the server answered with an error.
      if (source?.readyState === EventSource.CLOSED) {
        retryTimer ??= setTimeout(() => {
          retryTimer = null;
          void queryClient.invalidateQueries({ queryKey: ['me'] });
          open();
        }, RETRY_CLOSED_MS);
      }
    });
    source.addEventListener('tasks', () => refreshTasks());
    source.addEventListener('sync', () => refreshSync());
    source.addEventListener('notices', () => readAgain('notices'));
    source.addEventListener('settings', () => readAgain('settings'));
  };
  const offline = () => setState('offline');
  const online = () => {
    setState(lost ? 'reconnecting' : 'live');
    readEverythingAgain();
  };

  open();
  window.addEventListener('offline', offline);
  window.addEventListener('online', online);
  if (!navigator.onLine) setState('offline');
  return () => {
    source?.close();
    if (lostTimer) clearTimeout(lostTimer);
    if (retryTimer) clearTimeout(retryTimer);
    window.removeEventListener('offline', offline);
    window.removeEventListener('online', online);
  };
}

function readEverythingAgain(): void {
  void queryClient.invalidateQueries();
}

/** What was read, or asked for, before the stream stood; after it is there, so that the first list is not held up. */
function readOnceMore(): void {
  whenThere('tasks', refreshTasks);
  for (const key of ['sync', 'notices', 'settings']) whenThere(key, () => readAgain(key));
}

function readAgain(key: string): void {
  void queryClient.invalidateQueries({ queryKey: [key] });
}

function whenThere(key: string, read: () => void): void {
  const isThere = () => queryClient.isFetching({ queryKey: [key] }) === 0;
  if (isThere()) {
    read();
    return;
  }
  const forget = queryClient.getQueryCache().subscribe(() => {
    if (!isThere()) return;
    forget();
    read();
  });
}

function setState(next: LiveState): void {
  if (state === next) return;
  state = next;
  for (const listener of listeners) listener();
}
