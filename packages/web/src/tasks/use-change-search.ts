import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import type { ListSearch } from './list-search.ts';

export type SearchChange = { [K in keyof ListSearch]?: ListSearch[K] | undefined };

/** Filters replace the address: the back button leaves the list, not the last letter typed. */
export function useChangeSearch(): (change: SearchChange) => void {
  const navigate = useNavigate();
  const latest = useRef(navigate);
  latest.current = navigate;
  const [change] = useState(() => (next: SearchChange) => {
    void latest.current({
      to: '/',
      search: (before) => ({ ...before, ...next }) as ListSearch,
      replace: true,
    });
  });
  return change;
}

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
