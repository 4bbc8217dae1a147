import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { checkCluster } from './check-cluster.ts';
import { PostgresLaunchError } from './launch-error.ts';
import { handOver, type RunAs, spawnAs } from './run-as.ts';

/** The one account of the embedded server. */
export const SUPERUSER = 'tandem';

/** A database cluster on disk: PostgreSQL's own folder and, beside it, the password only we know. */
export interface Cluster {
  folder: string;
  password: string;
}

/**
 * Opens the cluster in `home`, making it if need be. It is made under a temporary name and renamed when complete, so a
 * first start that is interrupted leaves nothing that a second one could mistake for a database. The name of `home` is
 * PostgreSQL's major version.
 */
export async function openCluster(
  home: string,
  binaries: Binaries,
  runAs: RunAs,
): Promise<Cluster> {
  removeUnfinished(home);
  if (existsSync(home)) checkCluster(home, clusterFolder(home), basename(home));
  else await makeCluster(home, binaries, runAs);
  return { folder: clusterFolder(home), password: readFileSync(passwordFile(home), 'utf8').trim() };
}

export function clusterFolder(home: string): string {
  return join(home, 'cluster');
}

function passwordFile(home: string): string {
  return join(home, 'password');
}

async function makeCluster(home: string, binaries: Binaries, runAs: RunAs): Promise<void> {
  const draft = mkdtempSync(unfinishedPrefix(home));
  // The server's user must pass through; what lies inside is closed file by file.
  chmodSync(draft, 0o711);
  const folder = clusterFolder(draft);
  mkdirSync(folder, { mode: 0o700 });
  handOver(folder, runAs);
  const password = randomBytes(24).toString('base64url');
  writeFileSync(passwordFile(draft), password, { mode: 0o600 });
  const copyForInitdb = join(draft, 'initdb-password');
  writeFileSync(copyForInitdb, password, { mode: 0o600 });
  handOver(copyForInitdb, runAs);
  await initdb(binaries, runAs, [
    `--pgdata=${folder}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${copyForInitdb}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // C.UTF-8 as PostgreSQL's own provider: the same order and letter case everywhere, whatever the machine has.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ]);
  rmSync(copyForInitdb);
  renameSync(draft, home);
}

function initdb(binaries: Binaries, runAs: RunAs, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawnAs(runAs, binaries.initdb, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...binaries.env },
    });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    const fail = (why: string) =>
      reject(
        new PostgresLaunchError(
          'init_failed',
          `The database could not be created: ${why}\n${output}`,
        ),
      );
    child.once('error', (error) => fail(error.message));
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else
        fail(
          signal === null ? `initdb ended with code ${code}.` : `initdb was stopped by ${signal}.`,
        );
    });
  });
}

function unfinishedPrefix(home: string): string {
  return `${home}.unfinished-`;
}

function removeUnfinished(home: string): void {
  const prefix = basename(unfinishedPrefix(home));
  for (const name of readdirSync(dirname(home)))
    if (name.startsWith(prefix)) removeQuietly(join(dirname(home), name));
}

/** The initdb of a killed app may still be writing there. What cannot be removed now is removed at the next start. */
function removeQuietly(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // It has a name nobody opens.
  }
}
