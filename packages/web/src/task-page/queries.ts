import type { TaskSides } from '@tandem/api';
import { queryOptions } from '@tanstack/react-query';
import { request } from '../api/client.ts';

/** Under the tasks' key: a live event about tasks reads it again. */
export function sidesQuery(id: string) {
  return queryOptions({
    queryKey: ['tasks', 'sides', id],
    queryFn: ({ signal }) =>
      request<TaskSides>(`v1/tasks/${encodeURIComponent(id)}/sides`, { signal }),
  });
}
