import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { ClientBase } from 'pg';
import type { z } from 'zod';
import {
  BackupError,
  endLine,
  manifest,
  type OnRows,
  type RowCounts,
  tableLine,
} from './format.ts';
import { quote, quoteTable, readTables, schemaVersion, type TableShape } from './tables.ts';

/** Rows written at a time; see PAGE_ROWS of write-backup.ts. */
const BATCH_ROWS = 500;

export interface RestoreOptions {
  readonly onRows: OnRows;
  /** The last statements of the transaction. */
  readonly settle: () => Promise<void>;
}

/**
 * Puts a backup into an empty, migrated database: all of it, or nothing, in one transaction. Refuses
 * another schema version and any table that holds rows already.
 */
export async function restoreBackup(
  client: ClientBase,
  path: string,
  options: RestoreOptions,
): Promise<RowCounts> {
  await client.query('begin');
  try {
    await client.query('set local statement_timeout = 0');
    const counts = await restoreLines(client, readLines(path), options.onRows);
    await setSequences(client);
    await options.settle();
    await client.query('commit');
    return counts;
  } catch (error) {
    await client.query('rollback');
    // Z_…: not gzip, or cut short.
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) {
      throw new BackupError('The file is damaged or not a backup.', { cause: error });
    }
    throw error;
  }
}

async function restoreLines(
  client: ClientBase,
  lines: AsyncIterable<string>,
  onRows: OnRows,
): Promise<RowCounts> {
  const tables = new Map((await readTables(client)).map((table) => [table.name, table]));
  await refuseFull(client, [...tables.values()]);
  // The data's own identity comes with it.
  await client.query('delete from tandem.identity');
  const counts: Record<string, number> = {};
  let table: TableShape | null = null;
  let batch: string[] = [];
  let first = true;
  let total = 0;
  const flush = async () => {
    if (table !== null && batch.length > 0) {
      await insert(client, table, batch);
      total += batch.length;
      onRows(total, table.name);
    }
    batch = [];
  };
  for await (const line of lines) {
    if (first) {
      first = false;
      await refuseOtherSchema(client, parse(line, manifest).schema);
      continue;
    }
    if (line.startsWith('{"table":')) {
      await flush();
      const next = parse(line, tableLine);
      table = shapeFor(tables, next);
      counts[table.name] = 0;
    } else if (line.startsWith('{"end":')) {
      await flush();
      return compare(parse(line, endLine).rows, counts);
    } else if (table === null) {
      throw new BackupError('The file is damaged or not a backup.');
    } else {
      counts[table.name] = (counts[table.name] ?? 0) + 1;
      batch.push(line);
      if (batch.length >= BATCH_ROWS) await flush();
    }
  }
  throw new BackupError('The file ends too early; it was not written to its end.');
}

/** Longer than any row can be: 32,000 characters of details, twice, in a task and its history. */
const LINE_LENGTH_MAX = 16 * 1024 * 1024;

async function* readLines(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  const text = createGunzip().setEncoding('utf8');
  file.on('error', (error) => text.destroy(error));
  file.pipe(text);
  let rest = '';
  for await (const chunk of text as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LINE_LENGTH_MAX)
      throw new BackupError('The file is damaged or not a backup.');
    yield* lines;
  }
}

async function insert(
  client: ClientBase,
  { name, columns }: TableShape,
  rows: readonly string[],
): Promise<void> {
  const list = columns.map(quote).join(', ');
  await client.query(
    `insert into ${quoteTable(name)} (${list}) overriding system value
     select ${list} from json_populate_recordset(null::${quoteTable(name)}, $1::json)`,
    [`[${rows.join(',')}]`],
  );
}

/** Identity columns go on after the highest number that came in. */
async function setSequences(client: ClientBase): Promise<void> {
  for (const { name, columns } of await readTables(client)) {
    for (const column of columns) {
      const { rows } = await client.query<{ sequence: string | null }>(
        'select pg_get_serial_sequence($1, $2) as sequence',
        [quoteTable(name), column],
      );
      const sequence = rows[0]?.sequence ?? null;
      if (sequence === null) continue;
      await client.query(
        `select setval($1, coalesce(max(${quote(column)}), 0) + 1, false) from ${quoteTable(name)}`,
        [sequence],
      );
    }
  }
}

/** A migrated database has its one row, and is empty all the same. */
const OF_EVERY_DATABASE = 'tandem.identity';

async function refuseFull(client: ClientBase, tables: readonly TableShape[]): Promise<void> {
  for (const { name } of tables) {
    if (name === OF_EVERY_DATABASE) continue;
    const { rows } = await client.query<{ full: boolean }>(
      `select exists (select from ${quoteTable(name)}) as full`,
    );
    if (rows[0]?.full) {
      throw new BackupError(
        `The database is not empty (${name} has rows). Restore into a new one; nothing was changed.`,
      );
    }
  }
}

async function refuseOtherSchema(client: ClientBase, schema: string): Promise<void> {
  const here = await schemaVersion(client);
  if (here === schema) return;
  throw new BackupError(
    `The backup is of schema ${schema}, this database has ${here ?? 'none'}. Restore it with the release that made it, then update.`,
  );
}

function shapeFor(
  tables: ReadonlyMap<string, TableShape>,
  { table, columns }: z.infer<typeof tableLine>,
): TableShape {
  const here = tables.get(table);
  if (here === undefined || columns.join() !== here.columns.join()) {
    throw new BackupError(`The backup's table ${table} does not fit this database.`);
  }
  return here;
}

function compare(promised: RowCounts, counts: RowCounts): RowCounts {
  for (const [table, rows] of Object.entries(promised)) {
    if (counts[table] !== rows) throw new BackupError(`The file is damaged at table ${table}.`);
  }
  return counts;
}

function parse<S extends z.ZodType>(line: string, schema: S): z.output<S> {
  try {
    return schema.parse(JSON.parse(line));
  } catch (cause) {
    throw new BackupError('The file is damaged or not a backup.', { cause });
  }
}
