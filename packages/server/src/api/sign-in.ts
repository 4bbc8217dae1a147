import { ENDPOINTS } from '@tandem/api';
import { ensureWorkspace } from '@tandem/store';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { type RateLimits, signInLimit } from '../http/rate-limits.ts';
import { invalidField, Refusal } from '../http/refusal.ts';
import type { Services } from '../services.ts';

/** E-mail and password; better-auth keeps the sessions, Tandem speaks to people. */
export function registerSignIn(app: FastifyInstance, services: Services, limits: RateLimits): void {
  const { auth, clock, db } = services;

  endpoint(
    app,
    ENDPOINTS.signUp,
    async ({ body: { name, email, password }, request, reply }) => {
      const answer = await auth.call('sign-up/email', request.headers, { name, email, password });
      if (!answer.ok) throw refusalOf(await codeIn(answer));
      passCookies(answer, request, reply);
      const { user } = userIn.parse(await answer.json());
      await ensureWorkspace(db, user, clock.now());
      return { user };
    },
    signInLimit(limits),
  );

  endpoint(
    app,
    ENDPOINTS.signIn,
    async ({ body: { email, password, rememberMe }, request, reply }) => {
      const answer = await auth.call('sign-in/email', request.headers, {
        email,
        password,
        ...(rememberMe === undefined ? {} : { rememberMe }),
      });
      if (!answer.ok) throw refusalOf(await codeIn(answer));
      passCookies(answer, request, reply);
      return userIn.parse(await answer.json());
    },
    signInLimit(limits),
  );

  endpoint(app, ENDPOINTS.signOut, async ({ request, reply }) => {
    const answer = await auth.call('sign-out', request.headers);
    passCookies(answer, request, reply);
    return { success: true };
  });

  endpoint(app, ENDPOINTS.getSession, async ({ request, reply }) => {
    const answer = await auth.call('get-session', request.headers);
    passCookies(answer, request, reply);
    return sessionIn.parse(await answer.json());
  });
}

const userIn = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }),
});
const sessionIn = userIn.extend({ session: z.object({ expiresAt: z.iso.datetime() }) }).nullable();

/** Behind a proxy that speaks https the cookie says so; on this machine it cannot. */
function passCookies(answer: Response, request: FastifyRequest, reply: FastifyReply): void {
  const secure = request.protocol === 'https' ? '; Secure' : '';
  for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie + secure);
}

async function codeIn(answer: Response): Promise<string> {
  const body: unknown = await answer.json().catch(() => null);
  return typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : '';
}

function refusalOf(code: string): Refusal {
  switch (code) {
    case 'INVALID_EMAIL_OR_PASSWORD':
    case 'USER_NOT_FOUND':
    case 'INVALID_PASSWORD':
      return new Refusal('wrong_credentials');
    case 'USER_ALREADY_EXISTS':
    case 'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL':
      return invalidField('email', 'belongs to an existing account; sign in instead');
    case 'INVALID_EMAIL':
      return invalidField('email', 'must be an e-mail address');
    case 'PASSWORD_TOO_SHORT':
    case 'PASSWORD_TOO_LONG':
      return invalidField('password', 'must have 8 to 128 characters');
    default:
      return new Refusal('internal', 'The sign-in service did not answer as expected.');
  }
}
