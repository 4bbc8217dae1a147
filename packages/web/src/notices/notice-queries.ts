import type { NoticeMark, Notices } from '@tandem/api';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { request } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';

/** How many the badge and the system's notifications look at. */
const NEWEST = 20;

export const newestNoticesQuery = queryOptions({
  queryKey: ['notices', 'newest'],
  queryFn: ({ signal }) => request<Notices>('v1/notices', { signal, query: { limit: NEWEST } }),
});

export const noticesQuery = infiniteQueryOptions({
  queryKey: ['notices', 'list'],
  queryFn: ({ signal, pageParam }) =>
    request<Notices>('v1/notices', {
      signal,
      query: pageParam ? { cursor: pageParam } : {},
    }),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
});

export async function markNotices(mark: NoticeMark): Promise<void> {
  await request('v1/notices', { method: 'POST', body: mark });
  await queryClient.invalidateQueries({ queryKey: ['notices'] });
}
