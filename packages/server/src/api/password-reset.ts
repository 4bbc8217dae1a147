import { ENDPOINTS } from '@tandem/api';
import { memberOf, noteAudit } from '@tandem/store';
import type { FastifyInstance } from 'fastify';
import { endpoint } from '../http/endpoint.ts';
import { type RateLimits, signInLimit } from '../http/rate-limits.ts';
import { invalidField, Refusal } from '../http/refusal.ts';
import type { Services } from '../services.ts';

/**
 * A new password by mail. Asking is answered alike whether the address is known or not; the link works once,
 * for an hour, and ends every session of the account and every other link.
 */
export function registerPasswordReset(
  app: FastifyInstance,
  { auth, clock, db, mailer }: Services,
  limits: RateLimits,
): void {
  endpoint(
    app,
    ENDPOINTS.forgotPassword,
    async ({ body: { email }, request }) => {
      if (mailer === null) throw new Refusal('mail_off');
      const answer = await auth.call('request-password-reset', request.headers, { email });
      if (!answer.ok) throw new Refusal('internal');
    },
    signInLimit(app, limits),
  );

  endpoint(
    app,
    ENDPOINTS.resetPassword,
    async ({ body: { token, password }, request }) => {
      const userId = await auth.ownerOfReset(token);
      const answer = await auth.call('reset-password', request.headers, {
        token,
        newPassword: password,
      });
      if (answer.ok) {
        if (userId !== null) await afterReset(userId);
        return;
      }
      const body: unknown = await answer.json().catch(() => null);
      const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : '';
      if (code === 'PASSWORD_TOO_SHORT' || code === 'PASSWORD_TOO_LONG')
        throw invalidField('password', 'must have 8 to 128 characters');
      throw new Refusal(code === 'INVALID_TOKEN' ? 'link_used' : 'internal');
    },
    signInLimit(app, limits),
  );

  async function afterReset(userId: string): Promise<void> {
    await auth.forgetResets(userId);
    const member = await memberOf(db, userId);
    if (member !== null) await noteAudit(db, member, { action: 'password_reset' }, clock.now());
  }
}
