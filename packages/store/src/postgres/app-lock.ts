import {
  linkSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { PostgresLaunchError } from './launch-error.ts';
import { processFacts } from './process-table.ts';

/**
 * One live app per data folder. The lock names a process by number *and* start time, so a number that was given to
 * someone else is not mistaken for the app that died. A lock written in another container or before a reboot cannot be
 * judged by number: it counts as alive while it is being touched.
 */
export interface AppLock {
  release(): void;
}

interface Holder {
  pid: number;
  startedAt: string;
  /** Boot and process-number space the pid was seen in. */
  space: string;
}

/** Often enough that a live lock of another container is never taken for a dead one. */
const TOUCH_EVERY_MS = 5_000;
/** Four missed touches: a machine so busy that it misses them all is not one to share a data folder with. */
const UNTOUCHED_IS_DEAD_MS = 20_000;
/** Each round loses only to another starter that made progress; five rounds outlast any sane number of starters. */
const TAKE_ATTEMPTS_MAX = 5;

export function takeAppLock(path: string): AppLock {
  const own = JSON.stringify(thisProcess());
  const draft = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  writeFileSync(draft, own, { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < TAKE_ATTEMPTS_MAX; attempt++) {
      if (linkIfFree(draft, path)) return keep(path, own);
      const found = readText(path);
      if (found === null) continue;
      const holder = parseHolder(found);
      if (holder !== null && isAlive(holder, path)) throw inUse(path, holder);
      bury(path, found, `${draft}.stale`);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  throw new PostgresLaunchError(
    'data_in_use',
    `Several programs are starting on the same data folder at once (lock ${path}). Start one of them again.`,
  );
}

/** Whether a live app holds the lock. */
export function appLockIsHeld(path: string): boolean {
  const holder = parseHolder(readText(path) ?? '');
  return holder !== null && isAlive(holder, path);
}

function keep(path: string, own: string): AppLock {
  const touch = setInterval(() => {
    const now = new Date();
    try {
      utimesSync(path, now, now);
    } catch {
      // The folder was removed under us; the database will say so more clearly than a lock can.
    }
  }, TOUCH_EVERY_MS);
  touch.unref();
  return {
    release() {
      clearInterval(touch);
      if (readText(path) === own) rmSync(path, { force: true });
    },
  };
}

/** Moves a dead lock away. If another starter replaced it between our look and our move, his lock is put back. */
function bury(path: string, judged: string, grave: string): void {
  try {
    renameSync(path, grave);
  } catch {
    return;
  }
  if (readText(grave) !== judged) linkIfFree(grave, path);
  rmSync(grave, { force: true });
}

function isAlive(holder: Holder, path: string): boolean {
  if (holder.space !== processSpace()) {
    const touched = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    return Date.now() - touched < UNTOUCHED_IS_DEAD_MS;
  }
  const facts = processFacts(holder.pid);
  return facts !== null && !facts.defunct && facts.startedAt === holder.startedAt;
}

function inUse(path: string, holder: Holder): PostgresLaunchError {
  const where =
    holder.space === processSpace()
      ? `process ${holder.pid}`
      : 'a program in another container or on another machine';
  return new PostgresLaunchError(
    'data_in_use',
    `This data folder is in use by ${where}. Stop it, or give this one its own folder with TANDEM_DATA_DIR. (Lock: ${path})`,
  );
}

function thisProcess(): Holder {
  return {
    pid: process.pid,
    startedAt: processFacts(process.pid)?.startedAt ?? '',
    space: processSpace(),
  };
}

function processSpace(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return process.platform;
  }
}

function linkIfFree(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function parseHolder(text: string): Holder | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return null;
    const { pid, startedAt, space } = value as Partial<Holder>;
    if (typeof pid !== 'number' || typeof startedAt !== 'string' || typeof space !== 'string')
      return null;
    return { pid, startedAt, space };
  } catch {
    return null;
  }
}
