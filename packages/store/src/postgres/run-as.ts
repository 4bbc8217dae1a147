import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { chownSync, lchownSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { PostgresLaunchError } from './launch-error.ts';

/**
 * PostgreSQL refuses to run as root. As an ordinary user nothing is special. As root there are two ways: hand the
 * process to an unprivileged user of this machine, or, where that user cannot reach the files (a project under a closed
 * home), run it in a user namespace in which root looks like that user.
 */
export type RunAs =
  | { kind: 'direct' }
  | { kind: 'user'; name: string; uid: number; gid: number }
  | { kind: 'namespace'; name: string; uid: number; gid: number };

interface Account {
  name: string;
  uid: number;
  gid: number;
}

/** Both exist on every common Linux; `postgres` first because backups and monitors expect it. */
const UNPRIVILEGED = ['postgres', 'nobody'];
/** Printing a version takes milliseconds; the bound only keeps a hanging mount from hanging us. */
const PROBE_MS_MAX = 10_000;

/** @param cluster the data folder, existing or not */
export function chooseRunAs(binaries: Binaries, cluster: string): RunAs {
  const owner = statSync(cluster, { throwIfNoEntry: false })?.uid;
  const self = process.getuid?.();
  if (self === undefined) return { kind: 'direct' };
  if (self !== 0) {
    if (owner !== undefined && owner !== self) throw foreignData(cluster, owner);
    return { kind: 'direct' };
  }
  const tried: string[] = [];
  for (const candidate of candidates(owner)) {
    const obstacle = probe(candidate, binaries, cluster);
    if (obstacle === null) return candidate;
    tried.push(`  - ${wayOf(candidate)}: ${obstacle}`);
  }
  throw new PostgresLaunchError(
    'cannot_run_as_root',
    [
      'PostgreSQL does not run as root, and no way around it works here:',
      ...tried,
      'Start Tandem as an ordinary user, move it to a folder others may enter, or set TANDEM_DATABASE_URL.',
    ].join('\n'),
  );
}

/** Starts a program the chosen way. The working folder is `/`, which everyone may enter. */
export function spawnAs(
  runAs: RunAs,
  file: string,
  args: readonly string[],
  options: SpawnOptions,
): ChildProcess {
  const { command, identity } = commandFor(runAs, file, args);
  return spawn(command[0], command.slice(1), { cwd: '/', ...options, ...identity });
}

/** Gives a path to the user the server runs as. */
export function handOver(path: string, runAs: RunAs): void {
  if (runAs.kind === 'user') chownSync(path, runAs.uid, runAs.gid);
}

/** Data made under another identity (as an ordinary user, in a namespace) is given to the one chosen now. */
export function adoptOwnership(cluster: string, runAs: RunAs): void {
  if (runAs.kind === 'direct') return;
  const uid = runAs.kind === 'user' ? runAs.uid : 0;
  const gid = runAs.kind === 'user' ? runAs.gid : 0;
  if (statSync(cluster).uid !== uid) chownTree(cluster, uid, gid);
}

function chownTree(path: string, uid: number, gid: number): void {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) chownTree(child, uid, gid);
    else lchownSync(child, uid, gid);
  }
  chownSync(path, uid, gid);
}

/** Data that is there already is kept under the identity that made it where possible. */
function candidates(owner: number | undefined): Exclude<RunAs, { kind: 'direct' }>[] {
  const accounts = readAccounts();
  const known = UNPRIVILEGED.flatMap((name) => accounts.filter((one) => one.name === name));
  const owners = owner ? accounts.filter((one) => one.uid === owner) : [];
  const users = [...owners, ...known].map((one) => ({ kind: 'user' as const, ...one }));
  const namespaces = known.map((one) => ({ kind: 'namespace' as const, ...one }));
  return owner === 0 ? [...namespaces, ...users] : [...users, ...namespaces];
}

function probe(runAs: RunAs, binaries: Binaries, cluster: string): string | null {
  if (runAs.kind === 'user') {
    const closed = closedFolderAbove(cluster, runAs.uid);
    if (closed !== null) return `it may not enter ${closed}`;
  }
  const { command, identity } = commandFor(runAs, binaries.postgres, ['--version']);
  const run = spawnSync(command[0], command.slice(1), {
    cwd: '/',
    env: { ...process.env, ...binaries.env },
    encoding: 'utf8',
    timeout: PROBE_MS_MAX,
    ...identity,
  });
  if (run.error !== undefined) return run.error.message;
  return run.status === 0 ? null : run.stderr.trim() || `exit code ${run.status}`;
}

function closedFolderAbove(path: string, uid: number): string | null {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const facts = statSync(folder, { throwIfNoEntry: false });
    if (facts !== undefined) {
      const mayEnter = (facts.mode & (facts.uid === uid ? 0o100 : 0o001)) !== 0;
      if (!mayEnter) return folder;
    }
    if (folder === dirname(folder)) return null;
  }
}

function commandFor(runAs: RunAs, file: string, args: readonly string[]) {
  const plain: [string, ...string[]] = [file, ...args];
  if (runAs.kind === 'direct') return { command: plain, identity: {} };
  if (runAs.kind === 'user')
    return { command: plain, identity: { uid: runAs.uid, gid: runAs.gid } };
  const command: [string, ...string[]] = [
    'unshare',
    '--user',
    `--map-user=${runAs.uid}`,
    `--map-group=${runAs.gid}`,
    '--',
    ...plain,
  ];
  return { command, identity: {} };
}

function wayOf(runAs: Exclude<RunAs, { kind: 'direct' }>): string {
  return runAs.kind === 'user'
    ? `as the user "${runAs.name}"`
    : `in a user namespace as "${runAs.name}" (the unshare program)`;
}

/** An account must have a line in /etc/passwd: PostgreSQL looks its own name up and stops without one. */
function readAccounts(): Account[] {
  try {
    return readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .flatMap(([name, , uid, gid]) =>
        name && uid && gid && uid !== '0' ? [{ name, uid: Number(uid), gid: Number(gid) }] : [],
      );
  } catch {
    return [];
  }
}

function foreignData(cluster: string, owner: number): PostgresLaunchError {
  const name = readAccounts().find((one) => one.uid === owner)?.name ?? `user ${owner}`;
  const whose = owner === 0 ? 'root' : name;
  return new PostgresLaunchError(
    'data_belongs_to_another_user',
    `The database in ${cluster} belongs to ${whose}. It was started as root or by someone else before. Start Tandem the same way, or choose another folder with TANDEM_DATA_DIR.`,
  );
}
