import { sql } from 'kysely';
import type { Database } from './database.ts';
import type { Executor } from './transaction.ts';

/**
 * What a database's tables really are, from PostgreSQL's own catalogue: one line of text per column,
 * constraint and index, spelled alike by every version from 15 on. graphile-worker's tables are its own
 * affair, and so is Kysely's note of which migrations ran.
 */
export type SchemaManifest = Readonly<Record<string, TableManifest>>;

export interface TableManifest {
  readonly columns: Readonly<Record<string, string>>;
  readonly constraints: Readonly<Record<string, string>>;
  readonly indexes: Readonly<Record<string, string>>;
}

type Part = keyof TableManifest;

export async function introspectSchema(db: Database): Promise<SchemaManifest> {
  const rows = await db.kysely.transaction().execute(async (trx) => {
    // PostgreSQL leaves out the schema of what the search path finds, and a user called "tandem" finds ours.
    await sql`set local search_path = ''`.execute(trx);
    return readCatalogue(trx);
  });
  const manifest: Record<string, Record<Part, Record<string, string>>> = {};
  for (const { table, part, name, definition } of rows) {
    manifest[table] ??= { columns: {}, constraints: {}, indexes: {} };
    manifest[table][part][name] = definition;
  }
  return manifest;
}

interface CatalogueLine {
  readonly table: string;
  readonly part: Part;
  readonly name: string;
  readonly definition: string;
}

async function readCatalogue(db: Executor): Promise<readonly CatalogueLine[]> {
  const { rows } = await sql<CatalogueLine>`
    with tables as (
      select c.oid, n.nspname || '.' || c.relname as name
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('tandem', 'auth') and c.relkind in ('r', 'p')
        and c.relname not like 'kysely\_migration%'
    )
    select t.name as "table", 'columns' as part, a.attname::text as name,
      format_type(a.atttypid, a.atttypmod)
        || case when a.attnotnull then ' not null' else '' end
        || case a.attidentity when 'a' then ' generated always as identity' else '' end
        || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') as definition
    from tables t
    join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    union all
    -- PostgreSQL 18 lists "not null" here as well; the columns have said it already.
    select t.name, 'constraints', c.conname::text, pg_get_constraintdef(c.oid)
    from tables t join pg_constraint c on c.conrelid = t.oid and c.contype <> 'n'
    union all
    select t.name, 'indexes', i.relname::text, pg_get_indexdef(x.indexrelid)
    from tables t join pg_index x on x.indrelid = t.oid join pg_class i on i.oid = x.indexrelid
    order by 1, 2, 3
  `.execute(db);
  return rows;
}
