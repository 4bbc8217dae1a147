import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { provideDatabase } from '@tandem/store';
import { z } from 'zod';
import type { Config } from './config/config.ts';

/**
 * What a running Tandem leaves in its data folder for commands beside it: where its database listens,
 * which only it may start (`data_in_use`). Readable by the owner only, gone when it stops.
 */
export interface Running {
  readonly pid: number;
  readonly url: string;
  readonly sandboxUrl: string | null;
  /** The mailbox that catches what is sent on this machine; null where there is none. */
  readonly smtpUrl: string | null;
  readonly databaseUrl: string;
}

const FILE = 'running.json';
const shape = z.object({
  pid: z.number(),
  url: z.string(),
  sandboxUrl: z.string().nullable(),
  smtpUrl: z.string().nullable().default(null),
  databaseUrl: z.string(),
});

export function writeRunning(dataDir: string, running: Running): () => void {
  const path = join(dataDir, FILE);
  writeFileSync(path, `${JSON.stringify(running)}\n`, { mode: 0o600 });
  return () => rmSync(path, { force: true });
}

export function readRunning(dataDir: string): Running | null {
  try {
    return shape.parse(JSON.parse(readFileSync(join(dataDir, FILE), 'utf8')));
  } catch {
    return null;
  }
}

/** When the Tandem of this data folder started, in milliseconds; null: none runs. */
export function runningSince(dataDir: string): number | null {
  return statSync(join(dataDir, FILE), { throwIfNoEntry: false })?.mtimeMs ?? null;
}

/** The database for a command: the one given, the running Tandem's, or ours started for the while. */
export async function withDatabase<T>(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  work: (databaseUrl: string) => Promise<T>,
): Promise<T> {
  const launched = await launchOrJoin(config);
  try {
    return await work(launched.url);
  } finally {
    await launched.stop();
  }
}

async function launchOrJoin(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
): Promise<{ url: string; stop(): Promise<void> }> {
  try {
    return await provideDatabase(config);
  } catch (error) {
    const inUse = error instanceof Error && 'code' in error && error.code === 'data_in_use';
    const running = inUse ? readRunning(config.dataDir) : null;
    if (running === null) throw error;
    return { url: running.databaseUrl, stop: async () => {} };
  }
}
