import { openDatabase } from '@tandem/store';
import { testDatabase } from '@tandem/store/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createStoreClock } from './store-clock.ts';

type TestDatabase = Awaited<ReturnType<typeof testDatabase>>;
let database: TestDatabase;
let db: ReturnType<typeof openDatabase>;

beforeAll(async () => {
  database = await testDatabase();
  db = openDatabase(database.url);
});
afterAll(async () => {
  await db?.close();
  await database?.drop();
});

const MINUTES_MS = 60_000;
const shifted = (ms: number) => ({ now: () => new Date(Date.now() + ms).toISOString() });

it.each([-5 * MINUTES_MS, 5 * MINUTES_MS])(
  'B10.2 a server whose own clock is off by %d ms stamps edits by the database’s',
  async (off) => {
    const clock = createStoreClock(db, shifted(off));
    expect(Math.abs(Date.parse(clock.now()) - Date.now())).toBeGreaterThan(4 * MINUTES_MS);
    await clock.measure();
    const before = await databaseNow();
    const now = Date.parse(clock.now());
    const after = await databaseNow();
    // What was measured is exact to the time the question took.
    expect(now).toBeGreaterThan(before - MINUTES_MS / 2);
    expect(now).toBeLessThan(after + MINUTES_MS / 2);
  },
);

it('a clock that agrees is left alone', async () => {
  const clock = createStoreClock(db, shifted(0));
  await clock.measure();
  const before = Date.now();
  const now = Date.parse(clock.now());
  expect(now).toBeGreaterThanOrEqual(before - 1);
  expect(now).toBeLessThanOrEqual(Date.now() + 1);
});

async function databaseNow(): Promise<number> {
  const { rows } = await db.pool.query('select clock_timestamp() as at');
  return Date.parse(rows[0].at);
}
