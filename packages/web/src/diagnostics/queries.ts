import type { ProblemCauses, SyncProblem } from '@tandem/api';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { request } from '../api/client.ts';

export const causesQuery = queryOptions({
  queryKey: ['sync', 'problems', 'causes'],
  queryFn: ({ signal }) => request<ProblemCauses>('v1/sync/problems/causes', { signal }),
});

interface ProblemPage {
  readonly problems: readonly SyncProblem[];
  readonly nextCursor: string | null;
}

/** A fold shows a screenful; who has thousands of one cause acts on all of them at once. */
const PAGE_SIZE = 50;

export function problemsQuery(of: { kind: string; cause: string } | 'ignored') {
  const asked = of === 'ignored' ? { ignored: 'true' } : { kind: of.kind, cause: of.cause };
  return infiniteQueryOptions({
    queryKey: ['sync', 'problems', 'list', asked],
    queryFn: ({ signal, pageParam }) =>
      request<ProblemPage>('v1/sync/problems', {
        signal,
        query: { ...asked, limit: PAGE_SIZE, ...(pageParam ? { cursor: pageParam } : {}) },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}
