import { sql } from 'kysely';
import { checkSchema } from '../check-schema.ts';
import type { Database } from '../database.ts';
import { MIGRATIONS } from '../migrations/index.ts';
import type { Executor } from '../transaction.ts';
import { type DatabaseIdentity, readIdentity } from './identity.ts';

/** What a database is, before anything is done to it. */
export type Examination =
  /** No table of ours: a first start, or a loss. Only who remembers more can tell. */
  | { readonly kind: 'empty' }
  /** Made by an older release; `identity` is null where that release knew none. */
  | { readonly kind: 'older'; readonly identity: DatabaseIdentity | null }
  | { readonly kind: 'current'; readonly identity: DatabaseIdentity }
  /** Made by a newer release: `unknown` are its migrations that this one does not know. */
  | { readonly kind: 'newer'; readonly unknown: readonly string[] }
  /** Not what any release makes; one sentence per difference. */
  | { readonly kind: 'damaged'; readonly differences: readonly string[] };

/** Looks and changes nothing. */
export async function examineDatabase(db: Database): Promise<Examination> {
  const { tables, applied } = await look(db);
  const known = Object.keys(MIGRATIONS);
  const unknown = applied.filter((name) => !known.includes(name));
  if (unknown.length > 0) return { kind: 'newer', unknown };
  if (tables.length === 0 && applied.length === 0) return { kind: 'empty' };
  if (applied.length === 0) {
    return damaged('the record of which migrations made the tables is missing');
  }
  const gap = known.slice(0, applied.length).find((name) => !applied.includes(name));
  if (gap !== undefined) return damaged(`the record of the migration ${gap} is missing`);
  if (applied.length < known.length) {
    // Which tables an older release had is not known any more; that it had some is.
    if (tables.length === 0) return damaged('all tables are missing');
    if (!applied.includes(IDENTITY_SINCE)) return { kind: 'older', identity: null };
    const gone = OF_IDENTITY.find((name) => !tables.includes(name));
    if (gone !== undefined) return damaged(`the table ${gone} is missing`);
    return { kind: 'older', identity: await readIdentity(db.kysely) };
  }
  const schema = await checkSchema(db);
  if (!schema.ok) return { kind: 'damaged', differences: schema.differences };
  const identity = await readIdentity(db.kysely);
  if (identity === null) return damaged('the row of tandem.identity is missing');
  return { kind: 'current', identity };
}

function damaged(difference: string): Examination {
  return { kind: 'damaged', differences: [`${difference}.`] };
}

const IDENTITY_SINCE = '0009-identity';
const OF_IDENTITY = ['tandem.identity', 'tandem.journal', 'tandem.connections'];

interface Sight {
  /** Without Kysely's own two. */
  readonly tables: readonly string[];
  readonly applied: readonly string[];
}

/** As of one moment: another process may be making the tables right now. */
function look(db: Database): Promise<Sight> {
  return db.kysely
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const { rows } = await sql<{ name: string }>`
        select n.nspname || '.' || c.relname as name
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname in ('tandem', 'auth') and c.relkind in ('r', 'p') order by 1
      `.execute(trx);
      const names = rows.map(({ name }) => name);
      return {
        tables: names.filter((name) => !name.startsWith('tandem.kysely_migration')),
        applied: names.includes('tandem.kysely_migration') ? await appliedMigrations(trx) : [],
      };
    });
}

async function appliedMigrations(db: Executor): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from tandem.kysely_migration order by name
  `.execute(db);
  return rows.map(({ name }) => name);
}
