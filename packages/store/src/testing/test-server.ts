import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { openDatabase } from '../database.ts';
import { migrate } from '../migrate.ts';
import { launchPostgres } from '../postgres/launch-postgres.ts';
import { abandon } from './abandoned-servers.ts';

/** What a test file needs to know about the run's server. Plain data: it crosses to the test workers. */
export interface TestServer {
  adminUrl: string;
  /** The migrated database that test databases are copies of. */
  template: string;
  /** Names of this run's databases begin so; two runs on one server do not meet. */
  prefix: string;
}

export interface RunningTestServer extends TestServer {
  stop(): Promise<void>;
}

/**
 * A throw-away server: nothing in it has to survive anything, so it does not wait for the disk. Connections: a
 * few workers with a few pools each stay far below.
 */
const THROW_AWAY = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
};

/** @param externalUrl TANDEM_TEST_DATABASE_URL: a server with the right to create databases */
export async function startTestServer(externalUrl: string | undefined): Promise<RunningTestServer> {
  const { adminUrl, stop } = externalUrl
    ? { adminUrl: externalUrl, stop: async () => {} }
    : await startOwnServer();
  const prefix = `tandem_test_${randomBytes(4).toString('hex')}`;
  const template = `${prefix}_template_${migrationsHash()}`;
  try {
    await query(adminUrl, `create database ${template} template template0`);
    await migrateTemplate(adminUrl, template);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    adminUrl,
    template,
    prefix,
    async stop() {
      if (externalUrl) await dropAll(adminUrl, prefix);
      await stop();
    },
  };
}

async function startOwnServer() {
  const dataDir = mkdtempSync(join(tmpdir(), 'tandem-test-pg-'));
  // As root the server runs as another user, who must pass through.
  chmodSync(dataDir, 0o711);
  const server = await launchPostgres({ dataDir, settings: THROW_AWAY });
  const stopAtOnce = () => abandon(dataDir);
  // Ctrl-C ends Vitest without its teardown.
  process.once('exit', stopAtOnce);
  return {
    adminUrl: server.url,
    async stop() {
      process.removeListener('exit', stopAtOnce);
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function migrateTemplate(adminUrl: string, template: string): Promise<void> {
  const url = new URL(adminUrl);
  url.pathname = `/${template}`;
  const db = openDatabase(url.href);
  try {
    await migrate(db);
  } finally {
    await db.close();
  }
}

/** In the template's name, so that a look at the server tells which state of the schema it holds. */
function migrationsHash(): string {
  const folder = fileURLToPath(new URL('../migrations', import.meta.url));
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort())
    hash.update(name).update(readFileSync(join(folder, name)));
  return hash.digest('hex').slice(0, 8);
}

/** Databases of tests that failed before they could drop their own. */
async function dropAll(adminUrl: string, prefix: string): Promise<void> {
  const names = await query<{ datname: string }>(
    adminUrl,
    `select datname from pg_database where starts_with(datname, '${prefix}_')`,
  );
  for (const { datname } of names) await query(adminUrl, `drop database ${datname} with (force)`);
}

async function query<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}
