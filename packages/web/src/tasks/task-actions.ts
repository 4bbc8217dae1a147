import type { NewTask, Task, TaskPatch } from '@tandem/api';
import i18next from 'i18next';
import { request } from '../api/client.ts';
import { problemText } from '../api/problem-text.ts';
import { queryClient } from '../api/query-client.ts';
import { linger, refreshTasks } from '../api/refresh.ts';
import { toast } from '../ui/toast.ts';
import { addPending } from './pending.ts';
import { dropTasks, putTask } from './task-cache.ts';
import { announceDone, undoable } from './undo.ts';

/**
 * What a person does to tasks. Edits show at once and settle when the server answers; what it refuses
 * is thrown (single edits, whose field keeps what was typed) or said in a notice (everything else).
 */

/** As many as the API takes in one request. */
export const BULK_MAX = 500;

/** Edits of one task leave in the order they were made. */
const lanes = new Map<string, Promise<unknown>>();

/** Throws an ApiProblem when the server says no. */
export async function saveTask(id: string, patch: TaskPatch): Promise<Task> {
  const takeAway = addPending(id, patch);
  const before = lanes.get(id) ?? Promise.resolve();
  const mine = before
    .catch(() => undefined)
    .then(() => request<Task>(`v1/tasks/${id}`, { method: 'PATCH', body: patch }));
  lanes.set(id, mine);
  try {
    await queryClient.cancelQueries({ queryKey: ['tasks'] });
    const task = await mine;
    putTask(task);
    return task;
  } finally {
    if (lanes.get(id) === mine) lanes.delete(id);
    takeAway();
    refreshTasks();
  }
}

/** Throws when the server says no: the editor then opens again with what was typed. */
export function renameTask(task: Task, name: string): Promise<void> {
  return undoable(rename(task, name));
}

async function rename(task: Task, name: string): Promise<void> {
  await saveTask(task.id, { name });
  announceDone(i18next.t('tasks.done.changed', { name }), () => takeBackPatch([task], ['name']));
}

export async function createTask(task: NewTask): Promise<Task> {
  const created = await request<Task>('v1/tasks', { method: 'POST', body: task });
  refreshTasks();
  return created;
}

/** Completes what is open; when all of them are complete already, reopens them. */
export async function toggleComplete(tasks: readonly Task[]): Promise<void> {
  const open = tasks.filter((task) => task.status === 'open');
  const [chosen, status] = open.length > 0 ? [open, 'complete' as const] : [tasks, 'open' as const];
  linger();
  await change(chosen, { status }, status === 'complete' ? 'completed' : 'reopened');
}

export async function togglePriority(tasks: readonly Task[]): Promise<void> {
  const priority = tasks.some((task) => task.priority !== 'high') ? 'high' : 'normal';
  await change(
    tasks.filter((task) => task.priority !== priority),
    { priority },
    'changed',
  );
}

export async function setDueDate(tasks: readonly Task[], dueDate: string | null): Promise<void> {
  await change(
    tasks.filter((task) => task.dueDate !== dueDate),
    { dueDate },
    'dated',
  );
}

export function trashTasks(tasks: readonly Task[]): Promise<void> {
  return undoable(trash(tasks));
}

export function restoreTasks(tasks: readonly Task[]): Promise<void> {
  return undoable(restore(tasks));
}

async function trash(tasks: readonly Task[]): Promise<void> {
  const changed = await bulk(tasks, { action: 'delete' }, true);
  if (changed.length === 0) return;
  announceDone(said('deleted', changed), async () => {
    return (await bulk(changed, { action: 'restore' }, false)).length === changed.length;
  });
}

async function restore(tasks: readonly Task[]): Promise<void> {
  const changed = await bulk(tasks, { action: 'restore' }, true);
  if (changed.length === 0) return;
  announceDone(said('restored', changed), async () => {
    return (await bulk(changed, { action: 'delete' }, true)).length === changed.length;
  });
}

type Verb = 'completed' | 'reopened' | 'dated' | 'changed' | 'deleted' | 'restored';

function change(tasks: readonly Task[], patch: TaskPatch, verb: Verb): Promise<void> {
  return undoable(patchAll(tasks, patch, verb));
}

async function patchAll(tasks: readonly Task[], patch: TaskPatch, verb: Verb): Promise<void> {
  if (tasks.length === 0) return;
  const changed = await applyPatch(tasks, patch);
  if (changed.length === 0) return;
  announceDone(said(verb, changed), () =>
    takeBackPatch(changed, Object.keys(patch) as (keyof TaskPatch)[]),
  );
}

/** Each task goes back to its own former value; equal ones travel together. */
async function takeBackPatch(
  tasks: readonly Task[],
  fields: readonly (keyof TaskPatch)[],
): Promise<boolean> {
  const groups = new Map<string, Task[]>();
  for (const task of tasks) {
    const former = JSON.stringify(Object.fromEntries(fields.map((field) => [field, task[field]])));
    groups.set(former, [...(groups.get(former) ?? []), task]);
  }
  let whole = true;
  for (const [former, group] of groups) {
    const done = await applyPatch(group, JSON.parse(former) as TaskPatch);
    whole &&= done.length === group.length;
  }
  return whole;
}

async function applyPatch(tasks: readonly Task[], patch: TaskPatch): Promise<readonly Task[]> {
  const only = tasks.length === 1 ? tasks[0] : undefined;
  if (!only) return bulk(tasks, { action: 'patch', patch }, false);
  try {
    await saveTask(only.id, patch);
    return [only];
  } catch (fault) {
    failedOne(only, fault);
    return [];
  }
}

interface BulkChange {
  readonly action: 'patch' | 'delete' | 'restore';
  readonly patch?: TaskPatch;
}

interface BulkResult {
  readonly results: readonly { id: string; ok: boolean; message: string | null }[];
}

/** Returns those that were changed, as they were before. */
async function bulk(
  tasks: readonly Task[],
  body: BulkChange,
  leavesList: boolean,
): Promise<readonly Task[]> {
  const chosen = tasks.slice(0, BULK_MAX);
  if (tasks.length > BULK_MAX) toast(i18next.t('tasks.bulk.limit', { max: BULK_MAX }));
  const layers = chosen.map((task) => addPending(task.id, body.patch ?? {}, leavesList));
  try {
    await queryClient.cancelQueries({ queryKey: ['tasks'] });
    const { results } = await request<BulkResult>('v1/tasks/bulk', {
      method: 'POST',
      body: { ids: chosen.map((task) => task.id), ...body },
    });
    const failed = new Map(results.filter(({ ok }) => !ok).map((row) => [row.id, row.message]));
    const changed = chosen.filter((task) => !failed.has(task.id));
    if (leavesList) dropTasks(new Set(changed.map((task) => task.id)));
    else if (body.patch) for (const task of changed) putTask({ ...task, ...body.patch } as Task);
    if (failed.size > 0) failedSome(failed.size, chosen.length, [...failed.values()][0] ?? '');
    return changed;
  } catch (fault) {
    const [only] = chosen;
    if (chosen.length === 1 && only) failedOne(only, fault);
    else failedSome(chosen.length, chosen.length, problemText(i18next.t, fault));
    return [];
  } finally {
    for (const takeAway of layers) takeAway();
    refreshTasks();
  }
}

function said(verb: Verb, tasks: readonly Task[]): string {
  return tasks.length === 1
    ? i18next.t(`tasks.done.${verb}`, { name: tasks[0]?.name ?? '' })
    : i18next.t(`tasks.done.${verb}Many`, { count: tasks.length });
}

function failedOne(task: Task, fault: unknown): void {
  const reason = problemText(i18next.t, fault);
  toast(i18next.t('tasks.failed.one', { name: task.name, reason }), { kind: 'failed' });
}

function failedSome(count: number, total: number, reason: string): void {
  toast(i18next.t('tasks.failed.some', { count, total, reason }), { kind: 'failed' });
}
