import type { NewTask, Task } from '@tandem/api';
import i18next from 'i18next';
import { request } from '../api/client.ts';
import { whenOnline } from '../api/offline.ts';
import { problemText } from '../api/problem-text.ts';
import { refreshTasks } from '../api/refresh.ts';
import { viewedId } from '../app/viewing.ts';
import { toast } from '../ui/toast.ts';
import { takeBackAdded } from './task-actions.ts';
import { announceDone, undoable } from './undo.ts';

/**
 * Throws when the server says no: the line then keeps what was typed. `key` makes a second try the same request:
 * what was made although the answer was lost is not made twice. `owner` is the name of a colleague it is for.
 */
export function createTask(task: NewTask, key: string, owner: string | null = null): Promise<Task> {
  return undoable(create(task, key, owner));
}

async function create(task: NewTask, key: string, owner: string | null): Promise<Task> {
  const headers = { 'idempotency-key': key };
  const as = viewedId();
  const created = await whenOnline(() =>
    request<Task>('v1/tasks', { method: 'POST', body: task, headers, as }),
  );
  refreshTasks();
  const { name } = task;
  announceDone(
    owner === null
      ? i18next.t('tasks.add.added', { name })
      : i18next.t('center.assign.added', { name, owner }),
    () => takeBackAdded(created),
  );
  return created;
}

/** Where no empty line is left that could keep what was typed: the notice does. */
export function sayNotAdded(task: NewTask, fault: unknown, again: () => Promise<unknown>): void {
  const why = problemText(i18next.t, fault);
  toast(`${i18next.t('tasks.add.failed', { name: task.name })} ${why}`, {
    kind: 'failed',
    action: { label: i18next.t('common.retry'), run: () => void again() },
  });
}
