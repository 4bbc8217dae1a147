import { afterEach, expect, it, vi } from 'vitest';
import { heartbeat } from './heartbeat.ts';

afterEach(() => {
  vi.useRealTimers();
});

it('R14 beats while a slow request is under way, and not after it', async () => {
  vi.useFakeTimers();
  let beats = 0;
  let finish: (text: string) => void = () => {};
  const slow = new Promise<string>((resolve) => {
    finish = resolve;
  });
  const during = heartbeat.during(
    async () => {
      beats += 1;
      if (beats === 1) throw new Error('the database is busy');
    },
    () => slow,
  );
  await vi.advanceTimersByTimeAsync(60_000);
  expect(beats).toBe(10);
  finish('done');
  expect(await during).toBe('done');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(beats).toBe(10);
});
