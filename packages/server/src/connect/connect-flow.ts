import type { ConnectError } from '@tandem/api';
import { CREATION_KEY_FIELD, createSalesforce, type TokenGrant } from '@tandem/salesforce';
import {
  type Actor,
  type ConnectionView,
  type Database,
  getSettings,
  saveConnection,
  savePicklists,
  switchOn,
} from '@tandem/store';
import { type Clock, type Ids, windowStart } from '@tandem/sync';
import type { Logger } from 'pino';
import { pollNow } from '../jobs/poll-now.ts';
import type { SalesforceGateway } from './gateway.ts';
import { noteAccess } from './read-org.ts';
import { readState, signState } from './state.ts';

/** Connecting a Salesforce account by OAuth with PKCE: `start` sends the browser off, `finish` takes it back. */
export interface ConnectFlow {
  start(actor: Actor, redirectUri: string): ConnectStart;
  finish(actor: Actor, answer: ConnectAnswer): Promise<ConnectResult>;
}

interface ConnectStart {
  readonly authorizeUrl: string;
  /** To be kept by the browser, out of reach of scripts, until it comes back. */
  readonly ticket: string;
}

interface ConnectAnswer {
  readonly code: string | undefined;
  readonly state: string | undefined;
  readonly error: string | undefined;
  readonly ticket: string | null;
  readonly redirectUri: string;
}

type ConnectResult =
  | { readonly kind: 'ok' }
  | { readonly kind: 'error'; readonly error: ConnectError };

/** People look up passwords and second factors meanwhile. */
export const CONNECT_MS_MAX = 10 * 60_000;

export function createConnectFlow(deps: {
  db: Database;
  gateway: SalesforceGateway;
  key: Buffer;
  clock: Clock;
  ids: Ids;
  log: Logger;
}): ConnectFlow {
  const { gateway, key, clock, ids, log, db } = deps;
  /** Nonces already used up in this process; the cleared cookie is the bar for all others. */
  const used = new Map<string, number>();

  const spend = (nonce: string, nowMs: number): boolean => {
    for (const [old, expiresAtMs] of used) if (expiresAtMs < nowMs) used.delete(old);
    if (used.has(nonce)) return false;
    used.set(nonce, nowMs + CONNECT_MS_MAX);
    return true;
  };

  return {
    start(actor, redirectUri) {
      const oauth = gateway.oauth();
      const { verifier, challenge } = oauth.pkce();
      const nonce = ids.uuid();
      const expiresAtMs = Date.parse(clock.now()) + CONNECT_MS_MAX;
      const state = signState({ userId: actor.userId, nonce, expiresAtMs }, key);
      return {
        authorizeUrl: oauth.authorizeUrl({ redirectUri, state, challenge }),
        ticket: `${nonce}.${verifier}`,
      };
    },

    async finish(actor, answer) {
      const nowMs = Date.parse(clock.now());
      const state = answer.state === undefined ? null : readState(answer.state, key);
      const [nonce = '', verifier = ''] = answer.ticket?.split('.') ?? [];
      if (state === null || state.userId !== actor.userId || state.nonce !== nonce) {
        return failed('wrong_session');
      }
      if (state.expiresAtMs < nowMs || !spend(nonce, nowMs)) return failed('expired');
      if (answer.error === 'access_denied') return failed('access_denied');
      if (answer.code === undefined) return failed('exchange_failed');
      const { code } = answer;
      const { redirectUri } = answer;
      const grant = await gateway.oauth().exchange({ code, verifier, redirectUri });
      if (grant.kind !== 'ok') {
        log.warn({ outcome: grant.kind }, 'connect.exchange_failed');
        return failed(grant.kind === 'refused' ? 'exchange_failed' : 'unavailable');
      }
      return store(actor, grant.value);
    },
  };

  /** B6.1: who connects where an admin has switched the whole team on is on; an unconfirmed map waits (B3.4). */
  async function followTeam(
    actor: Actor,
    { status }: ConnectionView,
    serverTime: string,
  ): Promise<void> {
    const settings = await getSettings(db, actor);
    if (status !== 'off' || settings?.team.mode !== 'on' || !settings.statusMapConfirmed) return;
    const { importWindow } = settings.team;
    await switchOn(db, actor, windowStart(importWindow, serverTime), clock.now());
  }

  /** Reads everything first: a connection that cannot answer these questions is not one. */
  async function store(actor: Actor, grant: TokenGrant): Promise<ConnectResult> {
    const { refreshToken } = grant;
    // Without one the connection would die with its first access token.
    if (refreshToken === null) return failed('exchange_failed');
    const salesforce = createSalesforce({
      tokens: {
        access: async () => grant,
        refresh: async () => ({ kind: 'refused', code: 'INVALID_GRANT', message: '' }),
      },
      creationKeyField: null,
      log: { info: () => {}, warn: () => {} },
    });
    const [identity, organization, picklists, task] = await Promise.all([
      gateway.oauth().identity(grant),
      salesforce.organization(),
      salesforce.picklists(),
      salesforce.describeTask(CREATION_KEY_FIELD),
    ]);
    if (
      identity.kind !== 'ok' ||
      organization.kind !== 'ok' ||
      picklists.kind !== 'ok' ||
      task.kind !== 'ok'
    ) {
      log.warn({ userId: actor.userId }, 'connect.read_failed');
      return failed('unavailable');
    }
    const { orgId } = identity.value;
    const tokens = { ...grant, refreshToken };
    const now = clock.now();
    const saved = await saveConnection(
      db,
      actor,
      {
        orgId,
        orgName: organization.value.name,
        salesforceUserId: identity.value.userId,
        username: identity.value.username,
        displayName: identity.value.displayName,
        instanceUrl: grant.instanceUrl,
        loginUrl: gateway.loginUrl,
        tokens: gateway.seal({ userId: actor.userId, orgId }, tokens),
      },
      now,
    );
    if (saved.kind === 'salesforce_user_taken') return failed('salesforce_user_taken');
    if (saved.kind === 'removed') return failed('wrong_session');
    await savePicklists(
      db,
      actor.workspaceId,
      orgId,
      { picklists: picklists.value, creationKeyField: task.value.keyField.kind === 'usable' },
      now,
    );
    await noteAccess({ db, clock }, saved.connection, task.value);
    await followTeam(actor, saved.connection, organization.serverTime);
    // Reconnecting the same org resumes where it stopped (B7.3, B11.8), with a poll of its own: while it waited for the
    // sign-in, a teammate's poll that reads for everybody left its new records out (E3).
    await pollNow(db, saved.connection);
    log.info({ connectionId: saved.connection.connectionId }, 'connect.done');
    return { kind: 'ok' };
  }
}

function failed(error: ConnectError): ConnectResult {
  return { kind: 'error', error };
}
