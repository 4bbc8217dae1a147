import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import pg from 'pg';
import type { Binaries } from './binaries.ts';
import { damaged, isDamage } from './check-cluster.ts';
import { type Cluster, SUPERUSER } from './cluster.ts';
import { PostgresLaunchError } from './launch-error.ts';
import { isRunning } from './process-table.ts';
import { type RunAs, spawnAs } from './run-as.ts';
import { until } from './until.ts';

/** Recovery after a crash replays at most one checkpoint's log: seconds. A minute leaves room for a slow disk. */
const READY_MS_MAX = 60_000;
/** One answer from a server on this machine; longer means that it hangs, and we ask again. */
const ANSWER_MS_MAX = 5_000;
/** A fast stop writes one checkpoint. After that the server is told to drop everything; its log makes that safe. */
const FAST_STOP_MS_MAX = 10_000;
const IMMEDIATE_STOP_MS_MAX = 5_000;

export interface StartOrder {
  binaries: Binaries;
  runAs: RunAs;
  cluster: Cluster;
  port: number;
  logFile: string;
  settings: Record<string, string>;
}

export type StartResult = { kind: 'ready'; pid: number } | { kind: 'ended'; log: string };

/** Starts a server and waits until it answers. It lives on without us, in its own process group. */
export async function startServer(order: StartOrder): Promise<StartResult> {
  const { binaries, runAs, cluster, port, logFile } = order;
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...order.settings,
  };
  const args = ['-D', cluster.folder, '-p', String(port)];
  for (const [name, value] of Object.entries(settings)) args.push('-c', `${name}=${value}`);
  const logStart = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  const log = openSync(logFile, 'a', 0o600);
  // Its own process group: Ctrl-C reaches only the app, which then stops things in their order.
  const child = spawnAs(runAs, binaries.postgres, args, {
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...process.env, ...binaries.env },
  });
  closeSync(log);
  child.unref();
  let ended: string | null = null;
  child.once('error', (error) => (ended = error.message));
  child.once('exit', () => {
    ended ??= readSince(logFile, logStart);
  });
  const answered = await until(
    async () => ended !== null || (await answers(cluster, port)),
    READY_MS_MAX,
  ).catch(async (error: unknown) => {
    // It runs and will never let us in: it is not left behind.
    await stopServer(child.pid ?? 0);
    throw error;
  });
  if (ended !== null) return { kind: 'ended', log: ended };
  const pid = child.pid ?? 0;
  if (answered) return { kind: 'ready', pid };
  await stopServer(pid);
  throw new PostgresLaunchError(
    'start_failed',
    `PostgreSQL started but did not answer within ${READY_MS_MAX / 1000} seconds. Its log: ${logFile}`,
  );
}

/** True when a server that is already up accepts us; false when it goes away or stays silent. */
export function becomesReady(cluster: Cluster, pid: number, port: number): Promise<boolean> {
  return until(async () => !isRunning(pid) || (await answers(cluster, port)), READY_MS_MAX).then(
    (settled) => settled && isRunning(pid),
  );
}

/** SIGINT lets it write a checkpoint; SIGQUIT drops everything at once and leaves recovery to the next start. */
export async function stopServer(pid: number): Promise<void> {
  const gone = () => !isRunning(pid);
  signal(pid, 'SIGINT');
  if (await until(gone, FAST_STOP_MS_MAX)) return;
  signal(pid, 'SIGQUIT');
  if (await until(gone, IMMEDIATE_STOP_MS_MAX)) return;
  signal(pid, 'SIGKILL');
  await until(gone, IMMEDIATE_STOP_MS_MAX);
}

export function serverUrl(cluster: Cluster, port: number, database: string): string {
  return `postgresql://${SUPERUSER}:${cluster.password}@127.0.0.1:${port}/${database}`;
}

/** Runs one statement, on the maintenance database and with an answer at once unless said otherwise. */
export async function ask<Row extends pg.QueryResultRow>(
  cluster: Cluster,
  port: number,
  sql: string,
  { database = 'postgres', answerMsMax = ANSWER_MS_MAX } = {},
): Promise<Row[]> {
  const client = new pg.Client({
    connectionString: serverUrl(cluster, port, database),
    connectionTimeoutMillis: ANSWER_MS_MAX,
    query_timeout: answerMsMax,
    application_name: 'tandem launcher',
  });
  // A server that is killed while we ask ends the connection; the query's own rejection tells us.
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end().catch(() => {});
  }
}

async function answers(cluster: Cluster, port: number): Promise<boolean> {
  try {
    await ask(cluster, port, 'select 1');
    return true;
  } catch (error) {
    if (isDamage(error)) throw damaged(dirname(cluster.folder), `${error.message}.`, error);
    if ((error as { code?: string }).code !== '28P01') return false;
    throw new PostgresLaunchError(
      'wrong_password',
      `The server on port ${port} refuses the password kept beside ${cluster.folder}. It is probably not ours. Stop that server, or choose another TANDEM_DATA_DIR.`,
      { cause: error },
    );
  }
}

function readSince(file: string, start: number): string {
  try {
    return readFileSync(file).subarray(start).toString('utf8');
  } catch {
    return 'The log cannot be read.';
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Already gone.
  }
}
