import type { Task } from '@tandem/api';
import type { InfiniteData } from '@tanstack/react-query';
import { type TaskPage, taskQuery } from '../api/queries.ts';
import { queryClient } from '../api/query-client.ts';

/** The server's answer to an edit goes into every list that shows the task, before lists are read again. */
export function putTask(task: Task): void {
  putTasks([task]);
}

export function putTasks(changed: readonly Task[]): void {
  const byId = new Map(changed.map((task) => [task.id, task]));
  const [only] = changed;
  if (only && changed.length === 1) queryClient.setQueryData(taskQuery(only.id).queryKey, only);
  // What is kept is walked, not what was changed: ten thousand questions to the cache hold the page up.
  else {
    const kept = queryClient.getQueriesData<Task>({ queryKey: ['tasks', 'one'] });
    for (const [queryKey, task] of kept) {
      const newer = task && byId.get(task.id);
      if (newer) queryClient.setQueryData(queryKey, newer);
    }
  }
  queryClient.setQueriesData<InfiniteData<TaskPage>>({ queryKey: ['tasks', 'list'] }, (data) => {
    if (!data) return data;
    return mapPages(data, (tasks) =>
      tasks.some(({ id }) => byId.has(id)) ? tasks.map((task) => byId.get(task.id) ?? task) : tasks,
    );
  });
}

/** Those of these tasks that some list has read already, in the order of that list. */
export function knownTasks(ids: ReadonlySet<string>): readonly Task[] {
  const found = new Map<string, Task>();
  const lists = queryClient.getQueriesData<InfiniteData<TaskPage>>({ queryKey: ['tasks', 'list'] });
  for (const [, data] of lists) {
    for (const page of data?.pages ?? []) {
      for (const task of page.tasks ?? []) if (ids.has(task.id)) found.set(task.id, task);
    }
    if (found.size === ids.size) break;
  }
  return [...found.values()];
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
  const pages = data.pages.map((page) => {
    const tasks = change(page.tasks);
    return tasks === page.tasks ? page : { ...page, tasks };
  });
  return { ...data, pages };
}
