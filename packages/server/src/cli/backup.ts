import type { Command } from 'commander';
import type { ClientBase } from 'pg';
import type { RowCounts } from '../backup/format.ts';
import { restoreBackup } from '../backup/restore-backup.ts';
import { withClient } from '../backup/with-client.ts';
import { writeBackup } from '../backup/write-backup.ts';
import { withDatabase } from '../running.ts';
import { prepareSchema } from '../start.ts';
import { systemClock } from '../wiring.ts';
import { type Cli, say, sayJson } from './cli.ts';

export function addBackup(program: Command, cli: Cli): void {
  program
    .command('backup')
    .argument('<file>', 'a new file, for example tandem.backup.gz')
    .description('Write everything into one file, while Tandem runs on.')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nKeep TANDEM_SECRET_KEY (or data/secret-key) beside it: Salesforce tokens stay sealed with it.',
    )
    .action((file: string, options: { json?: boolean }) =>
      onDatabase(cli, false, async (client) => {
        tell(cli, options, 'Backed up', await writeBackup(client, file, systemClock.now()));
      }),
    );

  program
    .command('restore')
    .argument('<file>', 'a file that "tandem backup" wrote')
    .description('Put a backup into an empty database: all of it, or nothing.')
    .option('--json', 'print JSON')
    .action((file: string, options: { json?: boolean }) =>
      onDatabase(cli, true, async (client) => {
        tell(cli, options, 'Restored', await restoreBackup(client, file));
      }),
    );
}

function tell(cli: Cli, options: { json?: boolean }, word: string, rows: RowCounts): void {
  if (options.json) {
    sayJson(cli, { rows });
    return;
  }
  const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
  say(cli, `${word} ${total} rows of ${Object.keys(rows).length} tables.`);
}

function onDatabase(cli: Cli, migrated: boolean, work: (client: ClientBase) => Promise<void>) {
  return withDatabase(cli.config(), async (databaseUrl) => {
    if (migrated) await prepareSchema(databaseUrl);
    await withClient(databaseUrl, work);
  });
}
