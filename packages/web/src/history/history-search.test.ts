import { expect, test } from 'vitest';
import { readHistorySearch } from './history-search.ts';

test('B11.4 the filters of history are in the address, and a mistyped one is left out', () => {
  expect(readHistorySearch({ kind: 'conflicts', side: 'sf', owner: 'all', text: 2026 })).toEqual({
    kind: 'conflicts',
    side: 'sf',
    owner: 'all',
    text: '2026',
  });
  expect(readHistorySearch({ kind: 'gossip', side: 'left', owner: 'bob', text: ' ' })).toEqual({});
  expect(readHistorySearch({ text: 'x'.repeat(300) }).text).toHaveLength(200);
});
