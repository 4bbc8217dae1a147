import { expect, test } from 'vitest';
import { daysOf } from './days.ts';

const WORDS = { today: 'Today', yesterday: 'Yesterday' };

test('B11.4 history is read by days, in the reader’s own zone', () => {
  const now = new Date(2026, 10, 28, 9, 0);
  const at = (...parts: [number, number, number, number]) => ({
    at: new Date(...parts).toISOString(),
  });
  const days = daysOf(
    [at(2026, 10, 28, 8), at(2026, 10, 28, 0), at(2026, 10, 27, 23), at(2025, 10, 3, 12)],
    'en',
    WORDS,
    now,
  );
  expect(days.map(({ title, lines }) => [title, lines.length])).toEqual([
    ['Today', 2],
    ['Yesterday', 1],
    [expect.stringMatching(/^Monday,? 3 November 2025$/), 1],
  ]);
});
