import { expect, it } from 'vitest';
import { estimateCalls } from './team-estimate.ts';

it('B6.1 the estimate is the pace of polls, of one account for all where it reads all', () => {
  expect(estimateCalls([])).toEqual({ quiet: 0, busy: 0 });
  expect(estimateCalls([{ accounts: 1, sharesFeed: false }])).toEqual({
    quiet: 1_441,
    busy: 3_460,
  });
  expect(estimateCalls([{ accounts: 20, sharesFeed: true }])).toEqual({
    quiet: 1_460,
    busy: 5_360,
  });
  const apart = estimateCalls([{ accounts: 20, sharesFeed: false }]);
  expect(apart).toEqual({ quiet: 28_820, busy: 69_200 });
});
