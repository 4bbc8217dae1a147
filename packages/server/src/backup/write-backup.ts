import { createWriteStream } from 'node:fs';
import { link, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { ClientBase } from 'pg';
import { BackupError, type Manifest, type OnRows, type RowCounts } from './format.ts';
import { quote, quoteTable, readTables, schemaVersion } from './tables.ts';

/** Rows read at a time: a page of tasks with the longest details is about 30 MB. */
const PAGE_ROWS = 1_000;

/**
 * Everything of this installation into one file, as of one moment (one repeatable-read transaction),
 * while people go on working. The file appears under its name only when it is whole. Salesforce tokens
 * in it stay sealed: the backup is of use only together with TANDEM_SECRET_KEY.
 */
export async function writeBackup(
  client: ClientBase,
  path: string,
  createdAt: string,
  onRows: OnRows = () => {},
): Promise<RowCounts> {
  const counts: Record<string, number> = {};
  const draft = `${path}.${process.pid}.part`;
  await client.query('begin isolation level repeatable read, read only');
  try {
    await client.query('set local statement_timeout = 0');
    const lines = Readable.from(linesOf(client, createdAt, counts, onRows));
    await pipeline(lines, createGzip(), createWriteStream(draft, { mode: 0o600, flags: 'wx' }));
    // Unlike a rename, a link never replaces a file that is there.
    await link(draft, path);
  } finally {
    await rm(draft, { force: true });
    await client.query('rollback');
  }
  return counts;
}

async function* linesOf(
  client: ClientBase,
  createdAt: string,
  counts: Record<string, number>,
  onRows: OnRows,
): AsyncGenerator<string> {
  const schema = await schemaVersion(client);
  if (schema === null) throw new BackupError('This database has no Tandem schema to back up.');
  const head: Manifest = { format: 'tandem-backup', version: 1, schema, createdAt };
  yield `${JSON.stringify(head)}\n`;
  let total = 0;
  for (const { name, columns } of await readTables(client)) {
    yield `${JSON.stringify({ table: name, columns })}\n`;
    counts[name] = 0;
    const list = columns.map(quote).join(', ');
    await client.query(
      `declare backup_rows no scroll cursor for
         select row_to_json(r)::text as line from (select ${list} from ${quoteTable(name)}) r`,
    );
    for (;;) {
      const { rows } = await client.query<{ line: string }>(`fetch ${PAGE_ROWS} from backup_rows`);
      if (rows.length === 0) break;
      counts[name] += rows.length;
      total += rows.length;
      onRows(total, name);
      yield `${rows.map(({ line }) => line).join('\n')}\n`;
    }
    await client.query('close backup_rows');
  }
  yield `${JSON.stringify({ end: true, rows: counts })}\n`;
}
