import type { ProblemsChange } from '@tandem/api';
import i18next from 'i18next';
import { request } from '../api/client.ts';
import { problemText } from '../api/problem-text.ts';
import { queryClient } from '../api/query-client.ts';
import { refreshSync, refreshTasks } from '../api/refresh.ts';
import { announceDone } from '../tasks/undo.ts';
import { toast } from '../ui/toast.ts';

type Action = ProblemsChange['action'];
type Target =
  | { readonly ids: readonly string[] }
  | { readonly kind: 'parked' | 'skipped'; readonly cause: string };

/** The server takes a thousand of a cause at a time, and 500 by name. */
const ROUNDS_MAX = 50;
const IDS_AT_ONCE = 500;

/** Does it, says how many, and offers to take "Ignore" back. What was tried again cannot be untried. */
export async function changeProblems(action: Action, target: Target): Promise<void> {
  try {
    const ids = await send(action, target);
    const text = ids.length === 0 ? say('nothing') : say(action, ids.length);
    if (action === 'ignore' && ids.length > 0) announceDone(text, () => putBack(ids));
    else toast(text);
  } catch (fault) {
    toast(problemText(i18next.t, fault), { kind: 'failed' });
  }
  refresh();
}

async function send(action: Action, target: Target): Promise<readonly string[]> {
  if ('ids' in target) {
    const changed: string[] = [];
    for (let from = 0; from < target.ids.length; from += IDS_AT_ONCE) {
      const ids = target.ids.slice(from, from + IDS_AT_ONCE);
      changed.push(...(await ask({ action, ids: [...ids] })).ids);
    }
    return changed;
  }
  const changed: string[] = [];
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const { ids, more } = await ask({ action, ...target });
    changed.push(...ids);
    if (!more || ids.length === 0) break;
  }
  return changed;
}

function ask(body: ProblemsChange) {
  return request<{ ids: string[]; more: boolean }>('v1/sync/problems/bulk', {
    method: 'POST',
    body,
  });
}

async function putBack(ids: readonly string[]): Promise<boolean> {
  try {
    await send('put_back', { ids });
    return true;
  } catch (fault) {
    toast(problemText(i18next.t, fault), { kind: 'failed' });
    return false;
  } finally {
    refresh();
  }
}

function say(what: Action | 'nothing', count?: number): string {
  if (what === 'nothing') return i18next.t('diagnostics.done.nothing');
  return i18next.t(`diagnostics.done.${what}`, { count: count ?? 0 });
}

function refresh(): void {
  void queryClient.invalidateQueries({ queryKey: ['sync', 'problems'] });
  refreshSync();
  refreshTasks();
}
