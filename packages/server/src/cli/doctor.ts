import { checkSchema, openDatabase } from '@tandem/store';
import type { Command } from 'commander';
import type { Config } from '../config/config.ts';
import { readRunning, withDatabase } from '../running.ts';
import { type Cli, say, sayJson } from './cli.ts';

/** One thing that was looked at: fine or not, and a sentence that says what to do. */
interface Finding {
  readonly name: 'secret' | 'database' | 'schema' | 'salesforce' | 'server';
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
    ...(await examineDatabase(config)),
    await examineSalesforce(config),
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

async function examineDatabase(config: Config): Promise<readonly Finding[]> {
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
        const schema = await checkSchema(db);
        return [
          reached,
          schema.ok
            ? { name: 'schema', ok: true, sentence: 'The tables are as this release expects.' }
            : {
                name: 'schema',
                ok: false,
                sentence: `The tables differ from this release; run "tandem migrate". First difference: ${schema.differences[0]}.`,
              },
        ];
      } finally {
        await db.close();
      }
    });
  } catch (error) {
    return [{ name: 'database', ok: false, sentence: `The database: ${messageOf(error)}` }];
  }
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
