import { CALLBACK_PATH, type Connection, connectCallbackQuery, ENDPOINTS } from '@tandem/api';
import { CREATION_KEY_FIELD } from '@tandem/salesforce';
import { type ConnectionView, disconnect, getConnection } from '@tandem/store';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CONNECT_MS_MAX } from '../connect/connect-flow.ts';
import { permissionsOf } from '../connect/permissions.ts';
import { noteAccess } from '../connect/read-org.ts';
import { withSalesforce } from '../connect/with-salesforce.ts';
import { actorOfSession } from '../http/authenticate.ts';
import { endpoint } from '../http/endpoint.ts';
import { Refusal } from '../http/refusal.ts';
import type { Services } from '../services.ts';

const TICKET_COOKIE = 'tandem.connect';
const SETTINGS_PAGE = '/settings/salesforce';

/** Salesforce account: show, start connecting, take the browser back, disconnect (B6.1, B7.1, B7.3). */
export function registerConnection(app: FastifyInstance, services: Services): void {
  const { db, connect, salesforce, clock, log } = services;

  endpoint(app, ENDPOINTS.getConnection, async ({ actor }) =>
    presentConnection(await getConnection(db, actor)),
  );

  endpoint(app, ENDPOINTS.startConnection, async ({ actor, request, reply }) => {
    const { authorizeUrl, ticket } = connect.start(actor, redirectUriOf(request));
    setTicket(request, reply, ticket, CONNECT_MS_MAX / 1000);
    return { authorizeUrl };
  });

  endpoint(app, ENDPOINTS.salesforceAccess, async ({ actor }) => {
    const permissions = await withSalesforce(services, actor, async (client, connection) => {
      const reply = await client.describeTask(CREATION_KEY_FIELD);
      if (reply.kind === 'ok') await noteAccess(services, connection, reply.value);
      return permissionsOf(reply);
    });
    return { checkedAt: clock.now(), permissions };
  });

  endpoint(app, ENDPOINTS.disconnect, async ({ actor }) => {
    const connection = await getConnection(db, actor);
    if (connection === null || !connection.connected) throw new Refusal('not_connected');
    const tokens = await salesforce.tokensOf(connection).catch(() => null);
    await disconnect(db, actor, clock.now());
    if (tokens === null) return;
    // Politeness: our side is off already, whatever Salesforce answers.
    const revoked = await salesforce.oauth(connection.loginUrl).revoke(tokens.refreshToken);
    log.info({ connectionId: connection.connectionId, revoked: revoked.kind }, 'disconnect.done');
  });

  app.get(
    CALLBACK_PATH,
    {
      // Not `who: member`: whoever lost the session meanwhile gets the page, which asks to sign in.
      schema: { hide: true, querystring: connectCallbackQuery },
      errorHandler: (_error, _request, reply) => backToSettings(reply, 'error=wrong_session'),
    },
    async (request, reply) => {
      const query = connectCallbackQuery.parse(request.query);
      const ticket = ticketIn(request);
      setTicket(request, reply, '', 0);
      const actor = await actorOfSession(services, request, reply);
      if (actor === null) return backToSettings(reply, 'error=wrong_session');
      const result = await connect.finish(actor, {
        code: query.code,
        state: query.state,
        error: query.error,
        ticket,
        redirectUri: redirectUriOf(request),
      });
      return backToSettings(reply, result.kind === 'ok' ? 'connected=1' : `error=${result.error}`);
    },
  );
}

function presentConnection(connection: ConnectionView | null): Connection {
  if (connection === null) {
    return {
      state: 'not_connected',
      username: null,
      displayName: null,
      orgId: null,
      orgName: null,
      instanceUrl: null,
      connectedAt: null,
      creationKeyField: null,
    };
  }
  const { username, displayName, orgId, orgName, instanceUrl, connectedAt, creationKeyField } =
    connection;
  const state = !connection.connected
    ? 'disconnected'
    : connection.signInNeeded
      ? 'needs_sign_in'
      : 'connected';
  return {
    state,
    username,
    displayName,
    orgId,
    orgName,
    instanceUrl,
    connectedAt,
    creationKeyField,
  };
}

/** The address under which this browser knows us; Salesforce accepts only those an admin has listed. */
function redirectUriOf(request: FastifyRequest): string {
  return `${request.protocol}://${request.host}${CALLBACK_PATH}`;
}

function backToSettings(reply: FastifyReply, query: string): FastifyReply {
  return reply.header('cache-control', 'no-store').redirect(`${SETTINGS_PAGE}?${query}`);
}

/** Sent to the callback only, out of reach of scripts. */
function setTicket(
  request: FastifyRequest,
  reply: FastifyReply,
  ticket: string,
  seconds: number,
): void {
  const secure = request.protocol === 'https' ? '; Secure' : '';
  reply.header(
    'set-cookie',
    `${TICKET_COOKIE}=${ticket}; Path=${CALLBACK_PATH}; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`,
  );
}

function ticketIn(request: FastifyRequest): string | null {
  const pattern = /(?:^|;\s*)tandem\.connect=([A-Za-z0-9._-]+)/;
  return pattern.exec(request.headers.cookie ?? '')?.[1] ?? null;
}
