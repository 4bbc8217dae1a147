import { openDatabase } from '@tandem/store';
import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import { LEASE_TTL_MS } from '@tandem/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { patience, patienceBy } from './patience.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database?.drop();
});

describe('R9 what is told only once', () => {
  it('is stored by the second try where the database broke the line under the first', async () => {
    const db = openDatabase(database.url);
    let tries = 0;
    const told = await patience.whileAway(async () => {
      tries += 1;
      if (tries === 1) await db.pool.query('select pg_terminate_backend(pg_backend_pid())');
      return (await db.pool.query(`select 'stored' as answer`)).rows[0]?.answer;
    });
    expect({ tries, told }).toEqual({ tries: 2, told: 'stored' });
    await db.close();
  });

  it('is given up when a lease has run out meanwhile, and then by the error itself', async () => {
    let at = 0;
    const time = {
      now: () => at,
      wait: async (ms: number) => {
        at += ms;
      },
    };
    const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    await expect(patienceBy(time).whileAway(() => Promise.reject(refused))).rejects.toBe(refused);
    expect(at).toBe(LEASE_TTL_MS);
  });

  it('is not tried again for any other failure', async () => {
    let tries = 0;
    const lost = Object.assign(new Error('passed on'), { name: 'LeaseLost' });
    const work = () => {
      tries += 1;
      return Promise.reject(lost);
    };
    await expect(patience.whileAway(work)).rejects.toBe(lost);
    expect(tries).toBe(1);
  });
});
