import { type Actor, ensureWorkspace, findApiToken, memberOf } from '@tandem/store';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hashToken, looksLikeToken } from '../auth/api-token.ts';
import type { Services } from '../services.ts';
import { Refusal } from './refusal.ts';
import { refuseCrossSite } from './same-origin.ts';

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor | null;
  }
  interface FastifyContextConfig {
    /** Absent: not part of the API (pages, health). */
    who?: 'anybody' | 'member' | 'admin';
  }
}

/** Who asks is decided before anything of the request is read (B12.1). */
export function registerAuthentication(app: FastifyInstance, services: Services): void {
  app.decorateRequest('actor', null);
  app.addHook('onRequest', async (request, reply) => {
    const { who } = request.routeOptions.config;
    if (who === undefined) return;
    const bearer = bearerOf(request);
    if (bearer === null) refuseCrossSite(request);
    if (who === 'anybody') return;
    request.actor =
      bearer === null
        ? await actorOfSession(services, request, reply)
        : await actorOfToken(services, bearer);
    if (request.actor === null) throw new Refusal('not_signed_in');
    if (who === 'admin' && request.actor.role !== 'admin') {
      throw new Refusal('not_allowed', 'Only an admin of the workspace may do this.');
    }
  });
}

export function actorOf(request: FastifyRequest): Actor {
  if (request.actor === null) throw new Refusal('not_signed_in');
  return request.actor;
}

/** Null: no Authorization header at all. Another scheme is refused, not quietly taken for a cookie. */
function bearerOf(request: FastifyRequest): string | null {
  const header = request.headers.authorization;
  if (header === undefined) return null;
  const token = /^Bearer +(\S+)$/i.exec(header)?.[1];
  if (token === undefined) {
    throw new Refusal('not_signed_in', 'The Authorization header must be "Bearer tdm_…".');
  }
  return token;
}

async function actorOfToken(services: Services, token: string): Promise<Actor> {
  const actor = looksLikeToken(token)
    ? await findApiToken(services.db, hashToken(token), services.clock.now())
    : null;
  if (actor === null)
    throw new Refusal('not_signed_in', 'This API token is not known, or revoked.');
  return actor;
}

/** The person behind a browser's cookies, where there is one. */
export async function actorOfSession(
  services: Pick<Services, 'auth' | 'db' | 'clock'>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Actor | null> {
  const session = await services.auth.sessionOf(request.headers);
  if (session === null) return null;
  if (session.setCookies.length > 0) reply.header('set-cookie', session.setCookies);
  const { user } = session;
  // Sign-up makes the workspace; a sign-up that broke off in between is finished here.
  return (
    (await memberOf(services.db, user.id)) ??
    (await ensureWorkspace(services.db, user, services.clock.now()))
  );
}
