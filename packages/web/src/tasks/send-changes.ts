import type { Task, TaskPatch } from '@tandem/api';
import i18next from 'i18next';
import { request } from '../api/client.ts';
import { whenOnline } from '../api/offline.ts';
import { problemText } from '../api/problem-text.ts';
import { queryClient } from '../api/query-client.ts';
import { refreshTasks } from '../api/refresh.ts';
import { viewedId } from '../app/viewing.ts';
import { toast } from '../ui/toast.ts';
import { addPending, addPendingMany } from './pending.ts';
import { dropTasks, patchTasks, putTask } from './task-cache.ts';

/**
 * Changes on their way: shown at once, settled when the server answers. What it refuses goes back to what
 * it was, and a notice says why and offers to try again.
 */

/** As many as the API takes in one request; more go in several, one after the other. */
const BULK_SIZE = 500;

/** The last change under way to each task. */
const lanes = new Map<string, Promise<unknown>>();

/**
 * Changes of one task leave in the order they were made, each when the one before is settled; a change of many
 * waits for those of all its tasks. Offline too: a change takes its place when it is made, not when it can go.
 */
function inLanes<R>(ids: readonly string[], change: () => Promise<R>): Promise<R> {
  const earlier = new Set(ids.map((id) => lanes.get(id)));
  const mine = whenOnline(() => Promise.allSettled(earlier).then(change));
  for (const id of ids) lanes.set(id, mine);
  const leave = () => {
    for (const id of ids) if (lanes.get(id) === mine) lanes.delete(id);
  };
  mine.then(leave, leave);
  return mine;
}

/** In sight while it waits for the network too. Throws an ApiProblem when the server says no. */
export async function saveWhenOnline(id: string, patch: TaskPatch, as = viewedId()): Promise<Task> {
  const takeAway = addPending(id, patch);
  try {
    return await inLanes([id], () => saveTask(id, patch, as));
  } finally {
    takeAway();
    refreshTasks();
  }
}

async function saveTask(id: string, patch: TaskPatch, as: string | null): Promise<Task> {
  const sent = request<Task>(`v1/tasks/${id}`, { method: 'PATCH', body: patch, as });
  const [task] = await Promise.all([sent, cancelReads()]);
  await cancelReads();
  putTask(task);
  return task;
}

/**
 * A read that was asked before the write, or while it was under way, may not know it, and would put the former value
 * back; the next key that moves a day would count from that. They are read again after it (`refreshTasks`).
 */
function cancelReads(): Promise<void> {
  return queryClient.cancelQueries({ queryKey: ['tasks'] });
}

/**
 * Sends one patch for all of them. Returns those that were changed, as they were before. `as`: whose tasks were
 * looked at when it was meant (B12.5).
 */
export async function applyPatch(
  tasks: readonly Task[],
  patch: TaskPatch,
  again: Again,
  as = viewedId(),
): Promise<readonly Task[]> {
  const only = tasks.length === 1 ? tasks[0] : undefined;
  if (!only) return bulk(tasks, { action: 'patch', patch }, false, again, as);
  try {
    await saveWhenOnline(only.id, patch, as);
    return [only];
  } catch (fault) {
    failedOne(only, fault, again);
    return [];
  }
}

/** What the notice's "Try again" does with those that were refused. */
type Again = (rest: readonly Task[]) => Promise<unknown>;

interface BulkChange {
  readonly action: 'patch' | 'delete' | 'restore';
  readonly patch?: TaskPatch;
}

interface BulkResult {
  readonly results: readonly { id: string; ok: boolean; message: string | null }[];
}

/** Returns those that were changed, as they were before. */
export async function bulk(
  tasks: readonly Task[],
  body: BulkChange,
  leavesList: boolean,
  again: Again,
  as = viewedId(),
): Promise<readonly Task[]> {
  const ids = tasks.map((task) => task.id);
  const takeAway = addPendingMany(ids, body.patch ?? {}, leavesList);
  const refused: Refused[] = [];
  try {
    return await inLanes(ids, async () => {
      await cancelReads();
      const changed = await sendInBatches(tasks, body, as, refused);
      await cancelReads();
      const changedIds = new Set(changed.map((task) => task.id));
      if (leavesList) dropTasks(changedIds);
      else if (body.patch) patchTasks(changedIds, body.patch);
      return changed;
    });
  } finally {
    takeAway();
    refreshTasks();
    failedSome(refused, tasks.length, again);
  }
}

interface Refused {
  readonly task: Task;
  readonly reason: string;
}

/** Returns those that were changed; the others are added to `refused`. */
async function sendInBatches(
  tasks: readonly Task[],
  body: BulkChange,
  as: string | null,
  refused: Refused[],
): Promise<readonly Task[]> {
  const changed: Task[] = [];
  for (let from = 0; from < tasks.length; from += BULK_SIZE) {
    const chosen = tasks.slice(from, from + BULK_SIZE);
    const reasons = await sendBulk(chosen, body, as);
    for (const task of chosen) {
      const reason = reasons.get(task.id);
      if (reason === undefined) changed.push(task);
      else refused.push({ task, reason });
    }
  }
  return changed;
}

/** Why each was refused; a request that failed as a whole refused all of its tasks. */
async function sendBulk(
  tasks: readonly Task[],
  body: BulkChange,
  as: string | null,
): Promise<ReadonlyMap<string, string>> {
  try {
    const { results } = await whenOnline(() =>
      request<BulkResult>('v1/tasks/bulk', {
        method: 'POST',
        body: { ids: tasks.map((task) => task.id), ...body },
        as,
      }),
    );
    const failed = results.filter(({ ok }) => !ok);
    return new Map(failed.map(({ id, message }) => [id, message ?? '']));
  } catch (fault) {
    const reason = problemText(i18next.t, fault);
    return new Map(tasks.map((task) => [task.id, reason]));
  }
}

/** The old value is back; the notice says why and offers to try once more. */
export function failedOne(task: Task, fault: unknown, again: Again): void {
  sayFailed(
    i18next.t('tasks.failed.one', { name: task.name, reason: problemText(i18next.t, fault) }),
    () => again([task]),
  );
}

function failedSome(refused: readonly Refused[], total: number, again: Again): void {
  const [first] = refused;
  if (first === undefined) return;
  const { reason } = first;
  const text =
    total === 1
      ? i18next.t('tasks.failed.one', { name: first.task.name, reason })
      : i18next.t('tasks.failed.some', { count: refused.length, total, reason });
  sayFailed(text, () => again(refused.map(({ task }) => task)));
}

export function sayFailed(text: string, again: () => Promise<unknown>): void {
  toast(text, {
    kind: 'failed',
    action: { label: i18next.t('common.retry'), run: () => void again() },
  });
}
