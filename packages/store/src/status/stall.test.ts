import { shift } from '@tandem/engine';
import { describe, expect, it } from 'vitest';
import { EVENTS_REST_MS, type Signs, stallOf } from './stall.ts';

const NOON = '2026-11-24T12:00:00.000Z';
const after = (seconds: number) => shift(NOON, seconds * 1_000);
/** An idle account just after its turn. */
const WELL: Signs = {
  switchedOnAt: after(-3_600),
  lastPollAt: NOON,
  oldestUnsentAt: null,
  wakeAt: after(60),
  leaseUntil: null,
  isImporting: false,
  restMs: 0,
  eventsRestMs: 0,
};
/** The first whole second at which it is seen, moving the clock; null within an hour. */
function seenAfter(signs: Signs, kind: string): number | null {
  for (let second = 0; second <= 3_600; second += 1) {
    const stall = stallOf(signs, after(second));
    if (stall !== null) {
      expect(stall.kind).toBe(kind);
      return second;
    }
  }
  return null;
}

describe('a stall (B11.6)', () => {
  it('B11.6 a worker that stops right after a turn is noticed within two minutes', () => {
    expect(seenAfter(WELL, 'worker')).toBe(91);
  });

  it('B11.6 a worker that dies in the middle of a turn is noticed when its lease is long over', () => {
    const working = { ...WELL, wakeAt: null, leaseUntil: after(20) };
    expect(seenAfter(working, 'worker')).toBe(51);
    const edited = { ...working, wakeAt: after(2) };
    expect(stallOf(edited, after(21))).toBeNull();
  });

  it('B11.6 turns that go on without hearing from Salesforce are noticed within two minutes', () => {
    const trying = (second: number) => ({ ...WELL, wakeAt: after(second + 15) });
    expect(stallOf(trying(100), after(100))).toBeNull();
    expect(stallOf(trying(101), after(101))).toEqual({
      kind: 'poll',
      since: NOON,
      whoseMove: 'nobody',
      accounts: 1,
    });
  });

  it('B11.6 an account that was never read counts from its switch-on, and not while it imports', () => {
    const fresh = { ...WELL, lastPollAt: null, switchedOnAt: NOON, wakeAt: after(7_200) };
    expect(seenAfter(fresh, 'poll')).toBe(101);
    expect(seenAfter({ ...fresh, isImporting: true }, 'poll')).toBeNull();
  });

  it('B11.6 a change that only gets older is noticed while polls go on', () => {
    const stuck = (second: number) => ({
      ...WELL,
      lastPollAt: after(second),
      wakeAt: after(second + 12),
      oldestUnsentAt: NOON,
    });
    expect(stallOf(stuck(100), after(100))).toBeNull();
    expect(stallOf(stuck(101), after(101))?.kind).toBe('unsent');
  });

  it('B11.6 after a week off, or a new sign-in, the time before does not count', () => {
    const week = after(-7 * 24 * 3_600);
    const back = {
      ...WELL,
      switchedOnAt: NOON,
      lastPollAt: week,
      oldestUnsentAt: week,
      wakeAt: after(7_200),
    };
    expect(seenAfter(back, 'poll')).toBe(101);
    const reading = { ...back, lastPollAt: after(100) };
    expect(stallOf(reading, after(100))).toBeNull();
    expect(stallOf(reading, after(101))).toMatchObject({ kind: 'unsent', since: NOON });
  });

  it('B8.2 polls five minutes apart are no stall while change events are followed', () => {
    const listening = { ...WELL, eventsRestMs: EVENTS_REST_MS, wakeAt: after(400) };
    expect(stallOf(listening, after(390))).toBeNull();
    expect(stallOf({ ...listening, wakeAt: after(500) }, after(500))?.kind).toBe('poll');
  });

  it('B11.6 B11.7 silence on purpose is no stall, a missing worker is one all the same', () => {
    const saving = { ...WELL, restMs: 3_600_000, wakeAt: after(3_600) };
    expect(seenAfter(saving, 'worker')).toBeNull();
    expect(stallOf({ ...saving, wakeAt: after(60) }, after(91))?.kind).toBe('worker');
  });

  it('B11.6 an account that works as ever shows nothing for an hour', () => {
    for (let second = 0; second <= 3_600; second += 1) {
      const minute = Math.floor(second / 60) * 60;
      const signs = { ...WELL, lastPollAt: after(minute), wakeAt: after(minute + 60) };
      expect(stallOf(signs, after(second))).toBeNull();
    }
  });
});
