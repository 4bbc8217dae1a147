import { describe, expect, it } from 'vitest';
import { type SyncFacts, statusOf } from './sync-status.ts';

const NOW = '2026-11-24T12:10:00.000Z';
const FACTS: SyncFacts = {
  status: 'on',
  switchedOnAt: '2026-11-24T09:00:00.000Z',
  unsent: 0,
  oldestUnsentAt: null,
  lastPollAt: '2026-11-24T12:09:30.000Z',
  linked: 12,
  needsAttention: 0,
  import: null,
  comparison: null,
  usage: { used: 7, max: 5000 },
  apiShare: 0.2,
  spent: 7,
  recent: 2,
  brake: null,
  wakeAt: '2026-11-24T12:10:30.000Z',
  leaseUntil: null,
  awaitsMap: false,
  events: { state: 'off', since: null, lastEventAt: null, code: null, message: null },
};
const PROGRESS = {
  state: 'running',
  windowStart: null,
  startedAt: null,
  found: 10,
  imported: 3,
  linked: 2,
  skipped: 1,
  cursor: null,
} as const;

const BRAKE = {
  kind: 'mass_deletion',
  since: NOW,
  toTrash: 12,
  toDelete: 0,
  missing: 0,
  links: 30,
  allowed: null,
} as const;

describe('the state of sync in a word (B11.6)', () => {
  it.each<[string, Partial<SyncFacts>]>([
    ['in_step', {}],
    ['off', { status: 'off' }],
    ['off', { status: null }],
    ['needs_sign_in', { status: 'needs_sign_in', unsent: 3 }],
    ['importing', { import: PROGRESS, lastPollAt: null }],
    ['needs_map', { awaitsMap: true, import: PROGRESS, lastPollAt: null }],
    ['off', { awaitsMap: true, status: 'off' }],
    ['catching_up', { unsent: 2, oldestUnsentAt: '2026-11-24T12:08:20.000Z' }],
    ['stalled', { unsent: 1, oldestUnsentAt: '2026-11-24T12:08:19.999Z' }],
    ['stalled', { lastPollAt: '2026-11-24T12:08:19.999Z' }],
    ['stalled', { import: PROGRESS, wakeAt: '2026-11-24T12:09:29.999Z' }],
    ['needs_answer', { brake: BRAKE, oldestUnsentAt: '2026-11-24T09:00:00.000Z' }],
    ['stalled', { lastPollAt: null }],
    ['in_step', { lastPollAt: null, switchedOnAt: '2026-11-24T12:09:59.000Z' }],
    ['in_step', { lastPollAt: '2026-11-24T11:30:00.000Z', spent: 600 }],
    ['stalled', { lastPollAt: '2026-11-24T11:00:00.000Z', spent: 600 }],
    ['needs_answer', { brake: BRAKE, lastPollAt: null }],
    ['stalled', { brake: { ...BRAKE, allowed: 12 }, lastPollAt: null }],
    ['stalled', { brake: { ...BRAKE, kept: true }, lastPollAt: null }],
  ])('%s when %o', (state, facts) => {
    expect(statusOf({ ...FACTS, ...facts }, NOW).state).toBe(state);
  });

  it('B6.3 what remains of an import is never less than nothing', () => {
    const remaining = (found: number | null) =>
      statusOf({ ...FACTS, import: { ...PROGRESS, found } }, NOW).import?.remaining;
    expect([remaining(10), remaining(4), remaining(null)]).toEqual([4, 0, null]);
  });

  it('B11.6 tells of the last full comparison what people ask, and not where it stands', () => {
    const comparison = {
      state: 'running',
      why: 'daily',
      startedAt: NOW,
      finishedAt: null,
      cursor: '00T000000000001AAA',
      compared: 2_000,
      agreed: 1_999,
      missing: 1,
      held: ['00T000000000001AAA'],
    } as const;
    expect(statusOf({ ...FACTS, comparison }, NOW).comparison).toEqual({
      state: 'running',
      compared: 2_000,
      agreed: 1_999,
      missing: 1,
      startedAt: NOW,
      finishedAt: null,
    });
    expect(statusOf(FACTS, NOW).comparison).toBeNull();
  });
});
