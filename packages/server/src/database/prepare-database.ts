import {
  type Database,
  type DatabaseIdentity,
  examineDatabase,
  migrate,
  noteRestored,
  openDatabase,
} from '@tandem/store';
import type { ClientBase } from 'pg';
import type { Config } from '../config/config.ts';
import { corruptionOf, faultOf, strangerOf } from './database-refused.ts';
import { type KnownDatabase, placeOf, readKnown, writeKnown } from './known-database.ts';

export interface Prepared {
  /** Migrations that ran. */
  readonly applied: readonly string[];
  /** An older state of the database was put back since the installation saw it last; null: it was not. */
  readonly older: { readonly accounts: number; readonly seenAt: string } | null;
}

type Where = Pick<Config, 'databaseUrl' | 'dataDir'>;

/**
 * Before anything works on the database: it must be the one this installation knows, and look exactly as
 * this release expects. What is refused is left as it was.
 */
export async function prepareDatabase(
  databaseUrl: string,
  config: Where,
  options: { newDatabase?: boolean } = {},
): Promise<Prepared> {
  const known = options.newDatabase ? knownOrNull(config.dataDir) : readKnown(config.dataDir);
  const place = placeOf(config.databaseUrl, config.dataDir);
  return onDatabase(databaseUrl, async (db) => {
    const found = await examineDatabase(db);
    const stranger = strangerOf(found, known, place);
    const refused = faultOf(found) ?? (options.newDatabase ? null : stranger);
    if (refused !== null) throw refused;
    const { applied } = await migrate(db);
    let identity = await currentIdentity(db);
    let older: Prepared['older'] = null;
    // Accepted though unknown: what it says about Salesforce may be old as well.
    const isBehind = stranger === null && known !== null && identity.mark < known.mark;
    if (known !== null && (isBehind || (stranger !== null && found.kind !== 'empty'))) {
      const accounts = await noteRestored(db.pool, isBehind ? known.mark : 0);
      older = { accounts, seenAt: known.seenAt };
      identity = await currentIdentity(db);
    }
    remember(config, identity, place);
    return { applied, older };
  });
}

/** The tables alone, for a restore: which database comes in is up to the backup. */
export function prepareTables(databaseUrl: string): Promise<void> {
  return onDatabase(databaseUrl, async (db) => {
    const fault = faultOf(await examineDatabase(db));
    if (fault !== null) throw fault;
    await migrate(db);
    await currentIdentity(db);
  });
}

/**
 * A backup came in, in the transaction of `client`. Salesforce has moved on since it was written, so every
 * account is compared first. Returns how many.
 */
export async function settleRestored(client: ClientBase, { dataDir }: Where): Promise<number> {
  const known = knownOrNull(dataDir);
  const { rows } = await client.query<{ id: string }>(
    'select database_id as id from tandem.identity',
  );
  return noteRestored(client, known !== null && known.databaseId === rows[0]?.id ? known.mark : 0);
}

/**
 * After a restore the installation knows the database that came in. A copy of the one it knows, perhaps
 * made to try the backup, does not change what it remembers.
 */
export function rememberRestored(databaseUrl: string, config: Where): Promise<void> {
  return onDatabase(databaseUrl, async (db) => {
    const identity = await currentIdentity(db);
    if (knownOrNull(config.dataDir)?.databaseId === identity.databaseId) return;
    remember(config, identity, placeOf(config.databaseUrl, config.dataDir));
  });
}

async function currentIdentity(db: Database): Promise<DatabaseIdentity> {
  const found = await examineDatabase(db);
  if (found.kind === 'current') return found.identity;
  throw faultOf(found) ?? new Error(`A migrated database is ${found.kind}.`);
}

function remember({ dataDir }: Where, { databaseId, mark }: DatabaseIdentity, place: string): void {
  writeKnown(dataDir, { databaseId, mark, seenAt: new Date().toISOString(), place });
}

/** A damaged memory is no obstacle to saying what is meant. */
function knownOrNull(dataDir: string): KnownDatabase | null {
  try {
    return readKnown(dataDir);
  } catch {
    return null;
  }
}

async function onDatabase<T>(url: string, work: (db: Database) => Promise<T>): Promise<T> {
  const db = openDatabase(url, { poolMax: 2 });
  try {
    return await work(db);
  } catch (error) {
    throw corruptionOf(error) ?? error;
  } finally {
    await db.close();
  }
}
