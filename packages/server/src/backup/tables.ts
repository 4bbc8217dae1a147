import type { ClientBase } from 'pg';

/** The schemas a backup holds. Jobs are not among them: they are only wake-ups, and are made again. */
const BACKUP_SCHEMAS = ['tandem', 'auth'] as const;

/** Kysely's own notes say which migrations ran; the manifest says that better. */
const NOT_DATA = new Set(['tandem.kysely_migration', 'tandem.kysely_migration_lock']);

export interface TableShape {
  /** `tandem.tasks`, unquoted. */
  readonly name: string;
  readonly columns: readonly string[];
}

/** Tables with their stored columns, parents before children, so that no row comes before what it refers to. */
export async function readTables(client: ClientBase): Promise<readonly TableShape[]> {
  const { rows } = await client.query<{ name: string; columns: string[]; parents: string[] }>(
    `select n.nspname || '.' || c.relname as name,
       array(select a.attname::text from pg_attribute a
             where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
             order by a.attnum) as columns,
       array(select distinct fn.nspname || '.' || f.relname
             from pg_constraint k
             join pg_class f on f.oid = k.confrelid
             join pg_namespace fn on fn.oid = f.relnamespace
             where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as parents
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = any($1::text[]) and c.relkind in ('r', 'p')
     order by 1`,
    [BACKUP_SCHEMAS],
  );
  const waiting = rows.filter(({ name }) => !NOT_DATA.has(name));
  const sorted: TableShape[] = [];
  while (waiting.length > 0) {
    const at = waiting.findIndex(({ parents }) =>
      parents.every((parent) => !waiting.some(({ name }) => name === parent)),
    );
    const [next] = waiting.splice(Math.max(at, 0), 1);
    if (next !== undefined) sorted.push({ name: next.name, columns: next.columns });
  }
  return sorted;
}

export function quoteTable(name: string): string {
  return name.split('.').map(quote).join('.');
}

export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The newest migration applied: a backup is restored into exactly the schema it came from. */
export async function schemaVersion(client: ClientBase): Promise<string | null> {
  const { rows } = await client.query<{ name: string }>(
    'select name from tandem.kysely_migration order by name desc limit 1',
  );
  return rows[0]?.name ?? null;
}
