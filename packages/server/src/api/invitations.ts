import { ENDPOINTS, type Invitation } from '@tandem/api';
import {
  type Actor,
  createInvitation,
  findMember,
  getWorkspace,
  type InvitationView,
  listInvitations,
  revokeInvitation,
} from '@tandem/store';
import type { FastifyInstance } from 'fastify';
import { hashToken, newInvitationToken } from '../auth/api-token.ts';
import { endpoint } from '../http/endpoint.ts';
import { mailLimit, type RateLimits } from '../http/rate-limits.ts';
import { Refusal } from '../http/refusal.ts';
import { compose } from '../mail/compose.ts';
import { invitationLetter } from '../mail/invitation-letter.ts';
import { MailError } from '../mail/mailer.ts';
import type { Services } from '../services.ts';

/** Invitations as admins make, list and revoke them; join.ts is the other end of the link. */
export function registerInvitations(
  app: FastifyInstance,
  services: Services,
  limits: RateLimits,
): void {
  const { db, clock, log, mailer, publicUrl } = services;

  endpoint(app, ENDPOINTS.listInvitations, async ({ actor, query }) => {
    const { invitations, nextCursor } = await listInvitations(db, actor, query);
    return { invitations: invitations.map(presentInvitation), nextCursor };
  });

  endpoint(
    app,
    ENDPOINTS.createInvitation,
    async ({ actor, body: { role, email } }) => {
      const token = newInvitationToken();
      const made = await createInvitation(
        db,
        actor,
        { hash: hashToken(token), role, email: email?.toLowerCase() ?? null },
        clock.now(),
      );
      return { ...presentInvitation(made), token, ...(await mail(actor, made, token)) };
    },
    mailLimit(app, limits),
  );

  /** The invitation stands whatever the mail server says: who made it has the link to send. */
  async function mail(
    actor: Actor,
    { email, role, invitedBy, expiresAt }: InvitationView,
    token: string,
  ): Promise<{ mailed: boolean; mailFault: string | null }> {
    if (mailer === null || email === null) return { mailed: false, mailFault: null };
    const [workspace, member] = await Promise.all([
      getWorkspace(db, actor),
      findMember(db, actor, actor.userId),
    ]);
    const facts = {
      locale: member?.locale ?? 'en',
      timeZone: member?.timeZone ?? null,
      workspace: workspace?.name ?? '',
      invitedBy,
      role,
      expiresAt,
      publicUrl: publicUrl(),
    };
    try {
      await mailer.send({ to: email, ...compose(invitationLetter(facts, token)) });
    } catch (error) {
      if (!(error instanceof MailError)) throw error;
      log.warn({ kind: 'invitation', fault: error.fault }, 'mail.failed');
      return { mailed: false, mailFault: error.fault };
    }
    log.info({ kind: 'invitation' }, 'mail.sent');
    return { mailed: true, mailFault: null };
  }

  endpoint(app, ENDPOINTS.revokeInvitation, async ({ actor, params: { id } }) => {
    if (!(await revokeInvitation(db, actor, id, clock.now()))) throw new Refusal('not_found');
  });
}

function presentInvitation({ invitationId: id, ...rest }: InvitationView): Invitation {
  return { id, ...rest };
}
