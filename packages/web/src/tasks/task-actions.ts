import type { Task, TaskPatch } from '@tandem/api';
import i18next from 'i18next';
import { linger } from '../api/refresh.ts';
import { viewedId } from '../app/viewing.ts';
import { addDays, type PlainDate } from '../dates/plain-date.ts';
import { applyPatch, bulk, saveWhenOnline } from './send-changes.ts';
import { announceDone, undoable } from './undo.ts';

/**
 * What a person does to tasks. Edits show at once and settle when the server answers; what it refuses
 * is thrown (single edits, whose field keeps what was typed) or said in a notice (everything else).
 */

/** What is taken back was accepted, so it was done among one's own tasks; the address may be a colleague's by now. */
const OWN = null;

/** What is edited in its field. Throws when the server says no: the field then keeps what was typed. */
export function saveField(task: Task, patch: TaskPatch): Promise<void> {
  return undoable(save(task, patch));
}

async function save(task: Task, patch: TaskPatch): Promise<void> {
  const { name } = await saveWhenOnline(task.id, patch);
  const fields = Object.keys(patch) as (keyof TaskPatch)[];
  announceDone(i18next.t('tasks.done.changed', { name }), () => takeBackPatch([task], fields));
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

export async function setType(tasks: readonly Task[], type: Task['type']): Promise<void> {
  await change(
    tasks.filter((task) => task.type !== type),
    { type },
    'changed',
  );
}

/** Each task by its own number of days; one without a date begins today. */
export async function moveByDays(
  tasks: readonly Task[],
  days: number,
  today: PlainDate,
): Promise<void> {
  const byDay = new Map<PlainDate, Task[]>();
  for (const task of tasks) {
    const day = task.dueDate === null ? today : addDays(task.dueDate, days);
    putInto(byDay, day, task);
  }
  const as = viewedId();
  await undoable(
    (async () => {
      const moved: Task[] = [];
      for (const [dueDate, group] of byDay) {
        const again = (rest: readonly Task[]) => setDueDate(rest, dueDate);
        moved.push(...(await applyPatch(group, { dueDate }, again, as)));
      }
      announcePatch(moved, ['dueDate'], 'dated');
    })(),
  );
}

/** To a colleague, or back to oneself; undoing gives each to whom it was. */
export function assignTasks(tasks: readonly Task[], ownerId: string, name: string): Promise<void> {
  const others = tasks.filter((task) => task.ownerId !== ownerId);
  if (others.length === 0) return Promise.resolve();
  const again = (rest: readonly Task[]) => assignTasks(rest, ownerId, name);
  return undoable(
    (async () => {
      const changed = await applyPatch(others, { ownerId }, again);
      if (changed.length === 0) return;
      announceDone(i18next.t('center.assign.done', { count: changed.length, name }), () =>
        takeBackPatch(changed, ['ownerId']),
      );
    })(),
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
  const changed = await bulk(tasks, { action: 'delete' }, true, trashTasks);
  if (changed.length === 0) return;
  announceDone(said('deleted', changed), async () => {
    const back = await bulk(changed, { action: 'restore' }, false, restoreTasks, OWN);
    return back.length === changed.length;
  });
}

/** What was just added goes to Trash. */
export async function takeBackAdded(task: Task): Promise<boolean> {
  return (await bulk([task], { action: 'delete' }, true, trashTasks, OWN)).length === 1;
}

async function restore(tasks: readonly Task[]): Promise<void> {
  const changed = await bulk(tasks, { action: 'restore' }, true, restoreTasks);
  if (changed.length === 0) return;
  announceDone(said('restored', changed), async () => {
    const back = await bulk(changed, { action: 'delete' }, true, trashTasks, OWN);
    return back.length === changed.length;
  });
}

type Verb = 'completed' | 'reopened' | 'dated' | 'changed' | 'deleted' | 'restored';

function change(tasks: readonly Task[], patch: TaskPatch, verb: Verb): Promise<void> {
  return undoable(patchAll(tasks, patch, verb));
}

async function patchAll(tasks: readonly Task[], patch: TaskPatch, verb: Verb): Promise<void> {
  if (tasks.length === 0) return;
  const again = (rest: readonly Task[]) => change(rest, patch, verb);
  announcePatch(
    await applyPatch(tasks, patch, again),
    Object.keys(patch) as (keyof TaskPatch)[],
    verb,
  );
}

function announcePatch(
  changed: readonly Task[],
  fields: readonly (keyof TaskPatch)[],
  verb: Verb,
): void {
  if (changed.length === 0) return;
  announceDone(said(verb, changed), () => takeBackPatch(changed, fields));
}

/** Each task goes back to its own former value; equal ones travel together. */
async function takeBackPatch(
  tasks: readonly Task[],
  fields: readonly (keyof TaskPatch)[],
): Promise<boolean> {
  const groups = new Map<string, Task[]>();
  for (const task of tasks) {
    const former = JSON.stringify(Object.fromEntries(fields.map((field) => [field, task[field]])));
    putInto(groups, former, task);
  }
  let whole = true;
  for (const [former, group] of groups) {
    const patch = JSON.parse(former) as TaskPatch;
    const done = await applyPatch(group, patch, (rest) => change(rest, patch, 'changed'), OWN);
    whole &&= done.length === group.length;
  }
  return whole;
}

/** Ten thousand tasks go into one group: it grows, and is not copied. */
function putInto<Key>(groups: Map<Key, Task[]>, key: Key, task: Task): void {
  const group = groups.get(key);
  if (group) group.push(task);
  else groups.set(key, [task]);
}

function said(verb: Verb, tasks: readonly Task[]): string {
  return tasks.length === 1
    ? i18next.t(`tasks.done.${verb}`, { name: tasks[0]?.name ?? '' })
    : i18next.t(`tasks.done.${verb}Many`, { count: tasks.length });
}
