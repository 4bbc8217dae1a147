import type { Task } from '@tandem/api';
import { useCallback, useEffect, useRef, useState } from 'react';
import { viewedId } from '../app/viewing.ts';
import { listState, selectAll } from './list-state.ts';

/** A list that is read page by page. */
export interface Pages {
  readonly isFetching: boolean;
  readonly dataUpdatedAt: number;
  readonly hasNextPage: boolean;
  readonly isError: boolean;
  readonly fetchNextPage: () => Promise<unknown>;
}

/** More is no list that a person works through. */
const SELECTED_MAX = 20_000;

/** All that the page lists, not only what was scrolled to: the rest is read first, page by page. */
export function useSelectAll(
  shown: readonly Task[],
  lists: readonly Pages[],
): { readonly start: () => void; readonly loading: boolean } {
  const [wanted, setWanted] = useState(false);
  const seen = useRef(new Set<string>());
  const next = lists.find((list) => list.hasNextPage)?.fetchNextPage;
  const isReading = lists.some((list) => list.isFetching);
  const isError = lists.some((list) => list.isError);
  const readAt = Math.max(...lists.map((list) => list.dataUpdatedAt));
  const start = useCallback(() => {
    if (viewedId() !== null) return;
    seen.current = new Set();
    setWanted(true);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a reading may begin and end between two renderings
  useEffect(() => {
    if (!wanted) return;
    // Esc while it goes on.
    const given = seen.current.size > 0 && listState().selected.size === 0;
    if (given) return setWanted(false);
    // What was taken out of the selection meanwhile stays out of it.
    const fresh = shown.map(({ id }) => id).filter((id) => !seen.current.has(id));
    for (const id of fresh) seen.current.add(id);
    if (fresh.length > 0) selectAll([...listState().selected, ...fresh]);
    if (isError || shown.length >= SELECTED_MAX) setWanted(false);
    else if (isReading) return;
    else if (next) void next();
    else setWanted(false);
  }, [wanted, shown, next, isReading, isError, readAt]);
  return { start, loading: wanted && (isReading || next !== undefined) };
}
