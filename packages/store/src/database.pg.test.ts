import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from './database.ts';
import { createTasks } from './tasks/create-tasks.ts';
import { getTask } from './tasks/read-tasks.ts';
import { newTask, openWorld, type World } from './test-world.ts';

/** The far ends, a zone that skipped a day, half and quarter hours, and both sides of summer time. */
const ZONES = [
  'Pacific/Kiritimati',
  'Etc/GMT+12',
  'Pacific/Apia',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'Europe/Berlin',
  'Africa/Monrovia',
  'UTC',
];

describe('values on their way through the database', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  it.each(ZONES)('B1.1 dates and instants are what they were in a session of %s', async (zone) => {
    const actor = await world.workspace();
    const url = new URL(world.url);
    url.searchParams.set('options', `-c timezone=${zone}`);
    const db = openDatabase(url.href, { poolMax: 1 });
    for (const dueDate of ['2026-03-29', '2011-12-30', '1900-01-01', '9999-12-31', null]) {
      const at = '2026-03-29T01:30:00.123Z';
      const [task] = await createTasks(db, actor, [newTask(actor, { dueDate })], at);
      expect(await getTask(db, actor, task?.id ?? '')).toMatchObject({ dueDate, createdAt: at });
    }
    const { rows } = await db.pool.query<{ TimeZone: string }>('show timezone');
    expect(rows[0]?.TimeZone).toBe(zone);
    await db.close();
  });

  it.each(['pool', 'kysely', 'both', 'nothing'])(
    'closes its pool after use of %s',
    async (used) => {
      const db = openDatabase(world.url, { poolMax: 2 });
      if (used === 'pool' || used === 'both') await db.pool.query('select 1');
      if (used === 'kysely' || used === 'both') await sql`select 1`.execute(db.kysely);
      await db.close();
      expect([db.pool.ended, db.pool.totalCount]).toEqual([true, 0]);
    },
  );

  it('a connection cut in the hands of its user fails what was under way and nothing else', async () => {
    const db = openDatabase(world.url, { poolMax: 2 });
    const client = await db.pool.connect();
    const gone = new Promise<void>((resolve) => client.once('end', resolve));
    await client.query('begin');
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    await db.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    // Nobody listens on this client but the pool: an error event unheard would end the process here.
    await gone;
    await expect(client.query('commit')).rejects.toThrow();
    client.release(true);
    expect((await db.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await db.close();
  });

  it('counts and revisions are numbers; what no number can hold stays text', async () => {
    const { rows } = await world.db.pool.query(
      'select 7::bigint as small, 9007199254740993::bigint as large',
    );
    expect(rows).toEqual([{ small: 7, large: '9007199254740993' }]);
  });
});
