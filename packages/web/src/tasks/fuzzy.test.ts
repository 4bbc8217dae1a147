import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuzzyFilter, fuzzyScore } from './fuzzy.ts';

const COMMANDS = [
  'Today & tomorrow',
  'Tomorrow',
  'No date',
  'Tandem',
  'Next 7 days',
  'Due: tomorrow',
];
const find = (typed: string) => fuzzyFilter(typed, COMMANDS, (text) => [text]);

describe('B9.2 finding commands by a few letters', () => {
  it.each([
    ['nd', 'No date'],
    ['n7', 'Next 7 days'],
    ['tom', 'Tomorrow'],
    ['TAN', 'Tandem'],
    ['due tom', 'Due: tomorrow'],
  ])('%s finds %s first', (typed, first) => {
    expect(find(typed)[0]).toBe(first);
  });

  it('passes accents, takes Chinese, and leaves out what misses a letter', () => {
    expect(fuzzyScore('cafe', 'Café Osterly')).not.toBeNull();
    expect(fuzzyFilter('明', ['今天', '明天'], (text) => [text])).toEqual(['明天']);
    expect(find('xyz')).toEqual([]);
    expect(find('')).toEqual(COMMANDS);
  });

  it('finds a label by each of its beginnings, and never one that lacks a letter', () => {
    const words = fc.stringMatching(/^[a-z]{1,8}( [a-z]{1,8}){0,3}$/);
    fc.assert(
      fc.property(words, fc.nat(30), (label, length) => {
        expect(fuzzyScore(label.slice(0, length + 1), label)).not.toBeNull();
        expect(fuzzyScore(`${label}!`, label)).toBeNull();
      }),
    );
  });
});
