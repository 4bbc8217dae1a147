import type { Who } from '@tandem/api';
import {
  type Actor,
  ensureWorkspace,
  findApiToken,
  isRemoved,
  memberOf,
  noteSeen,
} from '@tandem/store';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hashToken, looksLikeToken } from '../auth/api-token.ts';
import type { Services } from '../services.ts';
import { setCookies } from './cookies.ts';
import { Refusal } from './refusal.ts';
import { refuseCrossSite } from './same-origin.ts';
import { viewAs } from './view-as.ts';

export const NO_WORKSPACE = 'You were removed from your workspace. Ask an admin for an invitation.';

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor | null;
    /** Null: nobody, or a program with a token. */
    sessionId: string | null;
  }
  interface FastifyContextConfig {
    /** Absent: not part of the API (pages, health). */
    who?: Who;
    /** Reads that take `as` (view-as.ts). */
    viewAs?: true;
  }
}

const SEEN_STEP_MS = 5 * 60_000;
const SEEN_MAX = 10_000;

/** Who asks is decided before anything of the request is read (B12.1). */
export function registerAuthentication(app: FastifyInstance, services: Services): void {
  app.decorateRequest('actor', null);
  app.decorateRequest('sessionId', null);
  const seen = new Map<string, number>();
  /** A statement a person every few minutes instead of one a request. */
  const noteSeenSometimes = async (actor: Actor, now: string): Promise<void> => {
    const last = seen.get(actor.userId) ?? 0;
    if (Math.abs(Date.parse(now) - last) < SEEN_STEP_MS) return;
    if (seen.size >= SEEN_MAX) seen.clear();
    seen.set(actor.userId, Date.parse(now));
    await noteSeen(services.db, actor, now);
  };

  app.addHook('onRequest', async (request, reply) => {
    const { who } = request.routeOptions.config;
    if (who === undefined) return;
    const bearer = bearerOf(request);
    if (bearer === null) refuseCrossSite(request);
    if (who === 'anybody') return;
    const actor =
      bearer === null
        ? await actorOfSession(services, request, reply)
        : await actorOfToken(services, bearer);
    if (actor === null) throw new Refusal('not_signed_in');
    // Known before anything is refused: a refusal is said in the member's language.
    request.actor = actor;
    refuseRole(who, actor);
    await noteSeenSometimes(actor, services.clock.now());
    request.actor = await viewAs(services, request, actor);
  });

  // A body may be kept back for half a minute. Whoever was removed meanwhile, or lost a role, writes no more.
  app.addHook('preHandler', async (request) => {
    const { who } = request.routeOptions.config;
    if (request.method === 'GET' || request.actor === null || who === undefined) return;
    const actor = await presentActor(services, request);
    if (actor === null) throw new Refusal('not_signed_in');
    request.actor = actor;
    refuseRole(who, actor);
  });
}

function refuseRole(who: Who, { role }: Actor): void {
  if (who === 'admin' && role !== 'admin') {
    throw new Refusal('not_allowed', 'Only an admin of the workspace may do this.');
  }
  if (who === 'manager' && role === 'rep') {
    throw new Refusal('not_allowed', 'Only managers and admins of the workspace may do this.');
  }
}

/** Whether a long answer may go on: the session or token still stands, with the same role. */
export async function isStillActor(services: Services, request: FastifyRequest): Promise<boolean> {
  const { actor } = request;
  const now = await presentActor(services, request);
  return now?.workspaceId === actor?.workspaceId && now?.role === actor?.role;
}

/** Asked anew, with the role of this moment; null: the session or token has ended. */
async function presentActor(services: Services, request: FastifyRequest): Promise<Actor | null> {
  const bearer = bearerOf(request);
  if (bearer !== null) {
    return findApiToken(services.db, hashToken(bearer), services.clock.now());
  }
  const session = await services.auth.sessionOf(request.headers);
  return session === null ? null : memberOf(services.db, session.user.id);
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
  setCookies(request, reply, session.setCookies);
  request.sessionId = session.sessionId;
  const { user } = session;
  // Sign-up makes the workspace; a sign-up that broke off in between is finished here.
  const member = await memberOf(services.db, user.id);
  if (member !== null) return member;
  if (await isRemoved(services.db, user.id)) throw new Refusal('no_workspace', NO_WORKSPACE);
  return ensureWorkspace(services.db, user, services.clock.now());
}
