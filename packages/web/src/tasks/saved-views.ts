import type { SavedView, SavedViewPatch } from '@tandem/api';
import i18next from 'i18next';
import { request } from '../api/client.ts';
import { problemText } from '../api/problem-text.ts';
import { putAnswer } from '../api/put-answer.ts';
import { viewsQuery } from '../api/queries.ts';
import { queryClient } from '../api/query-client.ts';
import { toast } from '../ui/toast.ts';
import type { ListSearch } from './list-search.ts';
import { savedQueryOf } from './saved-search.ts';

/** Saving, renaming, changing and deleting one's views; the list is what the server answered last. */

/** Throws an ApiProblem when the server says no. */
export async function saveNewView(name: string, search: ListSearch): Promise<SavedView> {
  const body = { name, query: savedQueryOf(search) };
  const view = await request<SavedView>('v1/views', { method: 'POST', body });
  await put((views) => [...views, view]);
  return view;
}

/** Throws an ApiProblem when the server says no. */
export async function patchView(id: string, body: SavedViewPatch): Promise<void> {
  const view = await request<SavedView>(`v1/views/${id}`, { method: 'PATCH', body });
  await put((views) => views.map((one) => (one.id === id ? view : one)));
}

/** Back comes a new view with the same name and filters, at the end. */
export async function deleteView(view: SavedView): Promise<boolean> {
  try {
    await request(`v1/views/${view.id}`, { method: 'DELETE' });
  } catch (fault) {
    toast(problemText(i18next.t, fault), { kind: 'failed' });
    return false;
  }
  await put((views) => views.filter((one) => one.id !== view.id));
  toast(i18next.t('center.saved.deleted', { name: view.name }), {
    action: { label: i18next.t('common.undo'), run: () => void restore(view) },
  });
  return true;
}

async function restore({ name, query }: SavedView): Promise<void> {
  try {
    const view = await request<SavedView>('v1/views', { method: 'POST', body: { name, query } });
    await put((views) => [...views, view]);
  } catch (fault) {
    toast(problemText(i18next.t, fault), { kind: 'failed' });
  }
}

async function put(change: (views: readonly SavedView[]) => SavedView[]): Promise<void> {
  const known = queryClient.getQueryData(viewsQuery.queryKey);
  if (known === undefined) {
    // The first reading is still under way, and may not know of the change.
    await queryClient.cancelQueries(viewsQuery);
    return queryClient.invalidateQueries(viewsQuery);
  }
  await putAnswer(queryClient, viewsQuery, { views: change(known.views) });
}
