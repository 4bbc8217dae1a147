import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import type { ListSearch } from './list-search.ts';

export type SearchChange = { [K in keyof ListSearch]?: ListSearch[K] | undefined };

/**
 * Filters replace the address: the back button leaves the list, not the last letter typed. A change that depends on
 * an answer is told what the address says by then.
 */
export function useChangeSearch(): (
  change: SearchChange | ((now: ListSearch) => SearchChange),
) => void {
  const navigate = useNavigate();
  const latest = useRef(navigate);
  latest.current = navigate;
  const [change] = useState(() => (next: SearchChange | ((now: ListSearch) => SearchChange)) => {
    void latest.current({
      to: '/',
      search: (before) => {
        const now = before as ListSearch;
        return { ...now, ...(typeof next === 'function' ? next(now) : next) } as ListSearch;
      },
      replace: true,
    });
  });
  return change;
}

/** Asked when an answer comes: whoever has gone to another page meanwhile is not called back from it. */
export const isAtList = () => location.pathname === '/';

/** All of it at once, as when a saved view is chosen. */
export function useReplaceSearch(): (search: ListSearch) => void {
  const navigate = useNavigate();
  const latest = useRef(navigate);
  latest.current = navigate;
  const [replace] = useState(() => (search: ListSearch) => {
    void latest.current({ to: '/', search, replace: true });
  });
  return replace;
}
