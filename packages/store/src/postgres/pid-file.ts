import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning, postgresProcessesIn, processFacts } from './process-table.ts';
import { until } from './until.ts';

/** What a server writes into its data folder about itself (postmaster.pid; lines 1 and 4). */
export interface ServerRecord {
  pid: number;
  port: number;
}

/** Children notice that their server is gone within milliseconds, unless they hang in the disk. */
const ORPHANS_LEAVE_MS_MAX = 2_000;
/** After SIGKILL only the kernel has work left to do. */
const KILLED_LEAVE_MS_MAX = 5_000;

/**
 * The server that is running on this folder, or null. A record whose process is dead, a zombie, or another program is
 * removed: PostgreSQL itself only asks whether the number exists, and would refuse to start.
 */
export async function runningServer(cluster: string): Promise<ServerRecord | null> {
  const record = readServerRecord(cluster);
  if (record === null) return null;
  if (isPostgres(record.pid)) return record;
  await removeOrphans(cluster);
  rmSync(pidFile(cluster), { force: true });
  return null;
}

export function readServerRecord(cluster: string): ServerRecord | null {
  try {
    const lines = readFileSync(pidFile(cluster), 'utf8').split('\n');
    const pid = Number(lines[0]);
    return Number.isInteger(pid) && pid > 0 ? { pid, port: Number(lines[3]) || 0 } : null;
  } catch {
    return null;
  }
}

/**
 * Children of a killed server hold its shared memory, and a new server may not start beside them. They can do nothing
 * useful any more: what was acknowledged is in the write-ahead log. They get a moment, then they are stopped.
 */
export async function removeOrphans(cluster: string): Promise<void> {
  const gone = () => postgresProcessesIn(cluster).length === 0;
  if (await until(gone, ORPHANS_LEAVE_MS_MAX)) return;
  for (const pid of postgresProcessesIn(cluster)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Left on its own in between.
    }
  }
  await until(gone, KILLED_LEAVE_MS_MAX);
}

function isPostgres(pid: number): boolean {
  const facts = processFacts(pid);
  if (facts === null || facts.defunct) return false;
  // Where the system does not tell the name, a live number has to do; the SQL check decides whether it is ours.
  return facts.command === '' ? isRunning(pid) : facts.command === 'postgres';
}

function pidFile(cluster: string): string {
  return join(cluster, 'postmaster.pid');
}
