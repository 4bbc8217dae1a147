import type { QueryClient, QueryKey } from '@tanstack/react-query';

/**
 * What the server answered to a write is newer than any read under way: one that was asked before the
 * write and arrives after it would put the former value back on the page, and nothing reads it again.
 */
export async function putAnswer<T>(
  client: QueryClient,
  { queryKey }: { queryKey: QueryKey },
  answer: T,
): Promise<void> {
  await client.cancelQueries({ queryKey, exact: true });
  client.setQueryData(queryKey, answer);
  // Pages hear of it in a task of its own. Who cleared a form before that would show its former values for a moment.
  await new Promise((heard) => setTimeout(heard));
}
