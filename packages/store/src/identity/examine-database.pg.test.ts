import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../database.ts';
import { migrate } from '../migrate.ts';
import { emptyDatabase, type TestDatabase, testDatabase } from '../testing/index.ts';
import { examineDatabase } from './examine-database.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4/;

describe('what a database is', () => {
  let database: TestDatabase;
  let db: Database;

  beforeEach(async () => {
    database = await testDatabase();
    db = openDatabase(database.url, { poolMax: 2 });
  });
  afterEach(async () => {
    await db.close();
    await database.drop();
  });

  const damaged = (...differences: string[]) => ({ kind: 'damaged', differences });

  it('one of this release, with an identity of its own and where it is', async () => {
    const identity = { databaseId: expect.stringMatching(UUID), mark: 0, restoredAt: null };
    expect(await examineDatabase(db)).toEqual({ kind: 'current', identity });
  });

  it('two databases that were migrated apart are told apart', async () => {
    const others = [await emptyDatabase(), await emptyDatabase()];
    const ids = new Set<string>();
    for (const { url, drop } of others) {
      const other = openDatabase(url, { poolMax: 2 });
      expect(await examineDatabase(other)).toEqual({ kind: 'empty' });
      await migrate(other);
      const found = await examineDatabase(other);
      if (found.kind === 'current') ids.add(found.identity.databaseId);
      await other.close();
      await drop();
    }
    expect(ids.size).toBe(2);
  });

  it('there is exactly one identity: no second row, and none is a damage', async () => {
    const second = db.pool.query('insert into tandem.identity default values');
    await expect(second).rejects.toThrow(/identity_pkey/);
    const other = db.pool.query('insert into tandem.identity (singleton) values (false)');
    await expect(other).rejects.toThrow(/identity_one_row/);
    await db.pool.query('delete from tandem.identity');
    expect(await examineDatabase(db)).toEqual(damaged('the row of tandem.identity is missing.'));
  });

  it('what a first start left that was interrupted before its first table is empty', async () => {
    await db.pool.query('drop schema tandem cascade; drop schema auth cascade');
    await db.pool.query(
      'create schema tandem; create table tandem.kysely_migration (name text, timestamp text)',
    );
    expect(await examineDatabase(db)).toEqual({ kind: 'empty' });
  });

  it('tables without the record of their migrations are damaged, never new', async () => {
    await db.pool.query('drop table tandem.kysely_migration');
    const sentence = 'the record of which migrations made the tables is missing.';
    expect(await examineDatabase(db)).toEqual(damaged(sentence));
    await db.pool.query('create table tandem.kysely_migration (name text, timestamp text)');
    expect(await examineDatabase(db)).toEqual(damaged(sentence));
  });

  it('a hole in the record of migrations is damage', async () => {
    await db.pool.query(`delete from tandem.kysely_migration where name like '0003%'`);
    expect(await examineDatabase(db)).toEqual(
      damaged('the record of the migration 0003-tasks is missing.'),
    );
  });

  it('the record of migrations without a table is damaged, never new', async () => {
    await db.pool.query('alter table tandem.kysely_migration set schema public');
    await db.pool.query('drop schema tandem cascade; drop schema auth cascade');
    await db.pool.query('create schema tandem');
    await db.pool.query('alter table public.kysely_migration set schema tandem');
    const found = await examineDatabase(db);
    expect(found).toMatchObject({ kind: 'damaged' });
    expect(found).toHaveProperty(
      'differences',
      expect.arrayContaining(['The table tandem.tasks is missing.']),
    );
    await db.pool.query(`delete from tandem.kysely_migration where name > '0004'`);
    expect(await examineDatabase(db)).toEqual(damaged('all tables are missing.'));
  });

  it('a missing table is one sentence, and so is a missing constraint', async () => {
    await db.pool.query('drop table tandem.skipped');
    await db.pool.query('alter table tandem.links drop constraint links_state');
    expect(await examineDatabase(db)).toEqual(
      damaged(
        'The table tandem.skipped is missing.',
        'tandem.links constraints links_state is missing.',
      ),
    );
  });

  it('a migration this release does not know makes it a newer one', async () => {
    await db.pool.query(
      `insert into tandem.kysely_migration (name, timestamp) values ('9999-later', '2027')`,
    );
    expect(await examineDatabase(db)).toEqual({ kind: 'newer', unknown: ['9999-later'] });
  });

  it('one of an older release keeps the identity it has, and may have none', async () => {
    await db.pool.query(`delete from tandem.kysely_migration where name >= '0009'`);
    expect(await examineDatabase(db)).toEqual({ kind: 'older', identity: null });
  });

  it('examining changes nothing', async () => {
    await db.pool.query('drop schema tandem cascade; drop schema auth cascade');
    await examineDatabase(db);
    const { rows } = await db.pool.query(
      `select 1 from pg_namespace where nspname in ('tandem', 'auth')`,
    );
    expect(rows).toEqual([]);
  });
});
