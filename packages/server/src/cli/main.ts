import { TandemProblem } from '@tandem/client';
import { Command, CommanderError } from 'commander';
import { readConfig } from '../config/config.ts';
import type { Environment } from '../config/config-error.ts';
import { addAudit } from './audit.ts';
import { addBackup } from './backup.ts';
import type { Cli } from './cli.ts';
import { addDoctor } from './doctor.ts';
import { addExport } from './export.ts';
import { addHealth } from './health.ts';
import { addHistory } from './history.ts';
import { addMe } from './me.ts';
import { addMigrate } from './migrate.ts';
import { addNotices } from './notices.ts';
import { addReminders } from './reminders.ts';
import { UsedWrongly } from './remote.ts';
import { addRotateKey } from './rotate-key.ts';
import { addServe } from './serve.ts';
import { addSessions } from './sessions.ts';
import { addStatus } from './status.ts';
import { addSync } from './sync.ts';
import { addTasks } from './tasks.ts';
import { addTeam } from './team.ts';
import { addTemplate } from './template.ts';
import { addToken } from './token.ts';
import { addViews } from './views.ts';
import { addWebhooks } from './webhooks.ts';

/** Commands of the `tandem` program. Answers the exit code: 0 done, 1 not done, 2 used wrongly. */
export async function runCommand(
  args: readonly string[],
  env: Environment,
  io: Partial<Pick<Cli, 'out' | 'err' | 'stopSignal'>> = {},
): Promise<number> {
  const cli: Cli = {
    config: () => readConfig(env),
    out: io.out ?? process.stdout,
    err: io.err ?? process.stderr,
    stopSignal: io.stopSignal ?? waitForSignal,
    exitCode: 0,
  };
  const program = buildProgram(cli);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return cli.exitCode;
  } catch (error) {
    // Commander has said what was wrong already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    cli.err.write(`tandem: ${sentenceOf(error)}\n`);
    return error instanceof UsedWrongly ? 2 : 1;
  }
}

/** Every command with its help; nothing is done yet. */
export function buildProgram(cli: Cli): Command {
  const program = new Command('tandem')
    .description('Reminder tasks that stay in step with Salesforce.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => cli.out.write(text),
      writeErr: (text) => cli.err.write(text),
    })
    .showHelpAfterError('Say "tandem help" for what is possible.')
    .addHelpText(
      'after',
      `
Examples:
  tandem start                          everything on this machine, with a sandbox org
  tandem serve                          the server on its own
  tandem doctor                         what works and what does not
  tandem token create --user mara@aldermoor.example
  tandem status                         how far sync is
  tandem tasks add "Call Osterly" --due 2026-11-24
  tandem tasks list --view overdue
  tandem tasks export --out tasks.csv
  tandem sync preview                   what switching on would do
  tandem sync on --wait                 switch on, and watch the first sync
  tandem sync problems                  what waits, why, and whose move it is
  tandem template preview '{{activity_type}}: {{activity_subject}}'
  tandem team invite rep --email bo@aldermoor.example
  tandem backup tandem.backup.gz
  tandem rotate-key                     after a change of TANDEM_SECRET_KEY

Every command explains itself with --help and speaks JSON with --json.
Exit codes: 0 done, 1 not done (the reason is on standard error), 2 used wrongly.

"tasks", "views", "history", "sync", "health", "template", "reminders", "notices", "team", "audit", "me", "sessions",
"webhooks", "token list" and "token revoke" speak with a running Tandem as a program does: with the token in
TANDEM_TOKEN, at TANDEM_URL or, where that is unset, at the one that runs on this data folder.

Settings come from the environment: TANDEM_PORT, TANDEM_SANDBOX_PORT, TANDEM_DATA_DIR,
TANDEM_DATABASE_URL, TANDEM_SECRET_KEY, TANDEM_SECRET_KEY_PREVIOUS, TANDEM_SALESFORCE_CLIENT_ID, _CLIENT_SECRET, _LOGIN_URL,
TANDEM_SMTP_URL, TANDEM_MAIL_FROM, TANDEM_MAILBOX_PORT, TANDEM_PUBLIC_URL,
TANDEM_WEBHOOK_PRIVATE_NETWORKS, TANDEM_METRICS_TOKEN, TANDEM_URL, TANDEM_TOKEN.`,
    );
  for (const add of ADD) add(program, cli);
  for (const command of program.commands) inheritTo(command, program);
  return program;
}

const ADD = [
  addServe,
  addMigrate,
  addDoctor,
  addToken,
  addStatus,
  addTasks,
  addViews,
  addHistory,
  addSync,
  addHealth,
  addTemplate,
  addReminders,
  addNotices,
  addTeam,
  addAudit,
  addMe,
  addSessions,
  addWebhooks,
  addExport,
  addBackup,
  addRotateKey,
];

function inheritTo(command: Command, parent: Command): void {
  command.copyInheritedSettings(parent);
  for (const child of command.commands) inheritTo(child, command);
}

/** Known failures carry their own sentence; of others the first line says most. */
function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof TandemProblem) return refusalOf(error).join('\n  ');
  // The step that failed wraps what the system said.
  if (error.cause instanceof Error && codeOf(error.cause) === 'ECONNREFUSED') {
    return sentenceOf(error.cause);
  }
  const code = codeOf(error);
  if (code === 'ECONNREFUSED') return 'The database does not answer. Is it running?';
  if (code === 'ENOENT' && 'path' in error) return `There is no file ${error.path}.`;
  if (code === 'EEXIST' && 'path' in error) return `The file ${error.path} exists already.`;
  return error.message;
}

/** What the server refused, each bad field, and what to do. */
function refusalOf({ message, errors, next, code }: TandemProblem): string[] {
  const fields = errors.map(({ field, message: wrong }) => `${field}: ${wrong}`);
  // The sentence of the answer repeats the first one.
  const more = fields.filter((line) => !message.startsWith(line));
  const todo =
    code === 'unreachable' ? 'Is it running? TANDEM_URL says where to look for it.' : next;
  // Some sentences are the next step themselves.
  return [...new Set([message, ...more, ...(todo === null ? [] : [todo])])];
}

function codeOf(error: Error): unknown {
  return 'code' in error ? error.code : '';
}

function waitForSignal(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => resolve(signal));
  });
}
