import type { Task, TaskPatch } from '@tandem/api';
import type { InfiniteData } from '@tanstack/react-query';
import { type TaskPage, taskQuery } from '../api/queries.ts';
import { queryClient } from '../api/query-client.ts';
import { withPending } from './pending.ts';

/** The server's answer to an edit goes into every list that shows the task, before lists are read again. */
export function putTask(task: Task): void {
  queryClient.setQueryData(taskQuery(task.id).queryKey, task);
  changeInLists(new Set([task.id]), () => task);
}

/** Laid over what is kept by now: something else of a task may have changed since the patch was meant. */
export function patchTasks(ids: ReadonlySet<string>, patch: TaskPatch): void {
  const change = (task: Task) => ({ ...task, ...patch }) as Task;
  // What is kept is walked, not what was changed: ten thousand questions to the cache hold the page up.
  const kept = queryClient.getQueriesData<Task>({ queryKey: ['tasks', 'one'] });
  for (const [queryKey, task] of kept) {
    if (task && ids.has(task.id)) queryClient.setQueryData(queryKey, change(task));
  }
  changeInLists(ids, change);
}

function changeInLists(ids: ReadonlySet<string>, change: (task: Task) => Task): void {
  queryClient.setQueriesData<InfiniteData<TaskPage>>({ queryKey: ['tasks', 'list'] }, (data) => {
    if (!data) return data;
    return mapPages(data, (tasks) =>
      tasks.some(({ id }) => ids.has(id))
        ? tasks.map((task) => (ids.has(task.id) ? change(task) : task))
        : tasks,
    );
  });
}

/** Those of these tasks that a list in sight has, as it shows them. Lists out of sight are not read again. */
export function knownTasks(ids: ReadonlySet<string>): readonly Task[] {
  const found = new Map<string, Task>();
  const lists = queryClient.getQueriesData<InfiniteData<TaskPage>>({
    queryKey: ['tasks', 'list'],
    type: 'active',
  });
  for (const [, data] of lists) {
    for (const page of data?.pages ?? []) {
      for (const task of page.tasks ?? []) {
        const shown = ids.has(task.id) ? withPending(task) : null;
        if (shown) found.set(task.id, shown);
      }
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
