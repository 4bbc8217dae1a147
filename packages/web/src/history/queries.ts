import type { TeamHistoryEntry } from '@tandem/api';
import { infiniteQueryOptions } from '@tanstack/react-query';
import { request } from '../api/client.ts';
import type { HistorySearch } from './history-search.ts';

interface Page {
  readonly entries: readonly TeamHistoryEntry[];
  readonly nextCursor: string | null;
}

/** Under the tasks' key: a live event about tasks reads it again. */
export function teamHistoryQuery(search: HistorySearch) {
  return infiniteQueryOptions({
    queryKey: ['tasks', 'team-history', search],
    queryFn: ({ signal, pageParam }) =>
      request<Page>('v1/history', {
        signal,
        query: { ...search, ...(pageParam ? { cursor: pageParam } : {}) },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}
