import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Two processes that write one journal would each lose what the other wrote. */
class FolderInUse extends Error {
  readonly code = 'SANDBOX_FOLDER_IN_USE';

  constructor(holder: number, path: string) {
    super(
      `Another sandbox (process ${holder}) is using this data folder. Stop it first; if there is none, delete ${path}.`,
    );
    this.name = 'FolderInUse';
  }
}

/** Take the folder for this process; a lock left by a process that is gone is taken over. */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'org.lock');
  const holder = readHolder(path);
  if (holder !== null && holder.pid !== process.pid && isAlive(holder)) {
    throw new FolderInUse(holder.pid, path);
  }
  writeFileSync(path, JSON.stringify({ pid: process.pid, began: beganAt(process.pid) }));
  return () => rmSync(path, { force: true });
}

interface Holder {
  readonly pid: number;
  /** When the process began, where the system tells: process numbers are used again. */
  readonly began: string | null;
}

function readHolder(path: string): Holder | null {
  try {
    const holder = JSON.parse(readFileSync(path, 'utf8')) as Holder;
    return Number.isInteger(holder.pid) && holder.pid > 0 ? holder : null;
  } catch {
    return null;
  }
}

function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    // Not ours to signal, but there.
    if ((error as { readonly code?: unknown }).code !== 'EPERM') return false;
  }
  const began = beganAt(holder.pid);
  return began === null || holder.began === null || began === holder.began;
}

/** Linux: the start time in `/proc/<pid>/stat`, the 20th word after the name in brackets. */
function beganAt(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
