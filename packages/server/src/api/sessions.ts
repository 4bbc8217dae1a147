import { ENDPOINTS } from '@tandem/api';
import { endSessions, listSessions, noteAudit } from '@tandem/store';
import type { FastifyInstance } from 'fastify';
import { setCookies } from '../http/cookies.ts';
import { endpoint } from '../http/endpoint.ts';
import { passwordLimit, type RateLimits } from '../http/rate-limits.ts';
import { invalidField, Refusal } from '../http/refusal.ts';
import type { Services } from '../services.ts';
import { authRefusal } from './auth-answer.ts';

/** Where a person is signed in, and the password behind it. */
export function registerSessions(
  app: FastifyInstance,
  services: Services,
  limits: RateLimits,
): void {
  const { auth, clock, db } = services;

  endpoint(app, ENDPOINTS.listSessions, async ({ actor, query, request }) => {
    const { sessions, nextCursor } = await listSessions(db, actor, query, clock.now());
    return {
      sessions: sessions.map(({ sessionId: id, ...session }) => ({
        id,
        ...session,
        current: id === request.sessionId,
      })),
      nextCursor,
    };
  });

  endpoint(app, ENDPOINTS.endSession, async ({ actor, params: { id } }) => {
    const ended = await endSessions(db, actor, { only: id }, clock.now());
    if (ended === 0) throw new Refusal('not_found');
  });

  endpoint(app, ENDPOINTS.endOtherSessions, async ({ actor, request }) => ({
    ended: await endSessions(db, actor, { keep: request.sessionId }, clock.now()),
  }));

  endpoint(
    app,
    ENDPOINTS.changePassword,
    async ({ actor, body, request, reply }) => {
      if (request.sessionId === null) {
        throw new Refusal('not_allowed', 'A password is changed in a browser, not with a token.');
      }
      // All sessions end, and this browser gets a new one: whoever knew the old password is out.
      const answer = await auth.call('change-password', request.headers, {
        ...body,
        revokeOtherSessions: true,
      });
      if (!answer.ok) {
        const refusal = await authRefusal(answer);
        throw refusal.code === 'wrong_credentials'
          ? invalidField('currentPassword', 'is not your password')
          : refusal;
      }
      setCookies(request, reply, answer.headers.getSetCookie());
      await auth.forgetResets(actor.userId);
      await noteAudit(db, actor, { action: 'password_changed' }, clock.now());
    },
    passwordLimit(limits),
  );
}
