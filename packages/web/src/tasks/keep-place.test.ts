import { describe, expect, it } from 'vitest';
import { heirOf } from './keep-place.ts';

describe('the place of a row that leaves', () => {
  const before = ['a', 'b', 'c', 'd'];

  it('passes to the next row that stayed', () => {
    expect(heirOf('b', before, ['a', 'c', 'd'])).toBe('c');
    expect(heirOf('b', before, ['a', 'd'])).toBe('d');
  });

  it('passes to the row before when it was the last', () => {
    expect(heirOf('d', before, ['a', 'b', 'c'])).toBe('c');
    expect(heirOf('c', before, ['a', 'b'])).toBe('b');
  });

  it('passes to nobody when the list is empty', () => {
    expect(heirOf('a', ['a'], [])).toBeNull();
  });

  it('is not given away for a row that has not arrived yet', () => {
    expect(heirOf('new', before, before)).toBeUndefined();
  });
});
