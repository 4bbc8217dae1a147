import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/**
 * What this installation remembers of its database, in its data folder: which one it was and how far it
 * was. It is what tells a loss from a first start.
 */
export interface KnownDatabase {
  readonly databaseId: string;
  readonly mark: number;
  readonly seenAt: string;
  /** For people: where it was then. */
  readonly place: string;
}

const FILE = 'database.json';
const shape = z.object({
  databaseId: z.string(),
  mark: z.number(),
  seenAt: z.string(),
  place: z.string(),
});

/** Null before the first start. */
export function readKnown(dataDir: string): KnownDatabase | null {
  const path = join(dataDir, FILE);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  try {
    return shape.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(
      `${path} is damaged. It says which database this installation works with. If the one configured now is the right one, remove the file and start again.`,
      { cause },
    );
  }
}

/** Under another name first: a reader finds the old one or the new one, whole, whatever happens. */
export function writeKnown(dataDir: string, known: KnownDatabase): void {
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, FILE);
  const draft = `${path}.${process.pid}.part`;
  writeFileSync(draft, `${JSON.stringify(known)}\n`, { mode: 0o600, flush: true });
  renameSync(draft, path);
}

/** Host and name, never user and password; our own one is simply in the data folder. */
export function placeOf(databaseUrl: string | null, dataDir: string): string {
  if (databaseUrl === null) return `the data folder ${dataDir}`;
  const { host, pathname } = new URL(databaseUrl);
  return `${host}${pathname}`;
}
