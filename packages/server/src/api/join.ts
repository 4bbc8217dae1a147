import { ENDPOINTS } from '@tandem/api';
import { acceptInvitation, findInvitation, type OpenInvitation } from '@tandem/store';
import type { FastifyInstance } from 'fastify';
import { hashToken } from '../auth/api-token.ts';
import { setCookies } from '../http/cookies.ts';
import { endpoint } from '../http/endpoint.ts';
import { type RateLimits, signInLimit } from '../http/rate-limits.ts';
import { invalidField, Refusal } from '../http/refusal.ts';
import type { Services } from '../services.ts';
import { authAnswer, authRefusal } from './auth-answer.ts';

/** The other end of an invitation's link: looking at it, and coming in with it. */
export function registerJoin(app: FastifyInstance, services: Services, limits: RateLimits): void {
  const { auth, clock, db } = services;

  const open = async (token: string): Promise<OpenInvitation> => {
    const invitation = await findInvitation(db, hashToken(token), clock.now());
    if (invitation === null) throw new Refusal('invitation_over');
    return invitation;
  };

  endpoint(
    app,
    ENDPOINTS.showInvitation,
    async ({ body: { token } }) => {
      const { workspaceName, invitedBy, role, email, expiresAt } = await open(token);
      return { workspaceName, invitedBy, role, email, expiresAt };
    },
    signInLimit(app, limits),
  );

  endpoint(
    app,
    ENDPOINTS.acceptInvitation,
    async ({ body: { token, name, email, password }, request, reply }) => {
      const invitation = await open(token);
      if (invitation.email !== null && invitation.email !== email.toLowerCase()) {
        throw invalidField('email', 'must be the one that was invited');
      }
      const isNew = name !== undefined;
      const answer = isNew
        ? await auth.call('sign-up/email', request.headers, { name, email, password })
        : await auth.call('sign-in/email', request.headers, { email, password });
      if (!answer.ok) throw await authRefusal(answer);
      const { user } = await authAnswer(answer);
      const result = await acceptInvitation(db, user.id, hashToken(token), clock.now());
      if (result.kind !== 'ok') {
        // As if nothing had been tried: no account, no session.
        await (isNew ? auth.deleteUser(user.id) : auth.endSession(answer));
        throw new Refusal(result.kind);
      }
      setCookies(request, reply, answer.headers.getSetCookie());
      return { user };
    },
    signInLimit(app, limits),
  );
}
