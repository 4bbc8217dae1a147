import type {
  Connection,
  CountQuery,
  HistoryEntry,
  Me,
  PeopleQuery,
  SalesforceAccess,
  SavedView,
  SyncHealth,
  SyncSettings,
  SyncStatus,
  Task,
  TaskCounts,
  TaskPerson,
  TaskQuery,
  TeamSync,
} from '@tandem/api';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { allMembers, type MemberPage } from './all-members.ts';
import { request } from './client.ts';
import { sharePages } from './share-pages.ts';

/** Everything the pages read, as query options. Keys begin with the noun that live events name. */

/** The first page of the list is in sight at once; who scrolls on gets as much as the API gives. */
const FIRST_PAGE_SIZE = 200;
const PAGE_SIZE = 500;

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => request<Me>('v1/me', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
  retry: false,
});

export const membersQuery = queryOptions({
  queryKey: ['members'],
  queryFn: ({ signal }) =>
    allMembers((query) => request<MemberPage>('v1/members', { query, signal })),
  staleTime: 5 * 60_000,
});

export interface TaskPage {
  readonly tasks: readonly Task[];
  readonly nextCursor: string | null;
}

export type ListQuery = Omit<TaskQuery, 'limit' | 'cursor'>;

export function taskListQuery(query: ListQuery) {
  return infiniteQueryOptions({
    queryKey: ['tasks', 'list', query],
    queryFn: ({ signal, pageParam }) =>
      request<TaskPage>('v1/tasks', {
        signal,
        query: {
          ...query,
          ...(pageParam ? { limit: PAGE_SIZE, cursor: pageParam } : { limit: FIRST_PAGE_SIZE }),
        },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    structuralSharing: sharePages,
  });
}

export function countsQuery(narrower: CountQuery = {}) {
  return queryOptions({
    queryKey: ['tasks', 'counts', narrower],
    queryFn: ({ signal }) =>
      request<TaskCounts>('v1/tasks/counts', { signal, query: { ...narrower } }),
    placeholderData: keepPreviousData,
  });
}

export function peopleQuery(query: PeopleQuery) {
  return queryOptions({
    queryKey: ['tasks', 'people', query],
    queryFn: ({ signal }) =>
      request<{ people: TaskPerson[] }>('v1/tasks/people', { signal, query: { ...query } }),
  });
}

/** All of them: there are at most as many as one answer holds. */
export const viewsQuery = queryOptions({
  queryKey: ['views'],
  queryFn: ({ signal }) => request<{ views: SavedView[] }>('v1/views', { signal }),
});

export function taskQuery(id: string) {
  return queryOptions({
    queryKey: ['tasks', 'one', id],
    queryFn: ({ signal }) => request<Task>(`v1/tasks/${encodeURIComponent(id)}`, { signal }),
  });
}

export interface HistoryPage {
  readonly entries: readonly HistoryEntry[];
  readonly nextCursor: string | null;
}

export function historyQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: ['tasks', 'history', id],
    queryFn: ({ signal, pageParam }) =>
      request<HistoryPage>(`v1/tasks/${encodeURIComponent(id)}/history`, {
        signal,
        query: pageParam ? { cursor: pageParam } : {},
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

export const connectionQuery = queryOptions({
  queryKey: ['sync', 'connection'],
  queryFn: ({ signal }) => request<Connection>('v1/salesforce/connection', { signal }),
});

export const syncStatusQuery = queryOptions({
  queryKey: ['sync', 'status'],
  queryFn: ({ signal }) => request<SyncStatus>('v1/sync/status', { signal }),
});

export const syncHealthQuery = queryOptions({
  queryKey: ['sync', 'health'],
  queryFn: ({ signal }) => request<SyncHealth>('v1/sync/health', { signal }),
});

export const syncSettingsQuery = queryOptions({
  queryKey: ['settings', 'sync'],
  queryFn: ({ signal }) => request<SyncSettings>('v1/sync/settings', { signal }),
});

export const teamSyncQuery = queryOptions({
  queryKey: ['settings', 'team'],
  queryFn: ({ signal }) => request<TeamSync>('v1/sync/team', { signal }),
});

/** Each look costs a call of the org's. */
const ACCESS_FRESH_MS = 10 * 60_000;

export const accessQuery = queryOptions({
  queryKey: ['salesforce', 'access'],
  queryFn: ({ signal }) => request<SalesforceAccess>('v1/salesforce/access', { signal }),
  staleTime: ACCESS_FRESH_MS,
  retry: false,
});

export const templateQuery = queryOptions({
  queryKey: ['settings', 'template'],
  queryFn: ({ signal }) => request<{ template: string }>('v1/template', { signal }),
});
