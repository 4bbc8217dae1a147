import type { Command } from 'commander';
import { withDatabase } from '../running.ts';
import { prepareSchema } from '../start.ts';
import { type Cli, say, sayJson } from './cli.ts';

export function addMigrate(program: Command, cli: Cli): void {
  program
    .command('migrate')
    .description('Bring the database up to this release. Safe to run again.')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  tandem migrate\n  TANDEM_DATABASE_URL=postgres://… tandem migrate --json',
    )
    .action((options: { json?: boolean }) =>
      withDatabase(cli.config(), async (databaseUrl) => {
        const applied = await prepareSchema(databaseUrl);
        if (options.json) return sayJson(cli, { applied });
        say(
          cli,
          applied.length === 0
            ? 'The database is up to date.'
            : `Applied ${applied.length}: ${applied.join(', ')}.`,
        );
        if (applied.length > 0) say(cli, 'Start with "tandem serve".');
      }),
    );
}
