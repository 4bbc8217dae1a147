import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { lockFolder } from './folder-lock.ts';
import type { OrgSnapshot } from './org.ts';

/** Keeps what the org was told. One line is one transaction: it is there whole or not at all. */
export interface Disk {
  read(): { readonly snapshot: OrgSnapshot | null; readonly lines: readonly unknown[] };
  append(line: unknown): void;
  /** Start over from this snapshot; earlier lines are no longer needed. */
  compact(snapshot: OrgSnapshot): void;
  /** The journal has grown enough to be worth a new snapshot. */
  isLong(): boolean;
  flush(): void;
  close(): void;
}

/**
 * A journal is worth a new snapshot when it is longer than 16 MB (about a second of replay) and than the
 * snapshot before it, so that a large org does not write itself out again and again.
 */
const LONG_JOURNAL_BYTES = 16 * 1024 * 1024;
/** How much a loss of power may cost; a killed process loses nothing, for lines are written before the reply. */
const SYNC_EVERY_MS = 1000;

const SNAPSHOT = /^org\.(\d+)\.json$/;

export function memoryDisk(): Disk {
  return {
    read: () => ({ snapshot: null, lines: [] }),
    append: () => {},
    compact: () => {},
    isLong: () => false,
    flush: () => {},
    close: () => {},
  };
}

/**
 * `org.<n>.json` is a whole org, `journal.<n>.jsonl` what came after it. A snapshot gets its name only
 * when it is complete, so the highest number is always one to start from.
 */
export function fileDisk(folder: string): Disk {
  mkdirSync(folder, { recursive: true });
  const unlock = lockFolder(folder);
  let generation = latestGeneration(folder);
  let file: number | null = null;
  let bytes = 0;
  let snapshotBytes = 0;
  let unsynced = false;
  const journal = () => join(folder, `journal.${generation}.jsonl`);
  const open = () => {
    file ??= openSync(journal(), 'a');
    return file;
  };
  const flush = () => {
    if (!unsynced || file === null) return;
    fsyncSync(file);
    unsynced = false;
  };
  const timer = setInterval(flush, SYNC_EVERY_MS);
  timer.unref();
  return {
    read() {
      const path = join(folder, `org.${generation}.json`);
      const text = existsSync(path) ? readFileSync(path, 'utf8') : null;
      const snapshot = text === null ? null : (JSON.parse(text) as OrgSnapshot);
      snapshotBytes = text?.length ?? 0;
      const whole = readLines(journal());
      bytes = whole.bytes;
      return { snapshot, lines: whole.lines };
    },
    append(line) {
      const text = Buffer.from(`${JSON.stringify(line)}\n`);
      writeAll(open(), text);
      bytes += text.length;
      unsynced = true;
    },
    compact(snapshot) {
      const next = generation + 1;
      const path = join(folder, `org.${next}.json`);
      const text = JSON.stringify(snapshot);
      snapshotBytes = text.length;
      writeDurably(`${path}.part`, text);
      renameSync(`${path}.part`, path);
      syncFolder(folder);
      if (file !== null) closeSync(file);
      file = null;
      generation = next;
      bytes = 0;
      unsynced = false;
      removeOlder(folder, generation);
    },
    isLong: () => bytes > Math.max(LONG_JOURNAL_BYTES, snapshotBytes),
    flush,
    close() {
      clearInterval(timer);
      flush();
      if (file !== null) closeSync(file);
      file = null;
      unlock();
    },
  };
}

/** Whole lines only; what a crash left of a last one is cut off the file, so that appending goes on cleanly. */
function readLines(path: string): { lines: readonly unknown[]; bytes: number } {
  if (!existsSync(path)) return { lines: [], bytes: 0 };
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf(0x0a) + 1;
  const lines: unknown[] = [];
  for (const line of bytes.subarray(0, end).toString('utf8').split('\n')) {
    if (line !== '') lines.push(JSON.parse(line));
  }
  if (end < bytes.length) writeDurably(path, bytes.subarray(0, end));
  return { lines, bytes: end };
}

function writeAll(file: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
}

function writeDurably(path: string, content: string | Uint8Array): void {
  const file = openSync(path, 'w');
  try {
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** The new name is on disk before the old files go. Not every system can sync a folder. */
function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch {
    // Windows opens no folders; there the order of the writes is all there is.
  }
}

function latestGeneration(folder: string): number {
  const found = readdirSync(folder).map((name) => Number(SNAPSHOT.exec(name)?.[1] ?? 0));
  return Math.max(0, ...found);
}

function removeOlder(folder: string, generation: number): void {
  for (const name of readdirSync(folder)) {
    const number = /^(?:org|journal)\.(\d+)\.jsonl?$/.exec(name)?.[1];
    if (number !== undefined && Number(number) < generation) rmSync(join(folder, name));
  }
}
