import type { TaskResult, TasksResult, TaskView } from './task-view.ts';

/** What was found in the order asked for, and what was not. */
export function resultsOf(ids: readonly string[], tasks: readonly TaskView[]): TasksResult {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const wanted = [...new Set(ids)];
  return {
    tasks: wanted.flatMap((id) => byId.get(id.toLowerCase()) ?? []),
    notFound: wanted.filter((id) => !byId.has(id.toLowerCase())),
  };
}

export function resultOf(results: TasksResult): TaskResult {
  const [task] = results.tasks;
  return task === undefined ? { kind: 'not_found' } : { kind: 'ok', task };
}
