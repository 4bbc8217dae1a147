import type { Task } from '@tandem/api';
import { useCallback, useEffect, useRef, useState } from 'react';
import { viewedId } from '../app/viewing.ts';
import { listState, selectAll } from './list-state.ts';

interface Pages {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly isError: boolean;
  readonly fetchNextPage: () => Promise<unknown>;
}

/** More is no list that a person works through. */
const SELECTED_MAX = 20_000;

/** All of the list, not only of what was scrolled to: the rest is read first, page by page. */
export function useSelectAll(
  shown: readonly Task[],
  { hasNextPage, isFetchingNextPage, isError, fetchNextPage }: Pages,
): { readonly start: () => void; readonly loading: boolean } {
  const [wanted, setWanted] = useState(false);
  const selectedHere = useRef(0);
  const start = useCallback(() => {
    if (viewedId() !== null) return;
    selectedHere.current = 0;
    setWanted(true);
  }, []);
  useEffect(() => {
    if (!wanted) return;
    // Esc while it goes on.
    const given = selectedHere.current > 0 && listState().selected.size === 0;
    if (given) return setWanted(false);
    selectedHere.current = shown.length;
    selectAll(shown.map((task) => task.id));
    if (!hasNextPage || isError || shown.length >= SELECTED_MAX) setWanted(false);
    else if (!isFetchingNextPage) void fetchNextPage();
  }, [wanted, shown, hasNextPage, isFetchingNextPage, isError, fetchNextPage]);
  return { start, loading: wanted && hasNextPage };
}
