import { meQuery } from '../api/queries.ts';
import { queryClient } from '../api/query-client.ts';

/**
 * What the first page will need is asked for at once, side by side: on a slow line each question that waits
 * for the answer before it costs more than what it brings. The pages themselves know nothing of this.
 */
const loadCommandCenter = () => import('../tasks/command-center.tsx');

export function headStart(path: string): void {
  const toList = path === '/';
  // Before the door nobody knows who it will be, but everybody comes to the list.
  if (!toList && !path.startsWith('/sign-')) return;
  if (toList) void queryClient.prefetchQuery(meQuery);
  loadCommandCenter().catch(() => undefined);
}
