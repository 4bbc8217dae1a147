import { faultOf, type Reply } from '@tandem/engine';
import {
  CREATION_KEY_FIELD,
  createOAuth,
  createSalesforce,
  type OAuth,
  type Salesforce,
  type StoredTokens,
  type Tokens,
  type TokenVault,
  tokensFrom,
} from '@tandem/salesforce';
import {
  type ConnectionKey,
  type ConnectionView,
  type Database,
  loadTokens,
  saveTokens,
  surviveLostConnections,
} from '@tandem/store';
import { Pool } from 'pg';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { SalesforceApp } from '../config/config.ts';
import { Refusal } from '../http/refusal.ts';
import type { Vault } from '../vault.ts';

/** Salesforce for one connection: tokens come sealed out of the store and go back sealed. */
export interface SalesforceGateway {
  of(connection: ConnectionView): Salesforce;
  /** Its tokens, for what speaks with Salesforce by other ways than the REST API. */
  tokens(connection: ConnectionView): Tokens;
  oauth(loginUrl?: string): OAuth;
  readonly loginUrl: string;
  seal(key: { userId: string; orgId: string }, tokens: StoredTokens): Uint8Array;
  tokensOf(connection: ConnectionView): Promise<StoredTokens | null>;
  close(): Promise<void>;
}

/**
 * A refresh holds a database connection for as long as Salesforce takes to answer. Own small pool, so
 * that many of them at once wait for each other and never starve the pages.
 */
const LOCK_POOL_MAX = 4;
/** Any number, but the same in every process: the first half of the advisory lock's name. */
const REFRESH_LOCK_SPACE = 727_001;

const storedTokens = z.object({
  accessToken: z.string(),
  instanceUrl: z.string(),
  refreshToken: z.string(),
});

export function createGateway(deps: {
  db: Database;
  databaseUrl: string;
  vault: Vault;
  app: SalesforceApp;
  log: Logger;
}): SalesforceGateway {
  const { db, vault, app } = deps;
  const locks = new Pool({
    connectionString: deps.databaseUrl,
    max: LOCK_POOL_MAX,
    application_name: 'tandem-token-locks',
  });
  surviveLostConnections(locks);
  const log = {
    info: (event: string, facts = {}) => deps.log.info(facts, event),
    warn: (event: string, facts = {}) => deps.log.warn(facts, event),
  };
  const oauth = (loginUrl = app.loginUrl) =>
    createOAuth({ clientId: app.clientId, clientSecret: app.clientSecret, loginUrl });

  const read = async (connection: ConnectionView): Promise<StoredTokens | null> => {
    const sealed = await loadTokens(db, keyOf(connection));
    if (sealed === null) return null;
    return storedTokens.parse(JSON.parse(vault.open(Buffer.from(sealed), tokensPlace(connection))));
  };
  const mustRead = async (connection: ConnectionView): Promise<StoredTokens> => {
    const tokens = await read(connection);
    // Disconnected meanwhile: the same to the caller as a revoked authorisation.
    if (tokens === null) throw new Refusal('salesforce_sign_in');
    return tokens;
  };
  const seal: SalesforceGateway['seal'] = (key, tokens) =>
    vault.seal(JSON.stringify(storedTokens.parse(tokens)), tokensPlace(key));

  const vaultOf = (connection: ConnectionView): TokenVault => ({
    read: () => mustRead(connection),
    locked: (work) =>
      underLock(locks, connection.connectionId, async () =>
        work(await mustRead(connection), async (tokens) => {
          await saveTokens(db, keyOf(connection), seal(connection, tokens));
        }),
      ),
  });

  const tokens = (connection: ConnectionView) =>
    tokensFrom(vaultOf(connection), oauth(connection.loginUrl));

  return {
    loginUrl: app.loginUrl,
    tokens,
    oauth,
    seal,
    tokensOf: read,
    of: (connection) =>
      createSalesforce({
        tokens: tokens(connection),
        creationKeyField: connection.creationKeyField === true ? CREATION_KEY_FIELD : null,
        userId: connection.salesforceUserId,
        log,
      }),
    close: () => locks.end(),
  };
}

function keyOf({ workspaceId, connectionId }: ConnectionView): ConnectionKey {
  return { workspaceId, connectionId };
}

/** What a sealed blob is bound to: known before the connection has a row of its own. */
export function tokensPlace({ userId, orgId }: { userId: string; orgId: string }): string {
  return `salesforce-tokens:${userId}:${orgId}`;
}

/** One at a time across all processes; a process that dies gives the lock back with its connection. */
async function underLock<T>(pool: Pool, name: string, work: () => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1, hashtext($2))', [
      REFRESH_LOCK_SPACE,
      name,
    ]);
    return await work();
  } finally {
    await client.query('rollback').catch(() => {});
    client.release();
  }
}

/** The value of a reply, or the problem it is to a person who waits. */
export function answerOf<T>(reply: Reply<T>): { value: T; serverTime: string } {
  if (reply.kind === 'ok') return { value: reply.value, serverTime: reply.serverTime };
  if (reply.kind === 'fault') throw salesforceProblem(reply.fault);
  throw new Refusal('salesforce_unavailable', reply.message);
}

export function salesforceProblem(fault: { code: string; message: string }): Refusal {
  return faultOf(fault.code, fault.message).class === 'authentication'
    ? new Refusal('salesforce_sign_in', `Salesforce says: ${fault.message}`)
    : new Refusal('salesforce_unavailable', `Salesforce says: ${fault.message} (${fault.code})`);
}
