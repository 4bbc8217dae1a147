import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { takeAppLock } from './app-lock.ts';
import { findBinaries } from './binaries.ts';
import { damaged, damageIn, isDamage } from './check-cluster.ts';
import { type Cluster, clusterFolder, openCluster } from './cluster.ts';
import { freePort, tryPort } from './free-port.ts';
import { PostgresLaunchError } from './launch-error.ts';
import { removeOrphans, runningServer } from './pid-file.ts';
import { isRunning } from './process-table.ts';
import { adoptOwnership, chooseRunAs } from './run-as.ts';
import {
  ask,
  becomesReady,
  type StartOrder,
  serverUrl,
  startServer,
  stopServer,
} from './server-process.ts';
import { until } from './until.ts';

export interface LaunchOptions {
  /** The app's data folder. The database lives in `postgres/` below it. */
  dataDir: string;
  /** A fixed port; without it a free one is chosen once and kept. */
  port?: number;
  /** Progress for people, one sentence a call. */
  log?: (line: string) => void;
  /** Server settings on top of ours, such as `fsync=off` for tests. */
  settings?: Record<string, string>;
}

export interface LaunchedPostgres {
  url: string;
  /** True when the server was already running: it outlived an app that was killed. */
  adopted: boolean;
  stop(): Promise<void>;
}

/** The folder name carries the major version, because a newer server cannot read an older one's files. */
const HOME = '18';
const DATABASE = 'tandem';
/** It copies some megabytes and writes a checkpoint; nobody asks a second time. */
const CREATE_MS_MAX = 60_000;
/** Each further attempt answers one known obstacle: a port lost to someone else, memory of a dying server. */
const START_ATTEMPTS_MAX = 5;
/** The log is cut at start only: an embedded server writes a few lines a day. */
const LOG_BYTES_MAX = 10_000_000;
/** How soon a killed server is noticed. The app's own retries cover a second or two. */
const WATCH_EVERY_MS = 500;
/** A server that dies this often has a cause a restart does not cure. */
const RESTARTS_MAX = 5;
/** A server that is shutting down while we arrive needs one checkpoint. */
const LEAVES_MS_MAX = 30_000;

/** Starts PostgreSQL in the data folder, or takes over the one a killed app left running there. */
export async function launchPostgres(options: LaunchOptions): Promise<LaunchedPostgres> {
  const log = options.log ?? (() => {});
  const folder = prepareFolder(resolve(options.dataDir));
  const lock = takeAppLock(join(folder, 'app.lock'));
  try {
    const home = join(folder, HOME);
    const binaries = findBinaries(join(folder, 'lib'));
    const runAs = chooseRunAs(binaries, clusterFolder(home));
    if (!existsSync(home)) log('Creating the database');
    const cluster = await openCluster(home, binaries, runAs);
    const logFile = join(folder, 'server.log');
    const found = await adopt(cluster);
    if (found === null) {
      adoptOwnership(cluster.folder, runAs);
      shorten(logFile);
    }
    const order = { binaries, runAs, cluster, logFile, settings: options.settings ?? {} };
    const server = found ?? (await start(order, join(folder, 'port'), options.port));
    if (found !== null) log('PostgreSQL was still running; taking it over');
    await openDatabase(cluster, server);
    const watch = watchOver(server, order, log);
    return {
      url: serverUrl(cluster, server.port, DATABASE),
      adopted: found !== null,
      async stop() {
        await watch.end();
        await stopServer(server.pid);
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

interface Server {
  pid: number;
  port: number;
}

type Order = Omit<StartOrder, 'port'>;

/** The server already running on these files, once it is proven to be ours; null when there is none. */
async function adopt(cluster: Cluster): Promise<Server | null> {
  const record = await runningServer(cluster.folder);
  if (record === null) return null;
  if (record.port > 0 && (await becomesReady(cluster, record.pid, record.port))) {
    const [row] = await ask<{ data_directory: string }>(
      cluster,
      record.port,
      'show data_directory',
    );
    if (row !== undefined && samePlace(row.data_directory, cluster.folder)) return record;
    throw new PostgresLaunchError(
      'not_our_server',
      `A PostgreSQL server (process ${record.pid}) holds ${cluster.folder} but works on ${row?.data_directory}. Was the folder moved while it ran? Stop that process and start again.`,
    );
  }
  // It was on its way down, or hangs. Wait for the first, do not guess about the second.
  if (await until(() => !isRunning(record.pid), LEAVES_MS_MAX)) return adopt(cluster);
  throw new PostgresLaunchError(
    'start_failed',
    `A PostgreSQL server (process ${record.pid}) holds ${cluster.folder} and does not answer. Stop that process and start again.`,
  );
}

async function start(order: Order, portFile: string, fixedPort?: number): Promise<Server> {
  const { cluster, logFile } = order;
  let lastLog = '';
  for (let attempt = 0; attempt < START_ATTEMPTS_MAX; attempt++) {
    const port = await choosePort(fixedPort, attempt === 0 ? readPort(portFile) : null);
    const result = await startServer({ ...order, port });
    if (result.kind === 'ready') {
      if (fixedPort === undefined) writeFileSync(portFile, String(port));
      return { pid: result.pid, port };
    }
    lastLog = result.log;
    if (/shared memory block|lock file "postmaster.pid" already exists/.test(lastLog))
      await removeOrphans(cluster.folder);
    else if (!/could not bind|could not create any TCP\/IP sockets/.test(lastLog)) break;
  }
  const damage = damageIn(lastLog);
  if (damage !== null)
    throw damaged(dirname(cluster.folder), `${damage} The whole log: ${logFile}`);
  throw new PostgresLaunchError(
    'start_failed',
    `PostgreSQL did not start. Its last words:\n${lastLog.trim().split('\n').slice(-8).join('\n')}\nThe whole log: ${logFile}`,
  );
}

/** Starts a server that was killed under us again, on the same port, so that open pools find it. */
function watchOver(server: Server, order: Order, log: (line: string) => void) {
  let restarts = 0;
  let busy: Promise<void> | null = null;
  const timer = setInterval(() => {
    if (busy !== null || isRunning(server.pid)) return;
    if (restarts++ >= RESTARTS_MAX) {
      clearInterval(timer);
      log(
        `PostgreSQL stopped ${restarts} times; it is not started again. Its log: ${order.logFile}`,
      );
      return;
    }
    log('PostgreSQL stopped unexpectedly; starting it again');
    busy = restart(server, order)
      .catch((error: unknown) => log(error instanceof Error ? error.message : String(error)))
      .finally(() => {
        busy = null;
      });
  }, WATCH_EVERY_MS);
  timer.unref();
  return {
    async end() {
      clearInterval(timer);
      await busy;
    },
  };
}

async function restart(server: Server, order: Order): Promise<void> {
  await runningServer(order.cluster.folder);
  const result = await startServer({ ...order, port: server.port });
  if (result.kind === 'ready') server.pid = result.pid;
}

async function choosePort(fixed: number | undefined, remembered: number | null): Promise<number> {
  if (fixed === undefined) return freePort(remembered);
  if ((await tryPort(fixed)) !== null) return fixed;
  throw new PostgresLaunchError(
    'port_in_use',
    `Port ${fixed} for PostgreSQL is taken by another program.`,
  );
}

/** Ours is there and opens; else the server is stopped again, for whoever repairs the files. */
async function openDatabase(cluster: Cluster, server: Server): Promise<void> {
  try {
    await ensureDatabase(cluster, server.port);
    await ask(cluster, server.port, 'select 1', { database: DATABASE });
  } catch (error) {
    await stopServer(server.pid);
    throw isDamage(error) ? damaged(dirname(cluster.folder), `${error.message}.`, error) : error;
  }
}

/** A first start may be killed between making the cluster and making the database. */
async function ensureDatabase(cluster: Cluster, port: number): Promise<void> {
  const found = await ask(cluster, port, `select 1 from pg_database where datname = '${DATABASE}'`);
  if (found.length > 0) return;
  await ask(cluster, port, `create database ${DATABASE}`, { answerMsMax: CREATE_MS_MAX });
}

function prepareFolder(dataDir: string): string {
  const folder = join(dataDir, 'postgres');
  mkdirSync(folder, { recursive: true });
  // As root, the server runs as another user who has to pass through. What lies inside is closed file by file.
  if (process.getuid?.() === 0) for (const one of [dataDir, folder]) openForPassage(one);
  return folder;
}

function openForPassage(folder: string): void {
  const { mode, uid } = statSync(folder);
  if (uid === 0) chmodSync(folder, (mode & 0o7777) | 0o011);
}

function shorten(logFile: string): void {
  if ((statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > LOG_BYTES_MAX) rmSync(logFile);
}

function readPort(file: string): number | null {
  try {
    return Number(readFileSync(file, 'utf8')) || null;
  } catch {
    return null;
  }
}

function samePlace(a: string, b: string): boolean {
  try {
    return realpathSync(a) === realpathSync(b);
  } catch {
    return false;
  }
}
