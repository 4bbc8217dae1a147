import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  COLUMN_IDS,
  type Column,
  DEFAULT_COLUMNS,
  layoutOf,
  moveColumn,
  readColumns,
  resizeColumn,
  showColumn,
  WIDTH_MAX,
} from './columns.ts';

const ids = (columns: readonly Column[]) => columns.map(({ id }) => id);
const ALL: readonly Column[] = DEFAULT_COLUMNS.map((one) => ({ ...one, shown: true }));

describe('B9.2 columns', () => {
  it('are read back as they were kept', () => {
    const kept = moveColumn(resizeColumn(DEFAULT_COLUMNS, 'person', 222), 'sync', 'person');
    expect(readColumns(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
  });

  it('survive whatever stands in storage: each once, within its bounds', () => {
    const entry = fc.record(
      {
        id: fc.oneof(fc.constantFrom(...COLUMN_IDS), fc.string()),
        shown: fc.anything(),
        width: fc.anything(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.array(entry), fc.anything()), (kept) => {
        const columns = readColumns(kept);
        expect([...ids(columns)].sort()).toEqual([...COLUMN_IDS].sort());
        for (const { width } of columns) expect(width > 0 && width <= WIDTH_MAX).toBe(true);
      }),
    );
  });

  it('move to the place of another, in both directions', () => {
    expect(ids(moveColumn(DEFAULT_COLUMNS, 'person', 'owner')).slice(0, 3)).toEqual([
      'related',
      'owner',
      'person',
    ]);
    expect(ids(moveColumn(DEFAULT_COLUMNS, 'sync', 'person'))[0]).toBe('sync');
  });

  it('leave room for the name: the least important go first, the due date and sync never', () => {
    expect(ids(layoutOf(ALL, 1400).columns)).toEqual(ids(ALL));
    fc.assert(
      fc.property(fc.integer({ min: 621, max: 1600 }), (width) => {
        const { columns } = layoutOf(ALL, width);
        expect(ids(columns)).toEqual(expect.arrayContaining(['due', 'sync']));
        const taken = columns.reduce((sum, column) => sum + column.width, 108);
        expect(width - taken).toBeGreaterThanOrEqual(240);
      }),
    );
  });

  it('are three on a phone, and none that was hidden', () => {
    expect(ids(layoutOf(ALL, 374).columns)).toEqual(['due', 'priority', 'sync']);
    expect(ids(layoutOf(showColumn(ALL, 'priority', false), 374).columns)).toEqual(['due', 'sync']);
  });

  it('have the word of the sync state where it has room', () => {
    expect(layoutOf(DEFAULT_COLUMNS, 1100).syncWord).toBe(true);
    expect(layoutOf(DEFAULT_COLUMNS, 700).syncWord).toBe(false);
  });
});
