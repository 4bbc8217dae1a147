import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type LaunchErrorCode, PostgresLaunchError } from './launch-error.ts';

/** What no cluster is without, relative to its folder. The rest PostgreSQL itself looks after. */
const NEEDED = ['PG_VERSION', 'global/pg_control', 'base', 'pg_wal'];

/**
 * Before the server is started: a folder that is there is a database, whole or damaged, and never the place
 * for a new one.
 */
export function checkCluster(home: string, cluster: string, major: string): void {
  const missing = [join(home, 'password'), ...NEEDED.map((name) => join(cluster, name))].find(
    (path) => statSync(path, { throwIfNoEntry: false }) === undefined,
  );
  if (missing !== undefined) throw damaged(home, `${missing} is missing.`);
  const version = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  if (version === major) return;
  if (!/^\d+$/.test(version)) {
    throw damaged(home, `${join(cluster, 'PG_VERSION')} does not hold a version.`);
  }
  throw new PostgresLaunchError(
    'wrong_version',
    `The database in ${home} was made by PostgreSQL ${version}, and this Tandem brings ${major}. Nothing was changed. Start the Tandem that made it and take a backup ("tandem backup"), or name its server with TANDEM_DATABASE_URL.`,
  );
}

export function damaged(home: string, why: string, cause?: unknown): PostgresLaunchError {
  const code: LaunchErrorCode = 'data_damaged';
  return new PostgresLaunchError(
    code,
    [
      `The database in ${home} is damaged: ${why}`,
      'Nothing new was made in its place.',
      `Put the folder back as it was, or move it away and bring a backup in: "tandem restore <backup>".`,
    ].join(' '),
    cause === undefined ? {} : { cause },
  );
}

/** PostgreSQL's last words when files are missing or do not hold what they should. */
const LAST_WORDS =
  /could not (?:open|read|access|locate|find|stat) .*|incorrect checksum .*|invalid (?:checkpoint|primary checkpoint|page|record|magic) .*|.*is not a valid data directory.*|.*invalid data in .*|.*database files are incompatible.*|.*is missing.*|PANIC: .*/i;
/** About what the machine lacks, not about the data. */
const NOT_THE_DATA =
  /shared memory|semaphore|lock file|permission denied|no space left|too many open files|configuration file|time ?zone/i;

/** Of a server that ended at once: the sentence that names damaged files; null: it ended for another cause. */
export function damageIn(log: string): string | null {
  for (const line of log.split('\n')) {
    if (NOT_THE_DATA.test(line)) continue;
    const words = /(?:FATAL|PANIC|postgres): +(.*)/.exec(line)?.[1] ?? '';
    if (LAST_WORDS.test(words) || /PANIC: /.test(line)) return `${words.replace(/\.$/, '')}.`;
  }
  return null;
}

/**
 * What a running server answers where a database's files are gone or spoiled: data_corrupted,
 * index_corrupted, internal_error, undefined_file, and "does not exist" for one that has to.
 */
const OF_DAMAGE = new Set(['XX000', 'XX001', 'XX002', '58P01', '3D000']);

export function isDamage(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && OF_DAMAGE.has(String(error.code));
}
