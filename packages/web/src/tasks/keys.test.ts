import { describe, expect, it } from 'vitest';
import { keyFor, meaningOf, ROWS, shownKeys } from './keys.ts';
import { VIEWS } from './list-search.ts';

const press = (key: string, held: object = {}) =>
  meaningOf({ key, metaKey: false, ctrlKey: false, altKey: false, shiftKey: false, ...held });

describe('the keyboard of the Command Center', () => {
  it('B9.2 no key has two meanings', () => {
    const keys = ROWS.flatMap((row) => row.keys.flatMap(([, ...one]) => one));
    expect(keys).toEqual([...new Set(keys)]);
  });

  it('B9.2 what the sheet shows is what the list listens to', () => {
    for (const { keys } of ROWS) {
      for (const [does, ...names] of keys) {
        for (const name of names.filter((one) => !one.startsWith('Mod+'))) {
          expect(press(name)?.does, name).toBe(does);
        }
      }
    }
    expect(press('q')).toBeUndefined();
  });

  it('B9.2 Ctrl and ⌘ are their own keys, whatever Caps Lock says; Shift and Alt make others', () => {
    expect(press('a')?.does).toBe('assign');
    expect(press('a', { ctrlKey: true })?.does).toBe('selectAll');
    expect(press('K', { metaKey: true })?.does).toBe('palette');
    expect(press('k', { ctrlKey: true, shiftKey: true })).toBeUndefined();
    expect(press('c', { ctrlKey: true })).toBeUndefined();
    expect(press('l', { altKey: true })).toBeUndefined();
  });

  it('B12.5 looking around writes nothing: moving, opening and folding are no writes, all else is', () => {
    const looks = ROWS.filter(({ writes }) => !writes).flatMap(({ keys }) =>
      keys.map(([does]) => does),
    );
    expect([...new Set(looks)].sort()).toEqual(
      ['copyLink', 'escape', 'first', 'help', 'last', 'next', 'open', 'overdue', 'palette'].concat([
        'previous',
        'salesforce',
        'search',
        'selectAll',
        'view',
      ]),
    );
    expect(press('Delete')?.writes).toBe(true);
    expect(press('o')?.writes).toBe(false);
  });

  it('shows keys as they are printed', () => {
    const shown = ROWS.map((row) => shownKeys(row, '⌘').join(' '));
    for (const keys of ['⌘ K', 'j k', 'Enter o', '1 … 9', 'Esc', 'Space', '#', '[ ]', '⇧ j ⇧ k'])
      expect(shown).toContain(keys);
    expect([keyFor('complete'), keyFor('delete'), keyFor('nextWeek')]).toEqual(['Space', '#', 'w']);
  });

  it('B9.1 there is a filter for each of the nine numbers', () => {
    expect(VIEWS.length).toBeGreaterThanOrEqual(9);
  });
});
