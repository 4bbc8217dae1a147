import { createSandbox, type Sandbox } from '@tandem/sandbox';
import { createLog, type Server, startServer } from '@tandem/server';
import { testDatabase } from '@tandem/store/testing';
import { Connection } from 'jsforce';
import { type Person, signUp } from './person.ts';

export const MARA = 'mara@aldermoor.example';
export const TOMAS = 'tomas@aldermoor.example';
export const PRIYA = 'priya@aldermoor.example';
export const LIN = 'linwei@aldermoor.example';
export const SALESFORCE_PASSWORD = 'sandbox1!';

/** Everything but the browser: a database, a sandbox org, the server. */
export interface Stack {
  readonly databaseUrl: string;
  readonly sandbox: Sandbox;
  readonly server: Server;
  /** One more server process on the same database, as after a deploy or beside the first. */
  startAnother(options: { worker: boolean }): Promise<Server>;
  /** Without an invitation, the first and only one of a workspace. */
  person(email: string, name: string, invitation?: string): Promise<Person>;
  /** jsforce as this user: an independent client, no code of ours between it and the org. */
  jsforce(username: string): Promise<Connection>;
  /** The sandbox's switches; its README describes them. */
  control<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<T>;
  close(): Promise<void>;
}

export interface StackOptions {
  /** False: jobs wait until another server with a worker starts, or a test drives sync itself. */
  readonly worker: boolean;
  /** The app lives by the org's clock, which a test can move. */
  readonly orgTime?: boolean;
  /** Serves the built web page too, for tests in a browser. */
  readonly web?: boolean;
  /** Where mail goes; nowhere by default. */
  readonly mail?: { readonly smtpUrl: string; readonly from: string };
}

export async function startStack(options: StackOptions): Promise<Stack> {
  const database = await testDatabase();
  const sandbox = await createSandbox({ seed: 'demo' });
  const servers: Server[] = [];
  const orgClock = { now: () => new Date(sandbox.org.clock.now()).toISOString() };

  async function startAnother({ worker }: { worker: boolean }): Promise<Server> {
    const server = await startServer(
      {
        port: 0,
        secretKey: () => 'a key for tests only, of sufficient length',
        webhookPrivateNetworks: true,
        mail: options.mail ?? null,
        salesforce: {
          clientId: 'tandem-local',
          clientSecret: 'tandem-local-secret',
          loginUrl: sandbox.url,
        },
      },
      {
        databaseUrl: database.url,
        worker,
        ...(options.orgTime ? { clock: orgClock } : {}),
        ...(options.web ? {} : { webRoot: null }),
        log: createLog(process.env.TANDEM_TEST_LOG ?? 'silent'),
        limits: {
          apiPerMinute: 1_000_000,
          signInPerMinute: 1_000,
          signInPerAddress: 1_000,
          mailsPerMinute: 1_000,
        },
      },
    );
    let closed: Promise<void> | null = null;
    // A test that stops one, to see what others make of it, need not tell.
    const once = { ...server, close: () => (closed ??= server.close()) };
    servers.push(once);
    return once;
  }

  async function control<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${sandbox.url}/__sandbox__/${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  const server = await startAnother(options);
  return {
    databaseUrl: database.url,
    sandbox,
    server,
    startAnother,
    control,
    person: (email, name, invitation) =>
      signUp(server.url, { email, name, password: 'a long password' }, invitation),
    async jsforce(username) {
      const grant = await control<{ access_token: string }>('POST', 'tokens', {
        action: 'issue',
        username,
      });
      const { access_token: accessToken } = grant;
      return new Connection({ instanceUrl: sandbox.url, accessToken, version: '62.0' });
    },
    async close() {
      for (const one of servers.reverse()) await one.close();
      await sandbox.close();
      await database.drop();
    },
  };
}
