import { ENDPOINTS } from '@tandem/api';
import { ensureWorkspace, isRemoved, memberOf, noteAudit, noteSeldom } from '@tandem/store';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { NO_WORKSPACE } from '../http/authenticate.ts';
import { setCookies } from '../http/cookies.ts';
import { endpoint } from '../http/endpoint.ts';
import { type RateLimits, signInLimit } from '../http/rate-limits.ts';
import { Refusal } from '../http/refusal.ts';
import type { Services } from '../services.ts';
import { authAnswer, authRefusal } from './auth-answer.ts';

/** E-mail and password; better-auth keeps the sessions, Tandem speaks to people. */
export function registerSignIn(app: FastifyInstance, services: Services, limits: RateLimits): void {
  const { auth, clock, db } = services;

  const noteRefused = async (email: string): Promise<void> => {
    const user = await auth.findUser(email);
    const member = user === null ? null : await memberOf(db, user.id);
    if (member === null) return;
    const nobody = { workspaceId: member.workspaceId, userId: null };
    const entry = { action: 'sign_in_refused', target: member.userId } as const;
    await noteSeldom(db, nobody, entry, clock.now(), REFUSED_NOTED);
  };

  endpoint(
    app,
    ENDPOINTS.signUp,
    async ({ body: { name, email, password }, request, reply }) => {
      const answer = await auth.call('sign-up/email', request.headers, { name, email, password });
      if (!answer.ok) throw await authRefusal(answer);
      setCookies(request, reply, answer.headers.getSetCookie());
      const { user } = await authAnswer(answer);
      await ensureWorkspace(db, user, clock.now());
      return { user };
    },
    signInLimit(app, limits),
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
      if (!answer.ok) {
        const refusal = await authRefusal(answer);
        if (refusal.code === 'wrong_credentials') afterwards(reply, () => noteRefused(email));
        throw refusal;
      }
      const { user } = await authAnswer(answer);
      const member = await memberOf(db, user.id);
      if (member === null && (await isRemoved(db, user.id))) {
        await auth.endSession(answer);
        throw new Refusal('no_workspace', NO_WORKSPACE);
      }
      // A browser that signs in anew leaves no session of before behind.
      const former = await auth.sessionOf(request.headers);
      if (former !== null) await auth.endSessionById(former.sessionId);
      setCookies(request, reply, answer.headers.getSetCookie());
      if (member !== null) await noteAudit(db, member, { action: 'signed_in' }, clock.now());
      return { user };
    },
    signInLimit(app, limits),
  );

  endpoint(app, ENDPOINTS.signOut, async ({ request, reply }) => {
    const former = await auth.sessionOf(request.headers);
    const answer = await auth.call('sign-out', request.headers);
    setCookies(request, reply, answer.headers.getSetCookie());
    const member = former === null ? null : await memberOf(db, former.user.id);
    if (member !== null) await noteAudit(db, member, { action: 'signed_out' }, clock.now());
    return { success: true };
  });

  endpoint(app, ENDPOINTS.getSession, async ({ request, reply }) => {
    const answer = await auth.call('get-session', request.headers);
    setCookies(request, reply, answer.headers.getSetCookie());
    return sessionIn.parse(await answer.json());
  });
}

/** B12.4: known accounts only, and so many an hour, so that a guesser fills no log. */
const REFUSED_NOTED = { max: 20, withinMs: 60 * 60_000 };

/** After the answer, so that how long it takes does not tell whether there is such an account. */
function afterwards(reply: FastifyReply, work: () => Promise<void>): void {
  reply.raw.once('finish', () => void work().catch(() => {}));
}

const sessionIn = z
  .object({
    user: z.object({ id: z.string(), name: z.string(), email: z.string() }),
    session: z.object({ expiresAt: z.iso.datetime() }),
  })
  .nullable();
