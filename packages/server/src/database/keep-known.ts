import { openDatabase, readIdentity } from '@tandem/store';
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { isAway } from './is-away.ts';
import { placeOf, readKnown, writeKnown } from './known-database.ts';

/**
 * How old the memory of a killed installation may be. A backup is told to be older when anything happened
 * between it and the last look; a stop in order looks once more.
 */
const EVERY_MS = 10_000;

/**
 * Remembers how far the database is, while it is worked on. Never less than before and never another one:
 * whoever puts a backup back under a running Tandem is found out at the next start. Returns the last look.
 */
export function keepKnown(
  databaseUrl: string,
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  log: Logger,
  everyMs = EVERY_MS,
): () => Promise<void> {
  const db = openDatabase(databaseUrl, { poolMax: 1 });
  const place = placeOf(config.databaseUrl, config.dataDir);

  const look = async () => {
    const identity = await readIdentity(db.kysely);
    const known = readKnown(config.dataDir);
    if (identity === null || known === null || identity.databaseId !== known.databaseId) return;
    if (identity.mark <= known.mark) return;
    writeKnown(config.dataDir, { ...known, mark: identity.mark, seenAt: now(), place });
  };
  const tryLook = () =>
    // The database may be restarting; the next look comes.
    look().catch((error: Error) =>
      log[isAway(error) ? 'info' : 'warn']({ fault: error.name }, 'database.not_looked_at'),
    );

  let current = Promise.resolve();
  const timer = setInterval(() => {
    current = current.then(tryLook);
  }, everyMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await current;
    await tryLook();
    await db.close();
  };
}

function now(): string {
  return new Date().toISOString();
}
