import type { Command } from 'commander';
import type { Config } from '../config/config.ts';
import { keepKnown } from '../database/keep-known.ts';
import { prepareDatabase } from '../database/prepare-database.ts';
import { startReminders } from '../jobs/reminders.ts';
import { startWorker } from '../jobs/worker.ts';
import { readRunning, withDatabase } from '../running.ts';
import { LOCAL_SENDER, olderSentence, type StartStep, startAll } from '../start.ts';
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
  const { url, sandboxUrl, mailboxUrl, demo, stop } = await startAll(config, {
    progress,
    worker,
    sandbox,
  });
  tell(`Tandem is ready: ${url}`, { ready: true, url, sandboxUrl, mailboxUrl });
  if (!json && demo !== null) {
    say(cli, `Sign in with ${demo.email} and password ${demo.password}.`);
  }
  if (!json && mailboxUrl !== null) say(cli, `Its mail is caught at ${mailboxUrl}`);
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
    const core = openCore(withLocalMail(config), { databaseUrl }, () => urlBeside(config));
    const stopKeeping = keepKnown(databaseUrl, config, core.log);
    try {
      await core.followTime();
      const worker = await startWorker(core);
      const stopReminders = startReminders(core);
      tell('Working on sync jobs. Ctrl-C stops after the current ones.', { ready: true });
      await cli.stopSignal();
      tell('Stopping after the current jobs.', { stopping: true });
      await stopReminders();
      await worker.stop();
    } finally {
      await stopKeeping();
      await core.close();
    }
  });
}

/** Beside a Tandem of this machine a worker sends to the same mailbox, and links lead to the same pages. */
function withLocalMail(config: Config): Config {
  const smtpUrl = config.mail === null ? (readRunning(config.dataDir)?.smtpUrl ?? null) : null;
  return smtpUrl === null ? config : { ...config, mail: { smtpUrl, from: LOCAL_SENDER } };
}

function urlBeside({ dataDir, port }: Config): string {
  return readRunning(dataDir)?.url ?? `http://127.0.0.1:${port}`;
}

function teller(cli: Cli, json: boolean) {
  return (line: string, value: object) => (json ? sayJson(cli, value) : say(cli, line));
}
