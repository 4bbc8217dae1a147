import { savedQuery } from '@tandem/api';
import { describe, expect, it } from 'vitest';
import { readListSearch } from './list-search.ts';
import { isBare, isChanged, savedQueryOf, searchOfSaved } from './saved-search.ts';

const PERSON = '0035e00000AbCdEAAV';

describe('B9.1 a saved view', () => {
  const search = readListSearch({
    view: 'overdue',
    type: 'call',
    person: PERSON,
    sync: 'needs_you',
    sort: '-priority',
    owner: 'all',
    task: 'open-in-the-panel',
  });

  it('keeps the filters and the sort, not the task that happens to be open', () => {
    const query = savedQueryOf(search);
    expect(query).toEqual({
      view: 'overdue',
      type: 'call',
      personId: PERSON,
      syncState: 'needs_you',
      sort: '-priority',
      owner: 'all',
    });
    expect(savedQuery.safeParse(query).success).toBe(true);
    expect(searchOfSaved('v1', query)).toEqual({ ...search, task: undefined, saved: 'v1' });
  });

  it('is changed when a filter is, and not by what is default anyway', () => {
    const query = savedQueryOf(search);
    expect(isChanged({ ...search, saved: 'v1' }, query)).toBe(false);
    expect(isChanged({ ...search, type: 'email' }, query)).toBe(true);
    expect(isChanged({ sort: 'dueDate' }, { view: 'today_and_tomorrow' })).toBe(false);
    expect(isChanged({ text: ' ' }, {})).toBe(false);
  });

  it('is linked to by its id alone', () => {
    expect(isBare({ saved: 'v1', task: 't1' })).toBe(true);
    expect(isBare({ saved: 'v1', type: 'call' })).toBe(false);
    expect(isBare({ task: 't1' })).toBe(false);
  });
});
