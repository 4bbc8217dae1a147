import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { type ListQuery, taskListQuery } from '../api/queries.ts';
import type { Fold, Rest } from './group-tasks.ts';
import { usePending } from './pending.ts';
import type { Pages } from './use-select-all.ts';

const FOLD_KEY = 'tandem-overdue-open';
const NO_TASKS: readonly [] = [];

interface Overdue {
  readonly fold: Fold;
  readonly toggle: () => void;
  /** What follows those that were read; tries once more where that failed. */
  readonly more: () => void;
  /** Null while nobody sees them. */
  readonly pages: Pages | null;
}

/** What is overdue, above today and tomorrow: read when it is unfolded, and then page by page. */
export function useOverdue(
  query: ListQuery | null,
  isDefault: boolean,
  count: number | null,
): Overdue {
  const [unfolded, setUnfolded] = useState(() => readFold());
  const isSeen = isDefault && unfolded;
  const list = useInfiniteQuery({
    ...taskListQuery({ ...query, view: 'overdue' }),
    enabled: isSeen,
  });
  const fetched = useMemo(() => list.data?.pages.flatMap((page) => page.tasks), [list.data]);
  const tasks = usePending(fetched) ?? NO_TASKS;
  const rest = restOf(list);
  const fold = useMemo(
    () => ({ open: unfolded && count !== 0, count, tasks, rest }),
    [unfolded, count, tasks, rest],
  );
  const toggle = useCallback(() => {
    setUnfolded((before) => {
      writeFold(!before);
      return !before;
    });
  }, []);
  const { fetchNextPage, refetch, isFetching, isLoadingError, dataUpdatedAt } = list;
  // As of the list below.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a reading may begin and end between two renderings
  const more = useCallback(() => {
    if (!isFetching) void (isLoadingError ? refetch() : fetchNextPage());
  }, [isFetching, isLoadingError, dataUpdatedAt, refetch, fetchNextPage]);
  return { fold, toggle, more, pages: isSeen ? list : null };
}

interface Reading {
  readonly isLoading: boolean;
  readonly isFetchingNextPage: boolean;
  readonly isLoadingError: boolean;
  readonly isFetchNextPageError: boolean;
  readonly hasNextPage: boolean;
}

function restOf(list: Reading): Rest | null {
  if (list.isLoading || list.isFetchingNextPage) return 'loading';
  if (list.isLoadingError || list.isFetchNextPageError) return 'failed';
  return list.hasNextPage ? 'more' : null;
}

function readFold(): boolean {
  try {
    return localStorage.getItem(FOLD_KEY) === '1';
  } catch {
    return false;
  }
}

function writeFold(open: boolean): void {
  try {
    localStorage.setItem(FOLD_KEY, open ? '1' : '0');
  } catch {
    // Storage may be blocked; the fold then lasts as long as the page.
  }
}
