import { countQuery, taskQuery } from '@tandem/api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listQueryOf, narrowerOf, readListSearch } from './list-search.ts';

describe('B9.1 filters in the URL', () => {
  it('leave out what is default or does not parse', () => {
    expect(readListSearch({ view: 'today_and_tomorrow', type: 'fax', sort: 'size' })).toEqual({});
    expect(readListSearch({ view: 'range', from: '2026-11-24', to: '2026-02-30' })).toEqual({
      view: 'range',
      from: '2026-11-24',
    });
    expect(readListSearch({ view: 'overdue', from: '2026-11-24' })).toEqual({ view: 'overdue' });
  });

  it('ask nothing while a range misses an end', () => {
    expect(listQueryOf({ view: 'range', from: '2026-11-24' })).toBeNull();
    expect(listQueryOf({ view: 'range', from: '2026-11-24', to: '2026-11-25' })).not.toBeNull();
  });

  it('always make a question that the API takes, whatever stands in the address', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.constantFrom(
        'range',
        'trash',
        'call',
        'high',
        '-priority',
        '2026-11-24',
        'needs_you',
        null,
      ),
    );
    const keys = fc.constantFrom(
      ...['view', 'from', 'to', 'type', 'priority', 'text', 'sort', 'task'],
      ...['owner', 'person', 'sync', 'saved'],
    );
    fc.assert(
      fc.property(fc.dictionary(keys, anything), (search) => {
        const query = listQueryOf(readListSearch(search));
        if (query) expect(taskQuery.safeParse(query).success).toBe(true);
        expect(countQuery.safeParse(narrowerOf(readListSearch(search))).success).toBe(true);
      }),
    );
  });
});
