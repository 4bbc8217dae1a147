import type { Task } from '@tandem/api';
import { describe, expect, it } from 'vitest';
import { sharePages } from './share-pages.ts';

const task = (id: string, more: object = {}) =>
  ({ id, name: id, person: { id: 'p', name: 'Ada' }, sync: { state: 'in_step' }, ...more }) as Task;
const list = (...pages: Task[][]) => ({
  pages: pages.map((tasks, index) => ({ tasks, nextCursor: String(index) })),
  pageParams: pages.map(() => null),
});
const copy = <V>(value: V): V => JSON.parse(JSON.stringify(value));

describe('a list that was read again', () => {
  const before = list([task('a'), task('b')], [task('c')]);

  it('is the same object when nothing changed', () => {
    expect(sharePages(before, copy(before))).toBe(before);
    expect(sharePages(undefined, before)).toBe(before);
  });

  it.each([
    ['a value', { name: 'new' }],
    ['a part', { sync: { state: 'sending' } }],
    ['a part that went', { person: null }],
  ])('keeps every task but the one of which %s changed', (_, change) => {
    const after = sharePages(before, list([task('a'), task('b', change)], [task('c')]));
    const { pages } = after as typeof before;
    expect(pages[0]?.tasks[0]).toBe(before.pages[0]?.tasks[0]);
    expect(pages[0]?.tasks[1]).toEqual(task('b', change));
    expect(pages[1]).toBe(before.pages[1]);
  });

  it('keeps tasks that moved to another page', () => {
    const after = sharePages(before, list([task('b')], [task('a'), task('c')]));
    expect((after as typeof before).pages[1]?.tasks[0]).toBe(before.pages[0]?.tasks[0]);
  });
});
