import { describe, expect, it } from 'vitest';
import { comparisonDue } from './compare-due.ts';
import type { Brake, Comparison, ImportProgress, SyncConnection } from './ports.ts';
import { World } from './testing/world.ts';

const START = '2026-11-24T12:00:00.000Z';

const imported: ImportProgress = {
  state: 'done',
  windowStart: null,
  startedAt: START,
  found: 0,
  imported: 0,
  linked: 0,
  skipped: 0,
  cursor: null,
};

const wanted: Comparison = {
  state: 'wanted',
  why: 'asked',
  startedAt: null,
  finishedAt: null,
  cursor: null,
  compared: 0,
  agreed: 0,
  missing: 0,
};

describe('when a comparison is due', () => {
  const { connection } = new World({ import: imported }).store.state;
  const at = (hours: number) => new Date(Date.parse(START) + hours * 3_600_000).toISOString();
  const due = (state: Partial<SyncConnection>, hours: number) =>
    comparisonDue({ ...connection, ...state }, at(hours));
  const done: Comparison = { ...wanted, state: 'done', finishedAt: at(10) };

  it('R13 a day after the import, and then a day after the last one', () => {
    expect(due({ watermark: at(23) }, 23)).toBeNull();
    expect(due({ watermark: at(24) }, 24)).toBe('daily');
    expect(due({ watermark: at(30), comparison: done }, 33)).toBeNull();
    expect(due({ watermark: at(30), comparison: done }, 34)).toBe('daily');
  });

  it('L4 after a day without the feed, also when one was under way', () => {
    expect(due({ comparison: { ...done, finishedAt: at(23) } }, 24)).toBe('gap');
    expect(due({ comparison: { ...wanted, state: 'running' } }, 24)).toBe('gap');
    expect(due({ comparison: wanted }, 24)).toBeNull();
    expect(due({ watermark: null }, 24)).toBeNull();
  });

  it('I10 when somebody said "go on"', () => {
    const brake: Brake = {
      kind: 'empty_feed',
      since: START,
      toTrash: 0,
      toDelete: 0,
      missing: 12,
      links: 20,
      allowed: null,
    };
    expect(due({ comparison: done, brake }, 11)).toBeNull();
    expect(due({ comparison: done, brake: { ...brake, allowed: 12 } }, 11)).toBe('asked');
  });
});
