import type { AuditAction, AuditEntry, Invitation, Member, SignInSession } from '@tandem/api';
import { infiniteQueryOptions } from '@tanstack/react-query';
import { request } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';

/** What these pages read; keys begin with `settings`, so that live events refresh them. */

interface Page {
  readonly nextCursor: string | null;
}

function pages<P extends Page>(key: readonly unknown[], path: string, query: Query = {}) {
  return infiniteQueryOptions({
    queryKey: ['settings', ...key],
    queryFn: ({ signal, pageParam }) =>
      request<P>(path, {
        signal,
        query: { ...query, ...(pageParam === null ? {} : { cursor: pageParam }) },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page: P) => page.nextCursor,
  });
}
type Query = Readonly<Record<string, string | number>>;

export const teamQuery = pages<Page & { readonly members: readonly Member[] }>(
  ['team-members'],
  'v1/members',
  { limit: 200 },
);
export const invitationsQuery = pages<Page & { readonly invitations: readonly Invitation[] }>(
  ['invitations'],
  'v1/invitations',
);
export const sessionsQuery = pages<Page & { readonly sessions: readonly SignInSession[] }>(
  ['sessions'],
  'v1/sessions',
);

export interface AuditFilter {
  readonly action?: AuditAction;
  readonly actorId?: string;
}
export function auditQuery(filter: AuditFilter) {
  return pages<Page & { readonly entries: readonly AuditEntry[] }>(['audit', filter], 'v1/audit', {
    ...filter,
  });
}

export async function refreshTeam(): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: ['settings'] }),
    queryClient.invalidateQueries({ queryKey: ['members'] }),
  ]);
}
