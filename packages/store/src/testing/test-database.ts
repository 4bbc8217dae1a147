import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { until } from '../postgres/until.ts';
import type { TestServer } from './test-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    tandemTestServer: TestServer;
  }
}

export interface TestDatabase {
  url: string;
  /** Removes the database. Fails when a connection to it is still open after a while: something was not closed. */
  drop(leaveMsMax?: number): Promise<void>;
}

/** Sockets that were closed just now leave the server's list soon, also of a busy one; what stays is a leak. */
const CONNECTIONS_LEAVE_MS_MAX = 30_000;

/** A database with every migration applied and no rows: a copy of the run's template. */
export function testDatabase(): Promise<TestDatabase> {
  const server = inject('tandemTestServer');
  return createDatabase(server, `template ${server.template}`);
}

/** A database with nothing in it, for tests of the migrations themselves. */
export function emptyDatabase(): Promise<TestDatabase> {
  return createDatabase(inject('tandemTestServer'), 'template template0');
}

async function createDatabase(server: TestServer, from: string): Promise<TestDatabase> {
  const name = `${server.prefix}_${randomBytes(6).toString('hex')}`;
  await onServer(server, (client) => client.query(`create database ${name} ${from}`));
  const url = new URL(server.adminUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: (leaveMsMax = CONNECTIONS_LEAVE_MS_MAX) =>
      onServer(server, (client) => drop(client, name, leaveMsMax)),
  };
}

async function drop(client: pg.Client, name: string, leaveMsMax: number): Promise<void> {
  let left: Connection[] = [];
  await until(async () => {
    left = await connectionsTo(client, name);
    return left.length === 0;
  }, leaveMsMax);
  await client.query(`drop database if exists ${name} with (force)`);
  if (left.length === 0) return;
  const list = left.map(
    (one) => `  - ${one.application_name || 'unnamed'}, ${one.state}: ${one.query}`,
  );
  throw new Error(
    `${left.length} connection(s) to the test database were left open. Close every pool and client before drop().\n${list.join('\n')}`,
  );
}

interface Connection {
  application_name: string;
  state: string;
  query: string;
}

async function connectionsTo(client: pg.Client, name: string): Promise<Connection[]> {
  const { rows } = await client.query<Connection>(
    `select application_name, coalesce(state, 'starting') as state, left(query, 120) as query
       from pg_stat_activity where datname = $1 and backend_type = 'client backend'`,
    [name],
  );
  return rows;
}

async function onServer<T>(
  server: TestServer,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: server.adminUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
