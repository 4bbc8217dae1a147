import type { Task, TaskPatch } from '@tandem/api';
import { useMemo, useSyncExternalStore } from 'react';

/**
 * Edits that the server has not answered yet, laid over whatever the server last said. A refusal only
 * takes its own layer away, so a rollback can never take a neighbour's change with it.
 */
interface Layer {
  readonly patch: Partial<Task>;
  readonly removed: boolean;
}

const layers = new Map<string, Layer[]>();
const listeners = new Set<() => void>();
let version = 0;
/** How far the list as a whole is. */
let listVersion = 0;

export function addPending(id: string, patch: TaskPatch, removed = false): () => void {
  return addPendingMany([id], patch, removed);
}

/** One layer over many tasks; the returned function takes it away from all of them. */
export function addPendingMany(
  ids: readonly string[],
  patch: TaskPatch,
  removed = false,
): () => void {
  const layer: Layer = { patch: patch as Partial<Task>, removed };
  // Mostly there is no other layer, and ten thousand tasks share the one.
  const alone = [layer];
  for (const id of ids) {
    const others = layers.get(id);
    layers.set(id, others ? [...others, layer] : alone);
  }
  changed(ids.length);
  return () => {
    for (const id of ids) {
      const known = layers.get(id);
      const rest = known === alone ? [] : (known ?? []).filter((other) => other !== layer);
      if (rest.length === 0) layers.delete(id);
      else layers.set(id, rest);
    }
    changed(ids.length);
  };
}

/** Null when the task is on its way out of the list. */
export function withPending(task: Task): Task | null {
  const pending = layers.get(task.id);
  if (!pending) return task;
  if (pending.some((layer) => layer.removed)) return null;
  // One spread and the rest set by hand: of ten thousand at once, a second spread is felt.
  const shown: Changeable = { ...task };
  for (const { patch } of pending) Object.assign(shown, patch);
  shown.sync = underWay(task.sync);
  return shown;
}

type Changeable = { -readonly [Key in keyof Task]: Task[Key] };

/** While the server has not answered, nothing is in step. */
function underWay(sync: Task['sync']): Task['sync'] {
  return sync.state === 'in_step' ? { ...sync, state: 'sending' } : sync;
}

/** The list as it will be. Of an edit of many at once it hears after the frame that shows it in the rows in sight. */
export function usePending(tasks: readonly Task[] | undefined): readonly Task[] | undefined {
  const seen = useSyncExternalStore(subscribe, () => listVersion);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version stands for the layers
  return useMemo(
    () =>
      layers.size === 0
        ? tasks
        : tasks?.flatMap((task) => {
            const shown = withPending(task);
            return shown ? [shown] : [];
          }),
    [tasks, seen],
  );
}

/** One row of it, at once. */
export function usePendingTask(task: Task): Task {
  const pending = useSyncExternalStore(subscribe, () => layers.get(task.id));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the layers of this task
  return useMemo(() => withPending(task) ?? task, [task, pending]);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** More than is in sight: to lay them over the whole list takes longer than the picture of the rows. */
const MANY = 200;
/** A page out of sight draws no frame. */
const NO_FRAME_MS = 100;

function changed(howMany: number): void {
  version += 1;
  if (howMany <= MANY) listVersion = version;
  else afterFrame(tellList);
  for (const listener of listeners) listener();
}

function tellList(): void {
  if (listVersion === version) return;
  listVersion = version;
  for (const listener of listeners) listener();
}

function afterFrame(work: () => void): void {
  // A timer that is set within the frame comes when it is drawn.
  requestAnimationFrame(() => setTimeout(work));
  setTimeout(work, NO_FRAME_MS);
}
