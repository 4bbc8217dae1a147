import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { requirePgTestFile } from './require-pg-test-file.ts';
import { emptyDatabase, testDatabase } from './test-database.ts';

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'forgetful test' });
  client.on('error', () => {});
  await client.connect();
  return client;
}

describe('test databases', () => {
  it('a test database has every migration applied and is its own', async () => {
    const [one, other] = await Promise.all([testDatabase(), testDatabase()]);
    const client = await connect(one.url);
    const { rows } = await client.query(
      `select count(*)::int as tables from information_schema.tables where table_schema = 'tandem'`,
    );
    await client.end();
    expect(rows[0].tables).toBeGreaterThan(5);
    expect(one.url).not.toBe(other.url);
    await one.drop();
    await other.drop();
  });

  it('an empty database has no table of ours', async () => {
    const database = await emptyDatabase();
    const client = await connect(database.url);
    const { rows } = await client.query(
      `select 1 from information_schema.schemata where schema_name = 'tandem'`,
    );
    await client.end();
    expect(rows).toEqual([]);
    await database.drop();
  });

  it('a connection left open fails the test that left it, and names itself', async () => {
    const database = await testDatabase();
    await connect(database.url);
    await expect(database.drop(1_000)).rejects.toThrow(
      /1 connection.*left open[\s\S]*forgetful test/,
    );
  });

  it('a test file whose name does not say that it needs PostgreSQL is told its right name', () => {
    expect(() => requirePgTestFile('/x/lease.test.ts')).toThrow(/Rename it to lease\.pg\.test\.ts/);
    expect(() => requirePgTestFile('/x/lease.pg.test.ts')).not.toThrow();
    expect(() => requirePgTestFile('/x/story.e2e.test.ts')).not.toThrow();
    expect(() => requirePgTestFile()).not.toThrow();
  });
});
