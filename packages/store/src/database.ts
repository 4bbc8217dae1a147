import { Kysely, PostgresDialect } from 'kysely';
import { Pool, types } from 'pg';
import { surviveLostConnections } from './lost-connections.ts';
import type { Schema } from './schema.ts';

export interface Database {
  readonly pool: Pool;
  readonly kysely: Kysely<Schema>;
  close(): Promise<void>;
}

/** Enough for a page's parallel requests and two passes of sync; PostgreSQL's own default is 100 in all. */
const POOL_MAX = 10;

/**
 * Longer than any statement here takes on a table a hundred times the size we test (an import of 2,000
 * rows takes well under a second), short enough that a stuck one is noticed while somebody waits.
 */
const STATEMENT_MS_MAX = 60_000;

/** A worker that freezes inside a transaction gives its locks back after this time, and its lease with it. */
const IDLE_IN_TRANSACTION_MS_MAX = 60_000;

/** A database that does not answer is an error to tell, not a page that hangs. */
const CONNECT_MS_MAX = 10_000;

export function openDatabase(url: string, options: { poolMax?: number } = {}): Database {
  const pool = new Pool({
    connectionString: url,
    max: options.poolMax ?? POOL_MAX,
    connectionTimeoutMillis: CONNECT_MS_MAX,
    statement_timeout: STATEMENT_MS_MAX,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS_MAX,
    application_name: 'tandem',
    types: { getTypeParser },
  });
  surviveLostConnections(pool);
  const kysely = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  return {
    pool,
    kysely,
    // Kysely's destroy ends the pool it was given, unless nobody used Kysely yet.
    async close() {
      await kysely.destroy();
      if (!pool.ending) await pool.end();
    },
  };
}

const DATE = 1082;
const TIMESTAMPTZ = 1184;
const INT8 = 20;

/**
 * How this pool reads values; the parsers of other users of `pg` stay as they are. A calendar date never
 * meets a clock type (B1.1), an instant is ISO text with milliseconds, whatever the session's zone is.
 */
function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === DATE) return (text) => text;
  if (oid === TIMESTAMPTZ) return instantText;
  if (oid === INT8) return safeNumber;
  return types.getTypeParser(oid, format as 'text') as (value: string) => unknown;
}

const parseTimestamptz = types.getTypeParser(TIMESTAMPTZ, 'text') as (value: string) => unknown;

function instantText(text: string): string {
  const parsed = parseTimestamptz(text);
  return parsed instanceof Date ? parsed.toISOString() : text;
}

function safeNumber(text: string): number | string {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : text;
}
