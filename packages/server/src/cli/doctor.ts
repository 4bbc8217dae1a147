import { type Database, examineDatabase, openDatabase } from '@tandem/store';
import type { Command } from 'commander';
import type { Config } from '../config/config.ts';
import { corruptionOf, faultOf, strangerOf } from '../database/database-refused.ts';
import { placeOf, readKnown } from '../database/known-database.ts';
import { createMailer } from '../mail/mailer.ts';
import { readRunning, withDatabase } from '../running.ts';
import { type Cli, say, sayJson } from './cli.ts';

/** One thing that was looked at: fine or not, and a sentence that says what to do. */
interface Finding {
  readonly name:
    | 'secret'
    | 'database'
    | 'schema'
    | 'identity'
    | 'files'
    | 'salesforce'
    | 'mail'
    | 'server';
  readonly ok: boolean;
  readonly sentence: string;
}

/** Somebody waits in front of the screen. */
const REACH_MS_MAX = 5_000;

export function addDoctor(program: Command, cli: Cli): void {
  program
    .command('doctor')
    .description('Look at everything Tandem needs, and say what to do where something is missing.')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nIt answers 1 where something is missing.\n\nExamples:\n  tandem doctor\n  tandem doctor --json',
    )
    .action(async (options: { json?: boolean }) => {
      const findings = await examine(cli.config());
      if (options.json) sayJson(cli, { findings });
      else
        for (const { ok, sentence } of findings) say(cli, `${ok ? ' ok ' : 'FAIL'}  ${sentence}`);
      if (findings.some(({ ok }) => !ok)) cli.exitCode = 1;
    });
}

async function examine(config: Config): Promise<readonly Finding[]> {
  return [
    examineSecret(config),
    ...(await examinePostgres(config)),
    await examineSalesforce(config),
    await examineMail(config),
    await examineServer(config),
  ];
}

function examineSecret(config: Config): Finding {
  try {
    config.secretKey();
    return { name: 'secret', ok: true, sentence: 'The secret key is there.' };
  } catch (error) {
    return { name: 'secret', ok: false, sentence: messageOf(error) };
  }
}

async function examinePostgres(config: Config): Promise<readonly Finding[]> {
  try {
    return await withDatabase(config, async (databaseUrl) => {
      const db = openDatabase(databaseUrl, { poolMax: 1 });
      try {
        const { rows } = await db.pool.query<{ version: string }>(
          "select current_setting('server_version') as version",
        );
        const version = rows[0]?.version ?? 'unknown';
        const reached: Finding = {
          name: 'database',
          ok: true,
          sentence: `PostgreSQL ${version} answers.`,
        };
        return [reached, await examineFiles(db), ...(await examineContent(db, config))];
      } finally {
        await db.close();
      }
    });
  } catch (error) {
    const corrupted = corruptionOf(error);
    if (corrupted !== null) return [{ name: 'files', ok: false, sentence: corrupted.message }];
    return [{ name: 'database', ok: false, sentence: `The database: ${messageOf(error)}` }];
  }
}

/** PostgreSQL checks every page it reads, and counts those that are not as they were written. */
async function examineFiles(db: Database): Promise<Finding> {
  const { rows } = await db.pool.query<{ failures: number | null }>(
    'select checksum_failures as failures from pg_stat_database where datname = current_database()',
  );
  const failures = rows[0]?.failures ?? 0;
  if (failures === 0) return { name: 'files', ok: true, sentence: 'No damaged page was met.' };
  return {
    name: 'files',
    ok: false,
    sentence: `PostgreSQL met ${failures} damaged pages in its files. Look after the disk, and put a backup into an empty database with "tandem restore".`,
  };
}

/** Enough to mend by hand; whoever has more differences restores. */
const DIFFERENCES_MAX = 20;

/** The tables, and whether this is the database that is remembered, at least as far as it was. */
async function examineContent(db: Database, config: Config): Promise<readonly Finding[]> {
  const found = await examineDatabase(db);
  const fault = faultOf(found, DIFFERENCES_MAX);
  if (fault !== null) return [{ name: 'schema', ok: false, sentence: fault.message }];
  const schema: Finding =
    found.kind === 'current'
      ? { name: 'schema', ok: true, sentence: 'The tables are as this release expects.' }
      : {
          name: 'schema',
          ok: false,
          sentence: `The database is ${found.kind === 'empty' ? 'empty' : 'of an older release'}; run "tandem migrate".`,
        };
  const known = readKnown(config.dataDir);
  const stranger = strangerOf(found, known, placeOf(config.databaseUrl, config.dataDir));
  if (stranger !== null) return [{ name: 'identity', ok: false, sentence: stranger.message }];
  if (found.kind !== 'current' || known === null) return [schema];
  const { mark, restoredAt } = found.identity;
  const sentence =
    mark < known.mark
      ? `The database is older than when it was last seen (${known.seenAt}): a backup was put back. The next start compares every account with Salesforce before anything is written or deleted.`
      : `It is the database this installation knows${restoredAt === null ? '' : `; a backup came in at ${restoredAt}`}.`;
  return [schema, { name: 'identity', ok: mark >= known.mark, sentence }];
}

async function examineSalesforce(config: Config): Promise<Finding> {
  const { loginUrl } = config.salesforce;
  try {
    const response = await fetch(`${loginUrl}/services/data`, {
      signal: AbortSignal.timeout(REACH_MS_MAX),
      redirect: 'manual',
    });
    const ok = response.status < 500;
    const sentence = ok
      ? `Salesforce answers at ${loginUrl}.`
      : `Salesforce at ${loginUrl} answers with status ${response.status}; try again later.`;
    return { name: 'salesforce', ok, sentence };
  } catch {
    return {
      name: 'salesforce',
      ok: false,
      sentence: `Nothing answers at ${loginUrl}; start the sandbox with "tandem start" or set TANDEM_SALESFORCE_LOGIN_URL.`,
    };
  }
}

async function examineMail({ mail }: Config): Promise<Finding> {
  if (mail === null) {
    const sentence =
      'No mail server is set (TANDEM_SMTP_URL); reminders are shown in the browser only.';
    return { name: 'mail', ok: true, sentence };
  }
  const mailer = createMailer(mail);
  try {
    const fault = await mailer.verify();
    const sentence =
      fault === null
        ? 'The mail server answers and lets Tandem in.'
        : `The mail server of TANDEM_SMTP_URL does not take mail (${fault}).`;
    return { name: 'mail', ok: fault === null, sentence };
  } finally {
    mailer.close();
  }
}

async function examineServer(config: Config): Promise<Finding> {
  const running = readRunning(config.dataDir);
  const url = running?.url ?? `http://127.0.0.1:${config.port}`;
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(REACH_MS_MAX) });
    return response.ok
      ? { name: 'server', ok: true, sentence: `The server is ready at ${url}.` }
      : { name: 'server', ok: false, sentence: `The server at ${url} is not ready.` };
  } catch {
    // Not a fault: doctor is also asked before the first start.
    return { name: 'server', ok: true, sentence: 'No server runs at the moment.' };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
