import type { Instant } from '@tandem/engine';
import { sql } from 'kysely';
import type { Executor } from '../transaction.ts';

/** Which database this is, and how far it is. */
export interface DatabaseIdentity {
  readonly databaseId: string;
  /** Grows with every piece of history and every turn of a worker, and never shrinks but by a restore. */
  readonly mark: number;
  /** When a backup last came in; null: never. */
  readonly restoredAt: Instant | null;
}

/** Null where the row is missing; the table is there (migration 0009). */
export async function readIdentity(db: Executor): Promise<DatabaseIdentity | null> {
  const { rows } = await sql<DatabaseIdentity>`
    select i.database_id as "databaseId", ${sql.raw(MARK)} as mark, i.restored_at as "restoredAt"
    from tandem.identity i
  `.execute(db);
  return rows[0] ?? null;
}

/**
 * Two numbers in one: the journal's, which people's edits move, and the leases', which sync moves also
 * where it leaves no history (a confirmed send). The sequence and not the newest entry: entries go away
 * with a purged task. Connections are never deleted, and their tokens only grow (R14).
 */
export const MARK = `
  i.lift
  + (select last_value - case when is_called then 0 else 1 end from tandem.journal_entry_id_seq)
  + (select coalesce(sum(lease_token), 0) from tandem.connections)::bigint`;
