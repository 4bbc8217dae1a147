import type { Command } from 'commander';
import { startWorker } from '../jobs/worker.ts';
import { withDatabase } from '../running.ts';
import { prepareSchema, type StartStep, startAll } from '../start.ts';
import { openCore } from '../wiring.ts';
import { type Cli, say } from './cli.ts';

export function addServe(program: Command, cli: Cli): void {
  program
    .command('start')
    .description('Start everything on this machine: database, sandbox org, demo people, server.')
    .action(() => runAll(cli, true));

  program
    .command('serve')
    .description(
      'Start the server and its jobs (and PostgreSQL, unless TANDEM_DATABASE_URL is set).',
    )
    .option('--no-worker', 'leave the jobs to "tandem worker"')
    .addHelpText('after', '\nExample:\n  TANDEM_PORT=8080 tandem serve')
    .action((options: { worker: boolean }) => runAll(cli, false, options.worker));

  program
    .command('worker')
    .description('Work on sync jobs only; any number of these may run beside a server.')
    .addHelpText('after', '\nExample:\n  TANDEM_DATABASE_URL=postgres://… tandem worker')
    .action(() => runWorker(cli));
}

async function runAll(cli: Cli, sandbox: boolean, worker = true): Promise<void> {
  const config = cli.config();
  const progress = ({ name, state, note, ms }: StartStep) => {
    if (state === 'done') say(cli, `${name.padEnd(9)} ${note} (${(ms / 1000).toFixed(1)} s)`);
  };
  const started = await startAll(config, { progress, worker, sandbox });
  say(cli, `Tandem is ready: ${started.url}`);
  if (started.demo !== null) {
    say(cli, `Sign in with ${started.demo.email} and password ${started.demo.password}.`);
  }
  await cli.stopSignal();
  say(cli, 'Stopping.');
  await started.stop();
}

async function runWorker(cli: Cli): Promise<void> {
  const config = cli.config();
  await withDatabase(config, async (databaseUrl) => {
    await prepareSchema(databaseUrl);
    const core = openCore(config, { databaseUrl });
    try {
      const worker = await startWorker(core);
      say(cli, 'Working on sync jobs.');
      await cli.stopSignal();
      say(cli, 'Stopping after the current jobs.');
      await worker.stop();
    } finally {
      await core.close();
    }
  });
}
