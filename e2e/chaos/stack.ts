import { randomInt } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connectSalesforce, TestClient } from '@tandem/server/testing';
import { type AppClient, appClient } from './app-client.ts';
import { Child } from './child.ts';
import { ChaosDatabase } from './database.ts';
import { type DatabaseProxy, openDatabaseProxy } from './database-proxy.ts';
import { type Org, type OrgClient, startOrg } from './org.ts';
import { openSalesforceProxy, type SalesforceProxy } from './salesforce-proxy.ts';
import { until } from './waiting.ts';

const PROGRAM = fileURLToPath(new URL('../../packages/server/bin/tandem.mjs', import.meta.url));
const SECRET_KEY = 'only-for-chaos-only-for-chaos-only-for-chaos';
const USERNAMES = ['mara', 'tomas', 'linwei', 'priya'].map((name) => `${name}@aldermoor.example`);
/** A first import of an empty org. */
const CONNECTED_MS_MAX = 60_000;
const PORTS_FROM = 20_000;
const PORTS = 10_000;
const PORT_TRIES_MAX = 100;

export interface Rep {
  readonly app: AppClient;
  readonly salesforce: OrgClient;
}

/** Tandem as it runs somewhere: each part a process of its own, and between them lines that can break. */
export interface Stack {
  readonly folder: string;
  readonly database: ChaosDatabase;
  readonly org: Org;
  readonly salesforceProxy: SalesforceProxy;
  readonly server: Program;
  readonly workers: readonly Program[];
  readonly reps: readonly Rep[];
  /** Everything that was killed is there again. */
  whole(): Promise<void>;
  close(options?: { keep?: boolean }): Promise<void>;
}

export interface Program {
  readonly child: Child;
  readonly database: DatabaseProxy;
}

export async function startStack(options: { reps?: number } = {}): Promise<Stack> {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-chaos-'));
  const database = new ChaosDatabase(join(folder, 'data'));
  /** Undone in reverse. */
  const undo: (() => Promise<unknown>)[] = [() => database.stop()];
  const close = async ({ keep = false } = {}) => {
    for (let one = undo.pop(); one !== undefined; one = undo.pop()) await one();
    if (!keep) rmSync(folder, { recursive: true, force: true });
  };
  try {
    await database.launch();
    const org = await startOrg();
    undo.push(org.close);
    const salesforceProxy = await openSalesforceProxy(() => org.port);
    undo.push(salesforceProxy.close);
    const port = await freePort();

    const program = async (name: string, args: readonly string[]): Promise<Program> => {
      const proxy = await openDatabaseProxy(() => database.port);
      undo.push(proxy.close);
      const dataDir = join(folder, name);
      mkdirSync(dataDir);
      const child = new Child({
        name,
        args: [PROGRAM, ...args, '--json'],
        env: {
          TANDEM_DATABASE_URL: database.urlThrough(proxy.port, name),
          TANDEM_DATA_DIR: dataDir,
          TANDEM_PORT: String(port),
          TANDEM_SANDBOX_PORT: 'off',
          TANDEM_SECRET_KEY: SECRET_KEY,
          TANDEM_SALESFORCE_LOGIN_URL: salesforceProxy.url,
        },
        logFile: join(folder, `${name}.log`),
      });
      undo.push(() => child.close());
      child.start();
      return { child, database: proxy };
    };

    const server = await program('server', ['serve', '--no-worker']);
    await server.child.ready();
    await database.witness();
    const workers = await Promise.all(
      ['worker-1', 'worker-2'].map((name) => program(name, ['worker'])),
    );
    const whole = async () => {
      await database.back();
      for (const { child } of [server, ...workers]) await child.ready();
    };
    await whole();
    const url = `http://127.0.0.1:${port}`;
    const usernames = USERNAMES.slice(0, options.reps ?? USERNAMES.length);
    const reps = await Promise.all(usernames.map((username) => newRep(url, org, username)));
    return { folder, database, org, salesforceProxy, server, workers, reps, whole, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Signs up, connects through the org's own pages, and switches sync on. */
async function newRep(url: string, org: Org, username: string): Promise<Rep> {
  const browser = new TestClient(url);
  await browser.signUp(username.split('@')[0] ?? username);
  await connectSalesforce(browser, url, { username });
  await browser.send('PUT', '/api/v1/sync/settings', { mode: 'on' });
  const token = await browser.send('POST', '/api/v1/tokens', { name: 'chaos' });
  if (token.status !== 201) throw new Error(`token: ${token.status} ${token.text}`);
  const app = appClient(url, username, token.json.token);
  await until(
    `${username} is in step`,
    async () => {
      const status = await app.get<{ state: string }>('sync/status');
      return status?.state === 'in_step' ? true : null;
    },
    CONNECTED_MS_MAX,
  );
  return { app, salesforce: await org.client(username) };
}

/**
 * The server keeps its port over its deaths. So it is none of those that a system gives to whoever asks for any: while
 * the server is away, the tests beside this one ask for many.
 */
async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < PORT_TRIES_MAX; attempt += 1) {
    const port = PORTS_FROM + randomInt(PORTS);
    if (await isFree(port)) return port;
  }
  throw new Error('There is no free port.');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
