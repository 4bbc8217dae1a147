import type { Task } from '@tandem/api';
import type { InfiniteData } from '@tanstack/react-query';
import type { TaskPage } from './queries.ts';

type List = InfiniteData<TaskPage, string | null>;

/**
 * A list that was read again keeps each task that is still the same as the object it was, so that only rows
 * that changed are drawn. Compares two levels and stops there, which is as deep as a task is; the general
 * way (comparing and copying everything) holds the page up for a blink at ten thousand.
 */
export function sharePages(before: unknown, after: unknown): unknown {
  const next = after as List;
  const old = before as List | undefined;
  if (!old) return next;
  if (next === old) return old;
  // Only made when something moved: most of the time each task stands where it stood.
  let known: Map<string, Task> | null = null;
  const former = (task: Task, at: Task | undefined): Task | undefined => {
    if (at?.id === task.id) return at;
    known ??= new Map(old.pages.flatMap((page) => page.tasks.map((one) => [one.id, one])));
    return known.get(task.id);
  };
  const pages = next.pages.map((page, index) => {
    const before = old.pages[index];
    if (page === before) return page;
    let same = before?.tasks.length === page.tasks.length && before.nextCursor === page.nextCursor;
    const tasks = page.tasks.map((task, place) => {
      const was = former(task, before?.tasks[place]);
      const kept = was && sameTask(was, task) ? was : task;
      same &&= kept === before?.tasks[place];
      return kept;
    });
    return same && before ? before : { ...page, tasks };
  });
  const same = pages.length === old.pages.length && pages.every((page, i) => page === old.pages[i]);
  return same ? old : { ...next, pages };
}

function sameTask(a: Task, b: Task): boolean {
  if (a === b) return true;
  for (const key of Object.keys(b) as (keyof Task)[]) {
    if (a[key] !== b[key] && !sameObject(a[key], b[key])) return false;
  }
  return true;
}

function sameObject(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [one, other] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = Object.keys(other);
  return keys.length === Object.keys(one).length && keys.every((key) => one[key] === other[key]);
}
