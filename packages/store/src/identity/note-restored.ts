import { sql } from 'kysely';
import type { Database } from '../database.ts';
import type { Comparison } from '../links/port.ts';
import { inTransaction } from '../transaction.ts';
import { type DatabaseIdentity, mark, readIdentity } from './identity.ts';

const WANTED: Comparison = {
  state: 'wanted',
  why: 'restored',
  startedAt: null,
  finishedAt: null,
  cursor: null,
  compared: 0,
  agreed: 0,
  missing: 0,
};

export interface Restored {
  readonly identity: DatabaseIdentity;
  /** Accounts that are compared with Salesforce before anything is written or deleted. */
  readonly accounts: number;
}

/**
 * This database holds an older state than Salesforce has seen. Every account that syncs is compared in full
 * first (R13), and the mark is lifted above what was `seen`, in one transaction: whoever starts next finds
 * the restore dealt with.
 */
export function noteRestored(db: Database, seen: number): Promise<Restored> {
  return inTransaction(db, async (trx) => {
    const { rows } = await sql`
      update tandem.connections set comparison = ${JSON.stringify(WANTED)}::jsonb
      where status <> 'off'
      returning 1
    `.execute(trx);
    await sql`
      update tandem.identity i set restored_at = now(),
        lift = i.lift + greatest(0, ${seen}::bigint + 1 - (${mark}))
    `.execute(trx);
    const identity = await readIdentity(trx);
    if (identity === null) throw new Error('A database that was examined has an identity.');
    return { identity, accounts: rows.length };
  });
}
