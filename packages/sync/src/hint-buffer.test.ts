import { describe, expect, it } from 'vitest';
import type { ChangeHint } from './event-ports.ts';
import { HintBuffer, mayConcern } from './hint-buffer.ts';
import { HINTS_MAX } from './read-hinted.ts';

const change: ChangeHint = {
  kind: 'change',
  ids: ['00T1'],
  mayBeNew: false,
  ownerId: null,
  isOwn: false,
};
const everything = () => true;
const batch = (...hints: ChangeHint[]) => ({ hints, place: null });

describe('folding what events name', () => {
  it('B8.2 E4 a burst, its duplicates and its disorder are one call', () => {
    const buffer = new HintBuffer();
    buffer.add(batch(change, { ...change, ids: ['00T3', '00T2'] }), everything);
    buffer.add(batch({ ...change, ids: ['00T2'] }, change), everything);
    expect(buffer.take()).toEqual({ kind: 'read', ids: ['00T1', '00T3', '00T2'] });
    expect(buffer.take()).toBeNull();
  });

  it('E1 more than a call reads by id, and an overflow, which names nothing, are polls', () => {
    const buffer = new HintBuffer();
    const many = Array.from({ length: HINTS_MAX + 1 }, (_, index) => `00T${index}`);
    buffer.add(batch({ ...change, ids: many }), everything);
    expect(buffer.take()).toEqual({ kind: 'poll' });
    buffer.add(batch({ ...change, kind: 'overflow', ids: [] }), () => false);
    expect(buffer.take()).toEqual({ kind: 'poll' });
  });

  it('E2 an echo of our own makes no call of its own, and rides along with the next', () => {
    const buffer = new HintBuffer();
    buffer.add(batch({ ...change, isOwn: true }), everything);
    expect([buffer.isUrgent, buffer.hasEchoes]).toEqual([false, true]);
    buffer.add(batch({ ...change, ids: ['00T2'] }), everything);
    expect(buffer.isUrgent).toBe(true);
    expect(buffer.take()).toEqual({ kind: 'read', ids: ['00T2', '00T1'] });
  });

  it('a gap is never an echo: who caused it is not known', () => {
    const buffer = new HintBuffer();
    buffer.add(batch({ ...change, kind: 'gap', isOwn: true }), everything);
    expect(buffer.isUrgent).toBe(true);
  });
});

describe('whether a change can concern anybody here', () => {
  const linked = new Set(['00T1']);
  const owners = new Set(['005MARA']);
  const concerns = (hint: Partial<ChangeHint>) =>
    mayConcern({ ...change, ids: ['00T9'], ...hint }, linked, owners);

  it.each([
    [{ ids: ['00T9', '00T1'] }, true, 'a linked record'],
    [{ ids: ['00T1'], ownerId: '005STRANGER' }, true, 'a linked record that is given away'],
    [{ ownerId: '005MARA' }, true, 'a record that becomes ours'],
    [{ ownerId: '005STRANGER', mayBeNew: true }, false, 'a new record of a stranger'],
    [{ mayBeNew: true }, true, 'a new record of nobody knows whom'],
    [{}, false, 'a change of a record that nobody follows'],
  ] as [Partial<ChangeHint>, boolean, string][])('E1 %j: %s (%s)', (hint, expected, _what) => {
    expect(concerns(hint)).toBe(expected);
  });
});
