import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';

/**
 * What the operating system knows about a process. On Linux everything comes from /proc; elsewhere `ps` tells the
 * start time and signals tell whether it lives.
 */
export interface ProcessFacts {
  pid: number;
  command: string;
  /** A zombie: dead, but its parent has not collected it. `kill(pid, 0)` still succeeds on it. */
  defunct: boolean;
  /** Tells one process from a later one with the same number. Opaque; empty where the system does not say. */
  startedAt: string;
}

export function processFacts(pid: number): ProcessFacts | null {
  if (process.platform === 'linux') return factsFromProc(pid);
  if (!answersSignal(pid)) return null;
  return { pid, command: '', defunct: false, startedAt: startTimeFromPs(pid) };
}

export function isRunning(pid: number): boolean {
  const facts = processFacts(pid);
  return facts !== null && !facts.defunct;
}

/** Live postgres processes that work inside `folder`: a server and all its children have it as their current folder. */
export function postgresProcessesIn(folder: string): number[] {
  if (process.platform !== 'linux') return [];
  const home = realpathSync(folder);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      const facts = factsFromProc(pid);
      return facts?.command === 'postgres' && !facts.defunct && currentFolder(pid) === home;
    });
}

function factsFromProc(pid: number): ProcessFacts | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // "pid (command) state …": the command may hold spaces and brackets, so count from the last one.
    const close = stat.lastIndexOf(')');
    const fields = stat.slice(close + 2).split(' ');
    return {
      pid,
      command: stat.slice(stat.indexOf('(') + 1, close),
      defunct: fields[0] === 'Z' || fields[0] === 'X',
      startedAt: fields[19] ?? '',
    };
  } catch {
    return null;
  }
}

function currentFolder(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
}

function answersSignal(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function startTimeFromPs(pid: number): string {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}
