import { type LaunchedPostgres, launchPostgres } from './launch-postgres.ts';

export interface DatabaseSource {
  /** TANDEM_DATABASE_URL: a server someone else runs. Null: ours, in the data folder. */
  databaseUrl: string | null;
  dataDir: string;
  log?: (line: string) => void;
}

/** The database to work on. A server that is not ours is neither started nor stopped. */
export async function provideDatabase(source: DatabaseSource): Promise<LaunchedPostgres> {
  if (source.databaseUrl !== null)
    return { url: source.databaseUrl, adopted: false, stop: async () => {} };
  const { dataDir, log } = source;
  return launchPostgres(log === undefined ? { dataDir } : { dataDir, log });
}
