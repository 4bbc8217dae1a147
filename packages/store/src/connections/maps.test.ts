import { STANDARD_PRIORITY_MAP, STANDARD_STATUS_MAP } from '@tandem/engine';
import { describe, expect, it } from 'vitest';
import {
  mapsOf,
  priorityMapFrom,
  proposedPriorityMap,
  proposedStatusMap,
  statusMapFrom,
} from './maps.ts';

const status = (value: string, isClosed: boolean) => ({ value, label: value, isClosed });
const priority = (value: string, isHigh: boolean) => ({ value, label: value, isHigh });
const STATUSES = [
  status('In Progress', false),
  status('Not Started', false),
  status('Deferred', true),
  status('Completed', true),
];

describe('how an org’s values are read and written', () => {
  it('B3.1 B4.1 an org with the standard values, or not read yet, gets the standard maps', () => {
    const unread = { status_map: null, priority_map: null, statuses: [], priorities: [] };
    const standard = { status: STANDARD_STATUS_MAP, priority: STANDARD_PRIORITY_MAP };
    expect(mapsOf(unread)).toEqual(standard);
    expect(proposedStatusMap(STATUSES)).toEqual(STANDARD_STATUS_MAP);
    const priorities = [priority('High', true), priority('Low', false), priority('Normal', false)];
    expect(proposedPriorityMap(priorities)).toEqual(STANDARD_PRIORITY_MAP);
  });

  it('B3.4 an org without them gets its first open and first closed value proposed', () => {
    const proposed = proposedStatusMap([status('Zu', true), status('Neu', false)]);
    expect(proposed).toEqual({
      toApp: { Neu: 'open', Zu: 'complete' },
      toSf: { open: 'Neu', complete: 'Zu' },
    });
    expect(proposedPriorityMap([priority('P1', true), priority('P2', false)]).toSf).toEqual({
      high: 'P1',
      normal: 'P2',
    });
  });

  it('a choice keeps the value written so far while it still means the same', () => {
    const chosen = { 'In Progress': 'open', 'Not Started': 'open', Completed: 'complete' } as const;
    expect(statusMapFrom(chosen, STANDARD_STATUS_MAP, STATUSES).toSf).toEqual(
      STANDARD_STATUS_MAP.toSf,
    );
  });

  it('else the standard value is written, else the first of the org’s that means it', () => {
    const before = { ...STANDARD_STATUS_MAP, toSf: { open: 'Odd', complete: 'Completed' } };
    const chosen = { 'Not Started': null, 'In Progress': 'open', Deferred: 'complete' } as const;
    expect(statusMapFrom(chosen, before, STATUSES).toSf).toEqual({
      open: 'In Progress',
      complete: 'Deferred',
    });
  });

  it('a meaning nobody chose keeps its word, so that completing still has one', () => {
    expect(priorityMapFrom({ Normal: 'normal' }, STANDARD_PRIORITY_MAP, []).toSf).toEqual(
      STANDARD_PRIORITY_MAP.toSf,
    );
    expect(statusMapFrom({}, STANDARD_STATUS_MAP, STATUSES).toSf).toEqual(STANDARD_STATUS_MAP.toSf);
  });
});
