import type { SavedQuery } from '@tandem/api';
import { DEFAULT_VIEW, defaultSort, type ListSearch, withoutGaps } from './list-search.ts';

/** Between the filters in the address and those of a saved view. Both leave out what is default. */
export function savedQueryOf(search: ListSearch): SavedQuery {
  const view = search.view ?? DEFAULT_VIEW;
  const text = search.text?.trim();
  return withoutGaps({
    view,
    from: search.from,
    to: search.to,
    type: search.type,
    priority: search.priority,
    owner: search.owner,
    personId: search.person,
    syncState: search.sync,
    text: text === '' ? undefined : text,
    sort: search.sort === defaultSort(view) ? undefined : search.sort,
  });
}

export function searchOfSaved(id: string, query: SavedQuery): ListSearch {
  const { view, personId, syncState, sort, ...same } = query;
  return withoutGaps({
    ...same,
    // A view that this page has no tab for shows what is nearest to it.
    view: view === 'all' ? 'all_open' : view === DEFAULT_VIEW ? undefined : view,
    person: personId,
    sync: syncState,
    sort: sort as ListSearch['sort'],
    saved: id,
  });
}

/** Whether the address asks for something else than the view that it names. */
export function isChanged(search: ListSearch, query: SavedQuery): boolean {
  const canonical = (one: SavedQuery) => JSON.stringify(Object.entries(one).sort());
  const asSaved = searchOfSaved('', query);
  return canonical(savedQueryOf(search)) !== canonical(savedQueryOf(asSaved));
}

/** An address that names a saved view and nothing else: its filters are still to be filled in. */
export function isBare(search: ListSearch): boolean {
  const { saved, task, ...filters } = search;
  return saved !== undefined && Object.keys(filters).length === 0;
}
