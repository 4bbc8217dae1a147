import type { SyncSettings } from '@tandem/api';
import { describe, expect, it } from 'vitest';
import { changesOf, toDraft, withoutStatus } from './sync-draft.ts';

const saved: SyncSettings = {
  mode: 'off',
  importWindow: '24h',
  conflictRule: 'latest',
  reopenToFormerStatus: false,
  statusMap: { 'Not Started': 'open', Completed: 'complete' },
  priorityMap: { Normal: 'normal', High: 'high' },
  orgStatuses: [],
  orgPriorities: [],
  switchedOnAt: null,
  apiShare: 20,
  statusMapConfirmed: true,
  newStatuses: [],
  team: { mode: 'each', locked: false },
};

describe('the settings form', () => {
  it('sends only what changed', () => {
    expect(changesOf(saved, toDraft(saved), true)).toEqual({});
    expect(changesOf(saved, { ...toDraft(saved), mode: 'on' }, true)).toEqual({ mode: 'on' });
  });

  it('takes “do not sync” and an absent value for the same', () => {
    const statusMap = { Completed: 'complete', 'Not Started': 'open', Deferred: null } as const;
    expect(changesOf(saved, { ...toDraft(saved), statusMap }, true)).toEqual({});
  });

  it('B3.4 names what no status stands for', () => {
    expect(withoutStatus(saved)).toEqual([]);
    expect(withoutStatus({ statusMap: { 'Not Started': 'open', Completed: null } })).toEqual([
      'complete',
    ]);
    expect(withoutStatus({ statusMap: {} })).toEqual(['open', 'complete']);
  });

  it('B3.4 leaves the org’s maps to admins', () => {
    const statusMap = { ...saved.statusMap, Deferred: 'open' } as const;
    expect(changesOf(saved, { ...toDraft(saved), statusMap }, true)).toEqual({ statusMap });
    expect(changesOf(saved, { ...toDraft(saved), statusMap }, false)).toEqual({});
  });

  it('B11.7 leaves the share of the org’s calls to admins', () => {
    const draft = { ...toDraft(saved), apiShare: 40 };
    expect(changesOf(saved, draft, true)).toEqual({ apiShare: 40 });
    expect(changesOf(saved, draft, false)).toEqual({});
  });
});
