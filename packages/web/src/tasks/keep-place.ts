import type { Task } from '@tandem/api';
import { useLayoutEffect, useRef } from 'react';
import { listState, setListState } from './list-state.ts';
import { focusTask } from './move-focus.ts';

/**
 * The row the keyboard is on may leave: completed, dated away, deleted here or in Salesforce. Its place
 * passes to the next row, so that work goes on where it was. `list` names what is shown: a row that is not
 * in another list has not left.
 */
export function useKeepPlace(tasks: readonly Task[], list: string): void {
  const before = useRef<{ list: string; ids: readonly string[] }>({ list, ids: [] });
  useLayoutEffect(() => {
    const ids = tasks.map((task) => task.id);
    const was = before.current;
    before.current = { list, ids };
    setListState({ order: ids });
    const { activeId, editing } = listState();
    if (activeId === null || ids.includes(activeId)) return;
    // The rest of a name that is being typed must not become shortcuts on another task.
    if (was.list !== list || editing?.id === activeId) {
      setListState({ activeId: null });
      return;
    }
    const heir = heirOf(activeId, was.ids, ids);
    if (heir === undefined) return;
    // The focus fell to the page with the row that held it; anywhere else it is in use.
    if (heir !== null && document.activeElement === document.body) focusTask(heir);
    else setListState({ activeId: heir });
  }, [tasks, list]);
}

/** The next row that stayed, else the one before; null when none did, undefined when `id` was not there. */
export function heirOf(
  id: string,
  before: readonly string[],
  after: readonly string[],
): string | null | undefined {
  const at = before.indexOf(id);
  if (at === -1) return undefined;
  const stayed = new Set(after);
  const isHere = (other: string) => stayed.has(other);
  return before.slice(at + 1).find(isHere) ?? before.slice(0, at).findLast(isHere) ?? null;
}
