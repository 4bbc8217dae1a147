import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Two processes that write one journal would each lose what the other wrote. */
export class FolderInUse extends Error {
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
  const holder = holderOf(path);
  if (holder !== null && holder !== process.pid && isAlive(holder)) {
    throw new FolderInUse(holder, path);
  }
  writeFileSync(path, String(process.pid));
  return () => rmSync(path, { force: true });
}

function holderOf(path: string): number | null {
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not ours to signal, but there.
    return (error as { readonly code?: unknown }).code === 'EPERM';
  }
}
