import type { ApiToken, Delivery, Webhook } from '@tandem/api';
import { infiniteQueryOptions } from '@tanstack/react-query';
import { request } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';

/** What the page reads; keys begin with `settings`, so that live events refresh it. */

interface TokenPage {
  readonly tokens: readonly ApiToken[];
  readonly nextCursor: string | null;
}
export const tokensQuery = infiniteQueryOptions({
  queryKey: ['settings', 'tokens'],
  queryFn: ({ signal, pageParam }) =>
    request<TokenPage>('v1/tokens', { signal, query: cursorIn(pageParam) }),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
});

interface WebhookPage {
  readonly webhooks: readonly Webhook[];
  readonly nextCursor: string | null;
}
export const webhooksQuery = infiniteQueryOptions({
  queryKey: ['settings', 'webhooks'],
  queryFn: ({ signal, pageParam }) =>
    request<WebhookPage>('v1/webhooks', { signal, query: cursorIn(pageParam) }),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
});

interface DeliveryPage {
  readonly deliveries: readonly Delivery[];
  readonly nextCursor: string | null;
}
/** A page of the log: what a person looks through before asking for more. */
const LOG_PAGE = 20;
export function deliveriesQuery(webhookId: string) {
  return infiniteQueryOptions({
    queryKey: ['settings', 'deliveries', webhookId],
    queryFn: ({ signal, pageParam }) =>
      request<DeliveryPage>(`v1/webhooks/${webhookId}/deliveries`, {
        signal,
        query: { limit: LOG_PAGE, ...cursorIn(pageParam) },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

export function refreshPrograms(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: ['settings'] });
}

function cursorIn(cursor: string | null): Record<string, string> {
  return cursor === null ? {} : { cursor };
}
