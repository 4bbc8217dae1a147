import { describe, expect, it } from 'vitest';
import { COVERAGE_RUNS_MIN, coverageLines, coverageOf, isCovered, tableText } from './report.ts';

const counters = {
  'fault:crash': 3,
  'fault:dst': 0,
  'branch:pulled/B2/safety': 5,
  'pair:crash×pulled/B2': 2,
};

describe('coverage', () => {
  it('names the faults and branches that were never met', () => {
    const coverage = coverageOf(
      counters,
      ['crash', 'dst'],
      ['pulled/B2/safety', 'pulled/B2/liveness'],
    );
    expect(coverage.faultsUnseen).toEqual(['dst']);
    expect(coverage.branchesUnseen).toEqual(['pulled/B2/liveness']);
  });

  it('lists the pairs of fault and branch that were never met together', () => {
    const { pairsSeen, pairsPossible, pairsUnseen } = coverageOf(counters, ['crash', 'dst'], []);
    expect([pairsSeen, pairsPossible]).toEqual([1, 2]);
    expect(pairsUnseen).toEqual(['dst×pulled/B2']);
  });

  it('is red for a hole, and only when there were runs enough to fill it', () => {
    const holed = coverageOf(counters, ['crash', 'dst'], []);
    expect(isCovered(holed, COVERAGE_RUNS_MIN - 1)).toBe(true);
    expect(isCovered(holed, COVERAGE_RUNS_MIN)).toBe(false);
    expect(isCovered(coverageOf(counters, ['crash'], []), COVERAGE_RUNS_MIN)).toBe(true);
    expect(coverageLines(holed, COVERAGE_RUNS_MIN)).toContain('✗ never met: fault dst');
  });
});

it('a table lines its columns up, or is markdown', () => {
  const rows = [
    ['R1', 'no base'],
    ['R10', 'source wins'],
  ];
  expect(tableText(['rule', 'what'], rows)).toBe('rule  what\nR1    no base\nR10   source wins');
  expect(tableText(['rule', 'what'], rows, true).split('\n')[1]).toBe('| --- | --- |');
});
