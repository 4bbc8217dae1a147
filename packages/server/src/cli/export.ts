import { createWriteStream } from 'node:fs';
import type { Command } from 'commander';
import { exportWorkspace } from '../backup/export.ts';
import { withClient } from '../backup/with-client.ts';
import { withDatabase } from '../running.ts';
import type { Cli } from './cli.ts';

export function addExport(program: Command, cli: Cli): void {
  program
    .command('export')
    .description('Everything of a workspace as JSON lines, to the screen or into a file.')
    .option('--workspace <name>', 'which one, where there are several')
    .option('--out <file>', 'write here instead of to the screen')
    .addHelpText('after', '\nExample:\n  tandem export --workspace Aldermoor --out tasks.jsonl')
    .action((options: { workspace?: string; out?: string }) =>
      withDatabase(cli.config(), (databaseUrl) =>
        withClient(databaseUrl, async (client) => {
          const file =
            options.out === undefined ? null : createWriteStream(options.out, { mode: 0o600 });
          try {
            const { rows } = await client.query<{ id: string; name: string }>(
              'select workspace_id as id, name from tandem.workspaces order by name',
            );
            const found = rows.filter(({ name }) => name === (options.workspace ?? name));
            const [one] = found;
            if (one === undefined || found.length > 1) {
              throw new Error(
                `${one === undefined ? 'There is no such workspace' : 'There are several workspaces'}; name one with --workspace: ${rows.map(({ name }) => name).join(', ')}.`,
              );
            }
            const written = await exportWorkspace(client, one.id, file ?? cli.out);
            cli.err.write(`${written} rows of ${one.name}.\n`);
          } finally {
            await new Promise<void>((done) => (file === null ? done() : file.end(done)));
          }
        }),
      ),
    );
}
