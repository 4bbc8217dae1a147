import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { ClientBase } from 'pg';
import type { OnRows, RowCounts } from '../backup/format.ts';
import { restoreBackup } from '../backup/restore-backup.ts';
import { withClient } from '../backup/with-client.ts';
import { writeBackup } from '../backup/write-backup.ts';
import type { Config } from '../config/config.ts';
import { prepareTables, rememberRestored, settleRestored } from '../database/prepare-database.ts';
import { withDatabase } from '../running.ts';
import { systemClock } from '../wiring.ts';
import { type Cli, say, sayJson } from './cli.ts';
import { rowProgress } from './row-progress.ts';

export function addBackup(program: Command, cli: Cli): void {
  program
    .command('backup')
    .argument('<file>', 'a new file, for example tandem.backup.gz')
    .description('Write everything into one file, while Tandem runs on.')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Keep TANDEM_SECRET_KEY (or data/secret-key) beside it: Salesforce tokens stay sealed with it.

Examples:
  tandem backup tandem.backup.gz
  tandem backup --json "backups/$(date +%F).gz"`,
    )
    .action((file: string, options: { json?: boolean }) =>
      onDatabase(cli, 'Backing up', async ({ client, onRows }) => {
        const rows = await writeBackup(client, file, systemClock.now(), onRows);
        return () =>
          tell(cli, options, file, rows, [
            `Backed up ${summary(rows)} into ${file}.`,
            'Keep TANDEM_SECRET_KEY (or data/secret-key) with it: without it people have to sign in to Salesforce again.',
            `Bring it back with: tandem restore ${file}`,
          ]);
      }),
    );

  program
    .command('restore')
    .argument('<file>', 'a file that "tandem backup" wrote')
    .description('Put a backup into an empty database: all of it, or nothing.')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  tandem restore tandem.backup.gz
  TANDEM_DATABASE_URL=postgres://… tandem restore tandem.backup.gz`,
    )
    .action((file: string, options: { json?: boolean }) =>
      onDatabase(cli, 'Restoring', async ({ client, onRows, databaseUrl, config }) => {
        let accounts = 0;
        const rows = await restoreBackup(client, file, {
          onRows,
          settle: async () => {
            accounts = await settleRestored(client, config);
          },
        });
        await rememberRestored(databaseUrl, config);
        return () =>
          tell(cli, options, file, rows, [
            `Restored ${summary(rows)} from ${file}.`,
            `Salesforce has moved on since: ${accounts} accounts are compared in full before anything is written or deleted.`,
            'Set the TANDEM_SECRET_KEY that belongs to it, look with "tandem doctor", then start with "tandem serve".',
          ]);
      }),
    );
}

function tell(
  cli: Cli,
  options: { json?: boolean },
  file: string,
  rows: RowCounts,
  lines: readonly string[],
): void {
  if (options.json) sayJson(cli, { file: resolve(file), rows });
  else for (const line of lines) say(cli, line);
}

function summary(rows: RowCounts): string {
  const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
  return `${total.toLocaleString('en')} rows of ${Object.keys(rows).length} tables`;
}

interface Site {
  readonly client: ClientBase;
  readonly onRows: OnRows;
  readonly databaseUrl: string;
  readonly config: Config;
}

/** `work` answers how to tell of it, once the line that counted is gone. */
function onDatabase(
  cli: Cli,
  doing: 'Backing up' | 'Restoring',
  work: (site: Site) => Promise<() => void>,
) {
  const config = cli.config();
  return withDatabase(config, async (databaseUrl) => {
    if (doing === 'Restoring') await prepareTables(databaseUrl);
    await withClient(databaseUrl, async (client) => {
      const progress = rowProgress(cli, doing);
      const { onRows } = progress;
      const done = await work({ client, onRows, databaseUrl, config }).finally(progress.end);
      done();
    });
  });
}
