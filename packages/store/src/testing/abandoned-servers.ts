import { readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appLockIsHeld } from '../postgres/app-lock.ts';
import { readServerRecord } from '../postgres/pid-file.ts';
import { postgresProcessesIn } from '../postgres/process-table.ts';
import { stopServer } from '../postgres/server-process.ts';

/** A folder this young may belong to a run that has not taken its lock yet. */
const TOO_YOUNG_MS = 60_000;

/** A test run that was killed leaves its server running. The next run stops it and removes its folder. */
export async function removeAbandonedServers(folder = tmpdir()): Promise<void> {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith('tandem-test-pg-')) continue;
    const home = join(folder, name);
    try {
      if (isAbandoned(home)) await removeServer(home);
    } catch {
      // Another user's, or another run was faster.
    }
  }
}

/** Stops the server of a run that has no time left, without waiting. The next run removes its folder. */
export function abandon(home: string): void {
  const pid = serverIn(home);
  if (pid !== null) process.kill(pid, 'SIGQUIT');
}

function isAbandoned(home: string): boolean {
  const old = Date.now() - statSync(home).mtimeMs > TOO_YOUNG_MS;
  return old && !appLockIsHeld(join(home, 'postgres', 'app.lock'));
}

async function removeServer(home: string): Promise<void> {
  const pid = serverIn(home);
  if (pid !== null) await stopServer(pid);
  rmSync(home, { recursive: true, force: true });
}

/** The number in the record may be anyone's by now; only a process that works in this very folder is meant. */
function serverIn(home: string): number | null {
  const cluster = join(home, 'postgres', '18', 'cluster');
  const record = readServerRecord(cluster);
  return record !== null && postgresProcessesIn(cluster).includes(record.pid) ? record.pid : null;
}
