import { readFileSync } from 'node:fs';
import { type ImportResult, taskType, taskView } from '@tandem/api';
import type { Command } from 'commander';
import type { Cli } from './cli.ts';
import { csvSaid } from './csv-said.ts';
import { addRemote, choice, flag, text } from './remote.ts';

/** Tasks to and from CSV, for spreadsheets. */
export function addTaskFiles(tasks: Command, cli: Cli): void {
  addRemote(tasks, cli, {
    name: 'export',
    about: 'Tasks as CSV, to the screen or into a new file.',
    options: [
      choice('--view <view>', 'which ones (all)', taskView.exclude(['range']).options),
      choice('--type <type>', 'of one kind', taskType.options),
      text('--owner <who>', 'me, all, or a user id'),
      text('--out <file>', 'write here instead of to the screen'),
    ],
    examples: [
      'tandem tasks export --out tasks.csv',
      'tandem tasks export --view overdue --owner all',
    ],
    run: async ({ client, options: { out, ...query }, progress }) => {
      progress('Exporting');
      return csvSaid(await client.exportTasks({ query: query as Record<string, never> }), out);
    },
  });
  addRemote(tasks, cli, {
    name: 'import <file>',
    about: 'Tasks out of a CSV file: all rows or none. Rows with an id change that task.',
    options: [flag('--dry-run', 'say what would happen, and write nothing')],
    examples: ['tandem tasks import tasks.csv --dry-run', 'tandem tasks import tasks.csv'],
    run: async ({ client, args: [file = ''], options, progress }) => {
      const csv = readFileSync(file, 'utf8');
      const dryRun = options.dryRun === true;
      progress(dryRun ? `Checking ${file}` : `Importing ${file}`);
      const result = await client.importTasks({ body: { csv, dryRun } });
      if (result.errorCount > 0) cli.exitCode = 1;
      return { json: result, lines: sentences(result) };
    },
  });
}

function sentences(result: ImportResult): string[] {
  const { created, changed, unchanged, dryRun, errors, errorCount } = result;
  if (errorCount === 0) {
    const would = dryRun ? 'would be ' : '';
    return [`${created} ${would}added, ${changed} ${would}changed, ${unchanged} are as they were.`];
  }
  const more = errorCount - errors.length;
  return [
    `Nothing is imported: ${errorCount} rows cannot be taken.`,
    ...errors.map(
      ({ line, column, message }) =>
        `line ${line}${column === null ? '' : `, ${column}`}: ${message}`,
    ),
    ...(more === 0 ? [] : [`and ${more} more`]),
  ];
}
