import { resolve } from 'node:path';
import { ConfigError, type Environment, SECRET_KEY_LENGTH_MIN } from './config-error.ts';
import { type EventsConfig, readEvents, readSandboxEvents } from './events.ts';
import { type MailConfig, readMail } from './mail.ts';
import { readAllow, readOptional, readPort, readToken, readUrl } from './read.ts';
import { keepSecretKey, keptFormerKey } from './secret-key.ts';

/** Everything a person may set from outside. This folder is the only reader of the environment. */
export interface Config {
  /** 0 lets the system choose, which tests use. */
  readonly port: number;
  /** Null starts no sandbox org. */
  readonly sandboxPort: number | null;
  readonly dataDir: string;
  /** Null: Tandem starts a PostgreSQL of its own in the data folder. */
  readonly databaseUrl: string | null;
  readonly salesforce: SalesforceApp;
  /** Null: change events are not followed. */
  readonly events: EventsConfig | null;
  /** Where the sandbox org's Pub/Sub API listens; null: nowhere. */
  readonly sandboxEvents: { readonly port: number; readonly isChosen: boolean } | null;
  /** For commands that speak with a running Tandem as a program does. */
  readonly remote: { readonly url: string | null; readonly token: string | null };
  /** Null: no mail is sent, and the settings say so. */
  readonly mail: MailConfig | null;
  /** The mailbox that catches mail on this machine, where no mail server is given. */
  readonly mailbox: { readonly port: number; readonly isChosen: boolean } | null;
  /** Where people reach Tandem, for links in mails; null: at the address it listens on. */
  readonly publicUrl: string | null;
  /** Webhooks may lead to addresses of private networks: for those who host Tandem for themselves. */
  readonly webhookPrivateNetworks: boolean;
  /** What /metrics asks for; null: it answers everybody who reaches the server. */
  readonly metricsToken: string | null;
  /** Read when first needed, because it is made and kept in the data folder when unset. */
  secretKey(): string;
  /** Set from outside, rather than kept in the data folder. */
  readonly isSecretKeyGiven: boolean;
  /** The one before, as long as values that it sealed are left (`tandem rotate-key`); null: none. */
  formerSecretKey(): string | null;
}

export type { EventsConfig } from './events.ts';
export type { MailConfig } from './mail.ts';

/** The connected app under which Tandem signs people in to Salesforce. */
export interface SalesforceApp {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly loginUrl: string;
}

/** The connected app that every sandbox org knows (packages/sandbox/README.md). */
const SANDBOX_APP = { clientId: 'tandem-local', clientSecret: 'tandem-local-secret' } as const;
const METRICS_TOKEN_LENGTH_MIN = 16;
const PRODUCTION_LOGIN_URL = 'https://login.salesforce.com';

export function readConfig(env: Environment): Config {
  const port = readPort(env, 'TANDEM_PORT', 3000);
  const sandboxPort =
    readOptional(env, 'TANDEM_SANDBOX_PORT') === 'off'
      ? null
      : readPort(env, 'TANDEM_SANDBOX_PORT', 3001, ' or "off"');
  if (sandboxPort !== null && sandboxPort !== 0 && sandboxPort === port) {
    throw new ConfigError(
      'TANDEM_SANDBOX_PORT',
      `TANDEM_SANDBOX_PORT is ${sandboxPort}, which is Tandem's own port (TANDEM_PORT); give each its own.`,
    );
  }
  const mailboxPort = readOptional(env, 'TANDEM_MAILBOX_PORT');
  const dataDir = resolve(readOptional(env, 'TANDEM_DATA_DIR') ?? './data');
  const salesforce = readSalesforceApp(env, sandboxPort);
  const givenKey = readSecretKey(env, 'TANDEM_SECRET_KEY');
  const givenFormer = readSecretKey(env, 'TANDEM_SECRET_KEY_PREVIOUS');
  let key = givenKey;
  return {
    port,
    sandboxPort,
    dataDir,
    databaseUrl: readUrl(env, 'TANDEM_DATABASE_URL', ['postgres:', 'postgresql:']),
    salesforce,
    events: readEvents(env, { loginUrl: salesforce.loginUrl, sandboxPort, dataDir }),
    sandboxEvents: readSandboxEvents(env, sandboxPort),
    remote: {
      url: readUrl(env, 'TANDEM_URL', ['https:', 'http:']),
      token: readOptional(env, 'TANDEM_TOKEN'),
    },
    mail: readMail(env),
    mailbox:
      mailboxPort === 'off'
        ? null
        : {
            port: readPort(env, 'TANDEM_MAILBOX_PORT', 3002, ' or "off"'),
            isChosen: mailboxPort !== null,
          },
    publicUrl: readUrl(env, 'TANDEM_PUBLIC_URL', ['https:', 'http:'])?.replace(/\/+$/, '') ?? null,
    webhookPrivateNetworks: readAllow(env, 'TANDEM_WEBHOOK_PRIVATE_NETWORKS'),
    metricsToken: readToken(env, 'TANDEM_METRICS_TOKEN', METRICS_TOKEN_LENGTH_MIN),
    secretKey: () => {
      key ??= keepSecretKey(dataDir);
      return key;
    },
    isSecretKeyGiven: givenKey !== null,
    formerSecretKey: () => givenFormer ?? (givenKey === null ? keptFormerKey(dataDir) : null),
  };
}

function readSecretKey(
  env: Environment,
  name: 'TANDEM_SECRET_KEY' | 'TANDEM_SECRET_KEY_PREVIOUS',
): string | null {
  const key = readOptional(env, name);
  if (key !== null && key.length < SECRET_KEY_LENGTH_MIN) {
    throw new ConfigError(
      name,
      `${name} has ${key.length} characters; it needs at least ${SECRET_KEY_LENGTH_MIN}, for example from "openssl rand -base64 32".`,
    );
  }
  return key;
}

/** All three together, or none: half a connected app could only fail later, far from its cause. */
function readSalesforceApp(env: Environment, sandboxPort: number | null): SalesforceApp {
  const clientId = readOptional(env, 'TANDEM_SALESFORCE_CLIENT_ID');
  const clientSecret = readOptional(env, 'TANDEM_SALESFORCE_CLIENT_SECRET');
  const loginUrl = readUrl(env, 'TANDEM_SALESFORCE_LOGIN_URL', ['https:', 'http:']);
  if (clientId === null && clientSecret !== null) {
    throw new ConfigError(
      'TANDEM_SALESFORCE_CLIENT_ID',
      'TANDEM_SALESFORCE_CLIENT_ID is missing although TANDEM_SALESFORCE_CLIENT_SECRET is set; set both or neither.',
    );
  }
  if (clientId !== null && clientSecret === null) {
    throw new ConfigError(
      'TANDEM_SALESFORCE_CLIENT_SECRET',
      'TANDEM_SALESFORCE_CLIENT_SECRET is missing although TANDEM_SALESFORCE_CLIENT_ID is set; set both or neither.',
    );
  }
  const sandboxUrl = sandboxPort === null ? null : `http://127.0.0.1:${sandboxPort}`;
  return {
    clientId: clientId ?? SANDBOX_APP.clientId,
    clientSecret: clientSecret ?? SANDBOX_APP.clientSecret,
    // With a connected app of one's own, its people live in production unless said otherwise.
    loginUrl:
      loginUrl?.replace(/\/+$/, '') ??
      (clientId === null && sandboxUrl !== null ? sandboxUrl : PRODUCTION_LOGIN_URL),
  };
}
