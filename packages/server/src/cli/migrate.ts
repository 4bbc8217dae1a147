import type { Command } from 'commander';
import { prepareDatabase } from '../database/prepare-database.ts';
import { withDatabase } from '../running.ts';
import { olderSentence } from '../start.ts';
import { type Cli, say, sayJson } from './cli.ts';

export function addMigrate(program: Command, cli: Cli): void {
  program
    .command('migrate')
    .description('Bring the database up to this release. Safe to run again.')
    .option('--new-database', 'take this database for the one of this installation from now on')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  tandem migrate\n  TANDEM_DATABASE_URL=postgres://… tandem migrate --json\n  tandem migrate --new-database     after a loss without a backup, or for another database',
    )
    .action((options: { json?: boolean; newDatabase?: boolean }) => {
      const config = cli.config();
      return withDatabase(config, async (databaseUrl) => {
        const { applied, older } = await prepareDatabase(databaseUrl, config, options);
        if (options.json) return sayJson(cli, { applied, older });
        if (older !== null) say(cli, olderSentence(older));
        say(
          cli,
          applied.length === 0
            ? 'The database is up to date.'
            : `Applied ${applied.length}: ${applied.join(', ')}.`,
        );
        if (applied.length > 0) say(cli, 'Start with "tandem serve".');
      });
    });
}
