import type { Command } from 'commander';
import { keepKnown } from '../database/keep-known.ts';
import { prepareDatabase } from '../database/prepare-database.ts';
import { startWorker } from '../jobs/worker.ts';
import { withDatabase } from '../running.ts';
import { olderSentence, type StartStep, startAll } from '../start.ts';
import { openCore } from '../wiring.ts';
import { type Cli, say, sayJson } from './cli.ts';

export function addServe(program: Command, cli: Cli): void {
  program
    .command('start')
    .description('Start everything on this machine: database, sandbox org, demo people, server.')
    .option('--json', 'print each step as a line of JSON')
    .addHelpText('after', '\nExamples:\n  tandem start\n  TANDEM_DATA_DIR=./try-out tandem start')
    .action((options: { json?: boolean }) => runAll(cli, { sandbox: true, ...options }));

  program
    .command('serve')
    .description(
      'Start the server and its jobs (and PostgreSQL, unless TANDEM_DATABASE_URL is set).',
    )
    .option('--no-worker', 'leave the jobs to "tandem worker"')
    .option('--json', 'print each step as a line of JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  TANDEM_PORT=8080 tandem serve\n  tandem serve --no-worker --json',
    )
    .action((options: { worker: boolean; json?: boolean }) =>
      runAll(cli, { sandbox: false, ...options }),
    );

  program
    .command('worker')
    .description('Work on sync jobs only; any number of these may run beside a server.')
    .option('--json', 'print each step as a line of JSON')
    .addHelpText('after', '\nExample:\n  TANDEM_DATABASE_URL=postgres://… tandem worker')
    .action((options: { json?: boolean }) => runWorker(cli, options.json ?? false));
}

interface RunOptions {
  readonly sandbox: boolean;
  readonly worker?: boolean;
  readonly json?: boolean;
}

async function runAll(cli: Cli, { sandbox, worker = true, json = false }: RunOptions) {
  const config = cli.config();
  const tell = teller(cli, json);
  const progress = ({ name, state, note, ms }: StartStep) => {
    if (state !== 'done') return;
    const seconds = (ms / 1000).toFixed(1);
    tell(`${name.padEnd(9)} ${note} (${seconds} s)`, { step: name, note, ms });
  };
  const { url, sandboxUrl, demo, stop } = await startAll(config, { progress, worker, sandbox });
  tell(`Tandem is ready: ${url}`, { ready: true, url, sandboxUrl });
  if (!json && demo !== null) {
    say(cli, `Sign in with ${demo.email} and password ${demo.password}.`);
  }
  if (!json) say(cli, 'Ctrl-C stops it in order.');
  await cli.stopSignal();
  tell('Stopping.', { stopping: true });
  await stop();
}

async function runWorker(cli: Cli, json: boolean): Promise<void> {
  const config = cli.config();
  const tell = teller(cli, json);
  await withDatabase(config, async (databaseUrl) => {
    const { older } = await prepareDatabase(databaseUrl, config);
    if (older !== null) tell(olderSentence(older), { older });
    const core = openCore(config, { databaseUrl });
    const stopKeeping = keepKnown(databaseUrl, config, core.log);
    try {
      const worker = await startWorker(core);
      tell('Working on sync jobs. Ctrl-C stops after the current ones.', { ready: true });
      await cli.stopSignal();
      tell('Stopping after the current jobs.', { stopping: true });
      await worker.stop();
    } finally {
      await stopKeeping();
      await core.close();
    }
  });
}

function teller(cli: Cli, json: boolean) {
  return (line: string, value: object) => (json ? sayJson(cli, value) : say(cli, line));
}
