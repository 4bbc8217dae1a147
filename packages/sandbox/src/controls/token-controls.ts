import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { approve } from '../oauth/approvals.ts';
import { findApp } from '../oauth/apps.ts';
import { DEFAULT_SCOPE } from '../oauth/scopes.ts';
import { baseUrlOf } from '../pages/reply.ts';
import { BadInput, readInput, userNamed } from './control-input.ts';
import { CONTROLS, type ControlParts } from './parts.ts';

const match = {
  username: z.string().optional(),
  clientId: z.string().optional(),
};

const tokenBody = z.discriminatedUnion('action', [
  /** A session without the web flow, for scripts. */
  z.strictObject({
    action: z.literal('issue'),
    username: z.string(),
    clientId: z.string().default('tandem-local'),
  }),
  /** Sessions end as after two hours of silence; refresh tokens stay. */
  z.strictObject({ action: z.literal('expire'), ...match }),
  /** Refresh tokens and their sessions end, as when a user removes the app. */
  z.strictObject({ action: z.literal('revoke'), ...match }),
]);

/** `tokens`: who is connected, and how that ends. */
export function registerTokenControls(app: FastifyInstance, { org, tokens }: ControlParts): void {
  const nameOf = (userId: string) =>
    org.users().find((user) => user.Id === userId)?.Username ?? userId;
  const shown = (token: {
    token: string;
    userId: string;
    clientId: string;
    scope: string;
    issuedAt: number;
    usedAt: number;
  }) => ({
    ending: token.token.slice(-6),
    username: nameOf(token.userId),
    clientId: token.clientId,
    scope: token.scope,
    issuedAt: new Date(token.issuedAt).toISOString(),
    usedAt: new Date(token.usedAt).toISOString(),
  });

  app.get(`${CONTROLS}/tokens`, async () => {
    const living = tokens.list();
    return { access: living.access.map(shown), refresh: living.refresh.map(shown) };
  });

  app.post(`${CONTROLS}/tokens`, async (request) => {
    const body = readInput(tokenBody, request.body);
    if (body.action === 'issue') {
      const user = userNamed(org, body.username, 'username');
      const client = findApp(org, body.clientId);
      if (client === null)
        throw new BadInput('clientId', `clientId: no app is called ${body.clientId}`);
      const grant = { userId: user.Id, clientId: client.clientId, scope: DEFAULT_SCOPE };
      approve(org, user.Id, client, DEFAULT_SCOPE);
      const refresh = tokens.issueRefresh(grant);
      const access = tokens.issueAccess(grant, refresh.token);
      return {
        access_token: access.token,
        refresh_token: refresh.token,
        instance_url: baseUrlOf(request),
        user_id: user.Id,
      };
    }
    const userId =
      body.username === undefined ? undefined : userNamed(org, body.username, 'username').Id;
    const which = { userId, clientId: body.clientId };
    if (body.action === 'expire') return { expired: tokens.expireAccess(which) };
    const revoked = tokens.revokeRefresh(which);
    return { revoked, expired: tokens.expireAccess(which) };
  });
}
