import { QueryClient } from '@tanstack/react-query';
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
    },
    mutations: { networkMode: 'always' },
  },
});
