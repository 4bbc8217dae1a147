import type { Task } from '@tandem/api';
import i18next from 'i18next';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { problemText } from '../api/problem-text.ts';
import { useT } from '../i18n/use-t.ts';
import { toast } from '../ui/toast.ts';
import { isTyping } from './is-typing.ts';
import { type ListState, listState, setListState } from './list-state.ts';
import { focusTask } from './move-focus.ts';
import { sayFailed } from './send-changes.ts';
import { saveField } from './task-actions.ts';
import s from './task-list.module.css';

/** As long as the API takes (B1.1). */
export const NAME_MAX = 255;

interface Props {
  readonly task: Task;
  readonly editing: NonNullable<ListState['editing']>;
}

/** The name, edited in its row. Enter and leaving save, Esc gives up; a refusal opens it again as typed. */
export function NameEditor({ task, editing }: Props) {
  const { t } = useT();
  // Somebody else may rename the task meanwhile: what was not typed here is not sent.
  const [opened] = useState(task.name);
  const [text, setText] = useState(editing.text ?? opened);
  const [error, setError] = useState(editing.error);
  const settled = useRef(false);

  const close = (keepFocus: boolean) => {
    settled.current = true;
    setListState({ editing: null });
    if (keepFocus) focusTask(task.id);
  };
  const save = (keepFocus: boolean) => {
    if (settled.current) return;
    const name = text.trim();
    const fault = nameFault(name);
    if (fault) {
      // Leaving an emptied name gives it up; anything else that was typed stays to be put right.
      if (keepFocus || name !== '') setError(fault);
      else close(false);
      return;
    }
    close(keepFocus);
    if (name !== opened) void rename(task, name);
  };
  const leaveWithRow = () => {
    if (settled.current) return;
    settled.current = true;
    const { editing: edited, activeId } = listState();
    if (edited?.id === task.id) setListState({ editing: null });
    // Who types on means no task.
    if (activeId === task.id) setListState({ activeId: null });
    const name = text.trim();
    if (name === '' || name === opened) return;
    const fault = nameFault(name);
    if (fault) toast(notRenamed(task, name, fault), { kind: 'failed' });
    else void rename(task, name);
  };
  useAfterRemoval(leaveWithRow);
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') save(true);
    else if (event.key === 'Escape') close(true);
    else return;
    event.preventDefault();
  };

  return (
    <span className={s.nameEditor}>
      <input
        // biome-ignore lint/a11y/noAutofocus: the person asked to edit exactly this
        autoFocus
        className={s.nameInput}
        value={text}
        aria-label={t('tasks.field.name')}
        aria-invalid={error !== undefined}
        aria-describedby={error ? `name-error-${task.id}` : undefined}
        onChange={(event) => {
          setText(event.target.value);
          setError(undefined);
        }}
        onClick={(event) => event.stopPropagation()}
        onKeyDown={onKeyDown}
        onBlur={() => save(false)}
      />
      {error && (
        <span role="alert" id={`name-error-${task.id}`} className={s.nameError}>
          {error}
        </span>
      )}
    </span>
  );
}

/** React tells no field that it removes that the focus leaves it: a row goes when its task is dated or deleted elsewhere. */
function useAfterRemoval(run: () => void): void {
  const isThere = useRef(false);
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    isThere.current = true;
    return () => {
      isThere.current = false;
      // React's strict mode takes each field away once, and puts it back at once.
      queueMicrotask(() => {
        if (!isThere.current) latest.current();
      });
    };
  }, []);
}

export function nameFault(name: string): string | undefined {
  if (name === '') return i18next.t('tasks.add.nameMissing');
  return name.length > NAME_MAX
    ? i18next.t('tasks.add.nameLong', { length: name.length })
    : undefined;
}

async function rename(task: Task, name: string): Promise<void> {
  try {
    await saveField(task, { name });
  } catch (fault) {
    const reason = problemText(i18next.t, fault);
    // What was typed stays: the row opens again with it. Where it is not to be seen, or the person types elsewhere
    // already, a notice keeps it.
    if (mayOpenAgain(task)) setListState({ editing: { id: task.id, text: name, error: reason } });
    else sayFailed(notRenamed(task, name, reason), () => rename(task, name));
  }
}

function mayOpenAgain({ id }: Task): boolean {
  const isDrawn = document.getElementById(`task-${id}`) !== null;
  return isDrawn && listState().editing === null && !isTyping(document.activeElement);
}

function notRenamed(task: Task, to: string, reason: string): string {
  return i18next.t('tasks.failed.renamed', { name: task.name, to, reason });
}
