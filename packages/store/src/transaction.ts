import type { Kysely, Transaction } from 'kysely';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

/** Inside or outside a transaction. */
export type Executor = Kysely<Schema>;

/** PostgreSQL's words for "run it again, somebody else was first". */
const RETRYABLE: ReadonlySet<string> = new Set(['40P01', '40001']);

/** Two bulk edits can meet in opposite order once; meeting three times in a row is a defect to see. */
const ATTEMPTS_MAX = 3;

/**
 * One transaction; `work` runs again if PostgreSQL broke a deadlock at its cost, so it must do nothing
 * but talk to the database. Lock order everywhere: connection, tasks by id, links, wakes.
 */
export async function inTransaction<T>(
  db: Database,
  work: (trx: Transaction<Schema>) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.kysely.transaction().execute(work);
    } catch (error) {
      if (attempt === ATTEMPTS_MAX || !isRetryable(error)) throw error;
    }
  }
}

function isRetryable(error: unknown): boolean {
  return RETRYABLE.has(sqlState(error) ?? '');
}

/** PostgreSQL's five-character error code, where an error has one. */
export function sqlState(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/** The constraint a statement ran into, where it did. */
export function violatedConstraint(error: unknown): string | null {
  if (!(error instanceof Error) || !('constraint' in error)) return null;
  return typeof error.constraint === 'string' ? error.constraint : null;
}
