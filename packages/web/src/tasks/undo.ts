import i18next from 'i18next';
import { dismissToast, toast } from '../ui/toast.ts';

/** What `z` takes back, newest first. */
interface Undoable {
  /** Whether it was taken back; if not, it has said why. */
  readonly run: () => Promise<boolean>;
  toastId: number;
}

/** Nobody takes back more; and old steps may no longer fit what others did meanwhile. */
const UNDO_MAX = 30;
const stack: Undoable[] = [];
let answerToast = 0;

/** Says what was done and offers to take it back. */
export function announceDone(text: string, run: () => Promise<boolean>): void {
  const step: Undoable = { run, toastId: 0 };
  stack.push(step);
  if (stack.length > UNDO_MAX) stack.shift();
  step.toastId = toast(text, {
    action: { label: i18next.t('common.undo'), run: () => void takeBack(step) },
  });
}

/** An action the server has not answered yet is the last one all the same: `z` waits for it. */
const running = new Set<Promise<unknown>>();

export async function undoable<R>(action: Promise<R>): Promise<R> {
  running.add(action);
  try {
    return await action;
  } finally {
    running.delete(action);
  }
}

/** Pressed again while it waits, `z` means the same change: nobody has seen yet that it was taken back. */
let undoWaits = false;

export async function undoLast(): Promise<void> {
  if (undoWaits) return;
  if (running.size > 0) {
    undoWaits = true;
    answer(i18next.t('tasks.done.undoWaits'));
    await Promise.allSettled([...running]);
    undoWaits = false;
  }
  const step = stack.at(-1);
  if (step) await takeBack(step);
  else answer(i18next.t('tasks.done.nothingToUndo'));
}

async function takeBack(step: Undoable): Promise<void> {
  const at = stack.indexOf(step);
  if (at === -1) return;
  stack.splice(at, 1);
  dismissToast(step.toastId);
  if (!(await step.run())) return;
  answer(i18next.t('tasks.done.undone'));
}

/** Pressing `z` three times leaves one notice, not a pile of them. */
function answer(text: string): void {
  dismissToast(answerToast);
  answerToast = toast(text);
}
