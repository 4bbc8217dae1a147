import { provideDatabase } from '@tandem/store';
import type { Logger } from 'pino';
import type { Config } from './config/config.ts';
import { ConfigError } from './config/config-error.ts';
import { keepKnown } from './database/keep-known.ts';
import { type Prepared, prepareDatabase } from './database/prepare-database.ts';
import { seedDemo } from './demo/seed-demo.ts';
import { writeRunning } from './running.ts';
import { createLog, type Server, startServer } from './wiring.ts';

/** Everything on this machine: database, sandbox org, demo people, server. `npm start` and `tandem start`. */
export interface StartOptions {
  /** Told as each step begins and ends, for progress on a screen. */
  readonly progress?: (step: StartStep) => void;
  readonly log?: Logger;
  readonly worker?: boolean;
  /** False: the server alone; a sandbox org and demo people are not wanted. */
  readonly sandbox?: boolean;
}

export interface StartStep {
  readonly name: 'database' | 'schema' | 'sandbox' | 'mailbox' | 'server' | 'demo';
  readonly state: 'running' | 'done' | 'left_out';
  /** A few words for a person: an address, a count. */
  readonly note: string;
  readonly ms: number;
}

export interface Started {
  readonly url: string;
  readonly sandboxUrl: string | null;
  /** The page of the mailbox; null where mail really leaves, or none is sent. */
  readonly mailboxUrl: string | null;
  readonly databaseUrl: string;
  /** E-mail and password of the demo people; null where there are none. */
  readonly demo: { readonly email: string; readonly password: string } | null;
  readonly server: Server;
  /** In the order that loses nothing: pages, jobs, sandbox, database. */
  stop(): Promise<void>;
}

export async function startAll(config: Config, options: StartOptions = {}): Promise<Started> {
  const log = options.log ?? createLog();
  /** Undone in reverse, also when a later step fails. */
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (let undo = stops.pop(); undo !== undefined; undo = stops.pop()) await undo();
  };
  const step = stepper(options.progress ?? (() => {}));
  try {
    const postgres = await step('database', async () => {
      const launched = await provideDatabase({
        databaseUrl: config.databaseUrl,
        dataDir: config.dataDir,
      });
      stops.push(launched.stop);
      const own = launched.adopted ? 'found running' : 'started';
      return [launched, config.databaseUrl === null ? own : 'given'];
    });
    await step('schema', async () => {
      const prepared = await prepareDatabase(postgres.url, config);
      if (prepared.older !== null) log.warn(prepared.older, 'database.older');
      stops.push(keepKnown(postgres.url, config, log));
      return [prepared, noteOf(prepared)];
    });
    const sandboxPort = options.sandbox === false ? null : config.sandboxPort;
    const sandbox =
      sandboxPort === null
        ? null
        : await step('sandbox', async () => {
            const org = await startSandbox(config, sandboxPort);
            stops.push(() => org.close());
            return [org, org.url];
          });
    const salesforce =
      sandbox !== null && config.salesforce.loginUrl === `http://127.0.0.1:${sandboxPort}`
        ? { ...config.salesforce, loginUrl: sandbox.url }
        : config.salesforce;
    // It may have another port than was wished for.
    const events =
      sandbox?.events && config.events?.endpoint.startsWith('localhost:')
        ? { ...config.events, endpoint: sandbox.events.endpoint }
        : config.events;
    const mailbox =
      options.sandbox === false || config.mail !== null || config.mailbox === null
        ? null
        : await step('mailbox', async () => {
            const caught = await startMailbox(config.mailbox);
            stops.push(() => caught.close());
            return [caught, caught.url];
          });
    const mail = mailbox === null ? config.mail : { smtpUrl: mailbox.smtpUrl, from: LOCAL_SENDER };
    const server = await step('server', async () => {
      const started = await startServer(
        { ...config, salesforce, events, mail },
        {
          databaseUrl: postgres.url,
          log,
          ...(options.worker === undefined ? {} : { worker: options.worker }),
        },
      ).catch((error: unknown) => {
        throw portTaken(error, 'TANDEM_PORT');
      });
      stops.push(started.close);
      return [started, started.url];
    });
    const demo =
      sandbox === null
        ? null
        : await step('demo', async () => {
            const seeded = await seedDemo(server.services);
            return [seeded.demo, seeded.note];
          });
    const running = {
      pid: process.pid,
      url: server.url,
      sandboxUrl: sandbox?.url ?? null,
      smtpUrl: mailbox?.smtpUrl ?? null,
      databaseUrl: postgres.url,
    };
    const forget = writeRunning(config.dataDir, running);
    stops.push(async () => forget());
    return {
      url: server.url,
      sandboxUrl: sandbox?.url ?? null,
      mailboxUrl: mailbox?.url ?? null,
      databaseUrl: postgres.url,
      demo,
      server,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function noteOf(prepared: Prepared): string {
  const { applied } = prepared;
  const steps = applied.length === 0 ? 'up to date' : `${applied.length} steps applied`;
  return prepared.older === null ? steps : `${steps}. ${olderSentence(prepared.older)}`;
}

/** For whoever starts it, so that the comparison that follows is no surprise. */
export function olderSentence({ accounts, seenAt }: NonNullable<Prepared['older']>): string {
  return `The database is older than when it was last seen (${seenAt}): a backup was put back. ${accounts} Salesforce accounts are compared in full before anything is written or deleted.`;
}

/** The only place where product code knows of the sandbox, and only when somebody asked for it. */
async function startSandbox({ dataDir, sandboxEvents }: Config, port: number) {
  const { createSandbox } = await import('@tandem/sandbox');
  return createSandbox({
    port,
    dataDir,
    seed: 'demo',
    eventsPort: sandboxEvents?.port ?? null,
    eventsPortIsWish: sandboxEvents?.isChosen !== true,
  }).catch((error: unknown) => {
    const isEvents = error instanceof Error && 'port' in error && error.port !== port;
    throw portTaken(error, isEvents ? 'TANDEM_SANDBOX_EVENTS_PORT' : 'TANDEM_SANDBOX_PORT');
  });
}

/** For mail that never leaves this machine. */
export const LOCAL_SENDER = 'Tandem <tandem@tandem.example>';

/** A convenience: where nobody chose its port and that is taken, any other one serves. */
async function startMailbox(wanted: Config['mailbox']) {
  const { createMailbox } = await import('@tandem/mailbox');
  return createMailbox({ port: wanted?.port ?? 0 }).catch((error: unknown) => {
    if (wanted?.isChosen) throw portTaken(error, 'TANDEM_MAILBOX_PORT');
    return createMailbox();
  });
}

/** The system names the port; people need the variable. */
function portTaken(error: unknown, variable: string): unknown {
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  if (!taken || !('port' in error)) return error;
  return new ConfigError(
    variable,
    `Port ${error.port} is taken by another program; set ${variable} to a free one.`,
  );
}

function stepper(progress: (step: StartStep) => void) {
  return async <T>(name: StartStep['name'], work: () => Promise<[T, string]>): Promise<T> => {
    const begun = performance.now();
    const tell = (state: StartStep['state'], note: string) =>
      progress({ name, state, note, ms: Math.round(performance.now() - begun) });
    tell('running', '');
    const [value, note] = await work();
    tell('done', note);
    return value;
  };
}
