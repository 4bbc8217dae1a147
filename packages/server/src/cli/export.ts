import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import type { Command } from 'commander';
import type { ClientBase } from 'pg';
import { exportWorkspace } from '../backup/export.ts';
import { withClient } from '../backup/with-client.ts';
import { withDatabase } from '../running.ts';
import { type Cli, sayJson } from './cli.ts';
import { rowProgress } from './row-progress.ts';

interface Options {
  readonly workspace?: string;
  readonly out?: string;
  readonly json?: boolean;
}

export function addExport(program: Command, cli: Cli): void {
  program
    .command('export')
    .description('Everything of a workspace as JSON lines, to the screen or into a file.')
    .option('--workspace <name>', 'which one, where there are several')
    .option('--out <file>', 'write here instead of to the screen')
    .option('--json', 'say at the end in JSON how much it was; goes with --out')
    .addHelpText(
      'after',
      `
Examples:
  tandem export --workspace Aldermoor --out tasks.jsonl
  tandem export | grep '"table":"tasks"' | wc -l`,
    )
    .action((options: Options) => {
      if (options.json && options.out === undefined) {
        throw new Error(
          '--json goes with --out: without it the rows themselves are what is printed.',
        );
      }
      return withDatabase(cli.config(), (databaseUrl) =>
        withClient(databaseUrl, (client) => exportTo(cli, client, options)),
      );
    });
}

async function exportTo(cli: Cli, client: ClientBase, options: Options): Promise<void> {
  const workspace = await pick(client, options.workspace);
  const { out } = options;
  const file = out === undefined ? null : await newFile(out);
  const progress = rowProgress(cli, 'Exporting');
  let rows: number;
  try {
    // Rows that run over the screen are progress enough.
    const onRows = file === null ? () => {} : progress.onRows;
    rows = await exportWorkspace(client, workspace.id, file ?? cli.out, onRows);
  } finally {
    progress.end();
    await new Promise<void>((done) => (file === null ? done() : file.end(done)));
  }
  if (options.json) {
    sayJson(cli, { workspace: workspace.name, file: out, rows });
    return;
  }
  cli.err.write(`${rows.toLocaleString('en')} rows of ${workspace.name}.\n`);
  if (out !== undefined) {
    cli.err.write(
      `${out} holds one JSON object a line. To move an installation use "tandem backup".\n`,
    );
  }
}

/** Never over one that is there. What goes wrong later is told by the write that meets it. */
async function newFile(path: string): Promise<WriteStream> {
  const file = createWriteStream(path, { mode: 0o600, flags: 'wx' });
  await once(file, 'open');
  file.on('error', () => {});
  return file;
}

async function pick(client: ClientBase, wanted: string | undefined) {
  const { rows } = await client.query<{ id: string; name: string }>(
    'select workspace_id as id, name from tandem.workspaces order by name',
  );
  const found = rows.filter(({ name }) => name === (wanted ?? name));
  const [one] = found;
  if (one === undefined || found.length > 1) {
    const problem =
      one === undefined ? 'There is no such workspace' : 'There are several workspaces';
    const names = rows.map(({ name }) => name).join(', ');
    throw new Error(`${problem}; name one with --workspace: ${names}.`);
  }
  return one;
}
