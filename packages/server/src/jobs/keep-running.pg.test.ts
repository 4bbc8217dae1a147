import { openDatabase } from '@tandem/store';
import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import { Logger } from 'graphile-worker';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../testing/index.ts';
import { keepRunning } from './keep-running.ts';

let database: TestDatabase;
/** In another database of the same server, where the door stays open. */
let keeper: Client;

beforeAll(async () => {
  database = await testDatabase();
  const elsewhere = new URL(database.url);
  elsewhere.pathname = '/postgres';
  keeper = new Client({ connectionString: elsewhere.href });
  await keeper.connect();
});
afterAll(async () => {
  await keeper?.end();
  await database?.drop();
});

test('a job whose end could not be written down, because the database was away, does not end the work of its process', async () => {
  const db = openDatabase(database.url);
  const name = new URL(database.url).pathname.slice(1);
  const done: string[] = [];
  const givenUp: string[] = [];
  let renewed = 0;
  let databaseGoes = async () => {};
  const running = await keepRunning(
    {
      pgPool: db.pool,
      concurrency: 1,
      pollInterval: 100,
      noHandleSignals: true,
      parsedCronItems: [],
      logger: new Logger(() => (_level, message) => {
        if (message.startsWith('Failed to release job')) givenUp.push(message);
      }),
      taskList: {
        async sync(payload) {
          await databaseGoes();
          done.push((payload as { name: string }).name);
        },
      },
    },
    () => {
      renewed += 1;
    },
  );
  const ask = (what: string) =>
    db.pool.query(`select graphile_worker.add_job('sync', $1::json)`, [
      JSON.stringify({ name: what }),
    ]);

  databaseGoes = async () => {
    await keeper.query(`alter database "${name}" with allow_connections false`);
    await keeper.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1',
      [name],
    );
  };
  await ask('during the restart');
  await eventually(async () => expect(done).toEqual(['during the restart']));
  databaseGoes = async () => {};
  // Only now: a database that is back before the end is written down is no case for a renewal.
  await eventually(async () => expect(givenUp).toHaveLength(1));
  await keeper.query(`alter database "${name}" with allow_connections true`);

  await eventually(async () => expect(renewed).toBe(1));
  await eventually(() => ask('after it'));
  await eventually(async () => expect(done).toEqual(['during the restart', 'after it']));
  await running.stop();
  await db.close();
});
