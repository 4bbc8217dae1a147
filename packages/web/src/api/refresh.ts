import { syncSettingsQuery } from './queries.ts';
import { queryClient } from './query-client.ts';

/**
 * Reading again after changes. Bursts (an import, many edits) become one read per second; a task that
 * was just completed stays where it is for a moment, so that the eye can see where it went.
 */
const QUIET_MS = 150;
const AT_MOST_EVERY_MS = 1_000;
/** A list that was scrolled far is many requests: it is read again less often. */
const EACH_PAGE_MS = 400;
const LINGER_MS = 900;

let timer: ReturnType<typeof setTimeout> | null = null;
let dueAt = 0;
let lastAt = 0;
let lingerUntil = 0;

export function refreshTasks(): void {
  const now = Date.now();
  const at = Math.max(
    now + QUIET_MS,
    lastAt + Math.max(AT_MOST_EVERY_MS, pagesRead() * EACH_PAGE_MS),
    lingerUntil,
  );
  if (timer !== null) {
    if (at <= dueAt) return;
    clearTimeout(timer);
  }
  dueAt = at;
  timer = setTimeout(() => {
    timer = null;
    lastAt = Date.now();
    void queryClient.invalidateQueries({ queryKey: ['tasks'] });
    // A task that got stuck, or free, is news for Diagnostics too.
    void queryClient.invalidateQueries({ queryKey: ['sync', 'problems'] });
  }, at - now);
}

function pagesRead(): number {
  const shown = queryClient
    .getQueryCache()
    .findAll({ queryKey: ['tasks', 'list'], type: 'active' });
  const counts = shown.map(
    ({ state }) => (state.data as { pages?: [] } | undefined)?.pages?.length,
  );
  return Math.max(0, ...counts.map((count) => count ?? 0));
}

export function linger(): void {
  lingerUntil = Date.now() + LINGER_MS;
}

/** The settings as well: sync may have been switched on another page. */
export function refreshSync(): void {
  void queryClient.invalidateQueries({ queryKey: ['sync'] });
  void queryClient.invalidateQueries({ queryKey: syncSettingsQuery.queryKey });
}
