import { hashKey, QueryClient } from '@tanstack/react-query';
import { viewedId } from '../app/viewing.ts';
import { ApiProblem } from './client.ts';

/** More than two quick tries only hide that the server is away; the page says so instead. */
const RETRIES_MAX = 2;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // Live updates say when something changed; this only covers a stream that was down.
      staleTime: 30_000,
      retry: (failures, fault) =>
        failures < RETRIES_MAX &&
        (!(fault instanceof ApiProblem) || fault.status === 0 || fault.status >= 500),
      networkMode: 'always',
      // One's own list and a teammate's are never one entry of the cache.
      queryKeyHashFn: (key) => hashKey([viewedId(), key]),
    },
    mutations: { networkMode: 'always' },
  },
});
