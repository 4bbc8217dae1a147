import type { Writable } from 'node:stream';
import type { ClientBase } from 'pg';
import type { OnRows } from './format.ts';
import { quote, quoteTable, readTables } from './tables.ts';

/** Never leave in an export that people pass on: sealed tokens and hashes of secrets. */
const SECRET_COLUMNS: ReadonlySet<string> = new Set([
  'tokens',
  'hash',
  'lease_token',
  'lease_holder',
  'secret',
  'former_secret',
  'reply',
]);
const PAGE_ROWS = 1_000;

/**
 * Everything of one workspace as JSON lines, `{"table":"tasks","row":{…}}`, for people and programs.
 * Not for moving an installation: that is what backups are for.
 */
export async function exportWorkspace(
  client: ClientBase,
  workspaceId: string,
  out: Writable,
  onRows: OnRows = () => {},
): Promise<number> {
  let written = 0;
  await client.query('begin isolation level repeatable read, read only');
  try {
    for (const { name, columns } of await readTables(client)) {
      if (!columns.includes('workspace_id')) continue;
      const list = columns
        .filter((column) => !SECRET_COLUMNS.has(column))
        .map(quote)
        .join(', ');
      // A cursor takes no parameters through the simple protocol, so the id is checked and quoted.
      await client.query(
        `declare export_rows no scroll cursor for
           select row_to_json(r)::text as line from (
             select ${list} from ${quoteTable(name)} where workspace_id = '${uuid(workspaceId)}') r`,
      );
      for (;;) {
        const { rows } = await client.query<{ line: string }>(
          `fetch ${PAGE_ROWS} from export_rows`,
        );
        if (rows.length === 0) break;
        written += rows.length;
        onRows(written, name);
        const table = JSON.stringify(name.slice(name.indexOf('.') + 1));
        await drained(out, rows.map(({ line }) => `{"table":${table},"row":${line}}\n`).join(''));
      }
      await client.query('close export_rows');
    }
  } finally {
    await client.query('rollback');
  }
  return written;
}

function uuid(text: string): string {
  if (!/^[0-9a-f-]{36}$/i.test(text)) throw new TypeError('a workspace id is a UUID');
  return text;
}

function drained(out: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    out.write(text, (error) => (error ? reject(error) : resolve()));
  });
}
