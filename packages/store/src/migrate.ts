import { Logger, runMigrations } from 'graphile-worker';
import { Migrator, sql } from 'kysely';
import type { Database } from './database.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { sqlState } from './transaction.ts';

/**
 * Brings a database up to this version: our tables, then graphile-worker's own. Safe to run from any
 * number of processes at once (Kysely takes an advisory lock, graphile-worker claims each step by its
 * key) and again at every start.
 */
export async function migrate(db: Database): Promise<{ applied: readonly string[] }> {
  const migrator = new Migrator({
    db: db.kysely,
    provider: { getMigrations: async () => withoutTimeout(MIGRATIONS) },
    migrationTableSchema: 'tandem',
  });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error !== undefined) {
    const failed = results.find((result) => result.status === 'Error');
    const where = failed === undefined ? 'before its first step' : `at ${failed.migrationName}`;
    const why = error instanceof Error && error.message !== '' ? `: ${error.message}` : '';
    throw new Error(
      `The database could not be brought up to date; it stopped ${where}${why}. Nothing was changed.`,
      { cause: error },
    );
  }
  await migrateJobs(db);
  return {
    applied: results
      .filter((result) => result.status === 'Success')
      .map((result) => result.migrationName),
  };
}

/** Both processes make the schema at once, one of them fails at it, and finds it made the next time. */
const JOBS_ATTEMPTS_MAX = 5;
const MADE_BY_ANOTHER: ReadonlySet<string | null> = new Set(['23505', '42P06', '42P07']);

/** graphile-worker's own tables. Its first step takes no lock, unlike ours and its later ones. */
async function migrateJobs(db: Database): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await runMigrations({ pgPool: db.pool, logger: new Logger(() => () => {}) });
      return;
    } catch (error) {
      if (attempt === JOBS_ATTEMPTS_MAX || !MADE_BY_ANOTHER.has(sqlState(error))) throw error;
    }
  }
}

/** A step on a large table may take longer than any statement of a request may. */
function withoutTimeout(migrations: typeof MIGRATIONS) {
  return Object.fromEntries(
    Object.entries(migrations).map(([name, migration]) => [
      name,
      {
        up: async (db: Parameters<typeof migration.up>[0]) => {
          await sql`set local statement_timeout = 0`.execute(db);
          await migration.up(db);
        },
      },
    ]),
  );
}
