import type { Task } from '@tandem/api';
import type { InfiniteData } from '@tanstack/react-query';
import { type TaskPage, taskQuery } from '../api/queries.ts';
import { queryClient } from '../api/query-client.ts';

/** The server's answer to an edit goes into every list that shows the task, before lists are read again. */
export function putTask(task: Task): void {
  queryClient.setQueryData(taskQuery(task.id).queryKey, task);
  queryClient.setQueriesData<InfiniteData<TaskPage>>({ queryKey: ['tasks', 'list'] }, (data) => {
    if (!data) return data;
    return mapPages(data, (tasks) =>
      tasks.some(({ id }) => id === task.id)
        ? tasks.map((other) => (other.id === task.id ? task : other))
        : tasks,
    );
  });
}

export function dropTasks(ids: ReadonlySet<string>): void {
  queryClient.setQueriesData<InfiniteData<TaskPage>>({ queryKey: ['tasks', 'list'] }, (data) =>
    data ? mapPages(data, (tasks) => tasks.filter(({ id }) => !ids.has(id))) : data,
  );
}

function mapPages(
  data: InfiniteData<TaskPage>,
  change: (tasks: readonly Task[]) => readonly Task[],
): InfiniteData<TaskPage> {
  return { ...data, pages: data.pages.map((page) => ({ ...page, tasks: change(page.tasks) })) };
}
