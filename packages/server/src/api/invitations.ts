import { ENDPOINTS, type Invitation } from '@tandem/api';
import {
  createInvitation,
  type InvitationView,
  listInvitations,
  revokeInvitation,
} from '@tandem/store';
import type { FastifyInstance } from 'fastify';
import { hashToken, newInvitationToken } from '../auth/api-token.ts';
import { endpoint } from '../http/endpoint.ts';
import { Refusal } from '../http/refusal.ts';
import type { Services } from '../services.ts';

/** Invitations as admins make, list and revoke them; join.ts is the other end of the link. */
export function registerInvitations(app: FastifyInstance, { db, clock }: Services): void {
  endpoint(app, ENDPOINTS.listInvitations, async ({ actor, query }) => {
    const { invitations, nextCursor } = await listInvitations(db, actor, query);
    return { invitations: invitations.map(presentInvitation), nextCursor };
  });

  endpoint(app, ENDPOINTS.createInvitation, async ({ actor, body: { role, email } }) => {
    const token = newInvitationToken();
    const made = await createInvitation(
      db,
      actor,
      { hash: hashToken(token), role, email: email?.toLowerCase() ?? null },
      clock.now(),
    );
    return { ...presentInvitation(made), token, mailed: false };
  });

  endpoint(app, ENDPOINTS.revokeInvitation, async ({ actor, params: { id } }) => {
    if (!(await revokeInvitation(db, actor, id, clock.now()))) throw new Refusal('not_found');
  });
}

function presentInvitation({ invitationId: id, ...rest }: InvitationView): Invitation {
  return { id, ...rest };
}
