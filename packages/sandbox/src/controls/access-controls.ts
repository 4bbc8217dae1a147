import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { withdrawApproval } from '../oauth/approvals.ts';
import { findApp, saveApp } from '../oauth/apps.ts';
import { BadInput, controlCtx, readInput, recordIds, userNamed } from './control-input.ts';
import { CONTROLS, type ControlParts } from './parts.ts';

const accessBody = z.discriminatedUnion('action', [
  /** Sharing lost: the rows are gone for this user, and nothing says so. */
  z.strictObject({ action: z.literal('hide'), username: z.string(), ids: recordIds }),
  z.strictObject({
    action: z.literal('unhide'),
    username: z.string(),
    ids: z.union([recordIds, z.literal('all')]),
  }),
  z.strictObject({ action: z.literal('user'), username: z.string(), active: z.boolean() }),
  /** Who may use the app; null lets in everybody. */
  z.strictObject({
    action: z.literal('app'),
    clientId: z.string(),
    permittedUsernames: z.array(z.string()).max(1_000).nullable(),
  }),
  /** The user has to approve the app anew. */
  z.strictObject({ action: z.literal('withdraw'), username: z.string(), clientId: z.string() }),
]);

/** `access`: who may see and do what. */
export function registerAccessControls(app: FastifyInstance, { org, tokens }: ControlParts): void {
  app.get(`${CONTROLS}/access`, async () => {
    const { hidden } = org.snapshot();
    return {
      activityAccess: org.settings.activityAccess,
      parentAccess: org.settings.parentAccess,
      hidden: org.users().map((user) => ({ username: user.Username, ids: hidden[user.Id] ?? [] })),
    };
  });

  app.post(`${CONTROLS}/access`, async (request) => {
    const body = readInput(accessBody, request.body);
    switch (body.action) {
      case 'hide':
        org.hide(userNamed(org, body.username, 'username').Id, body.ids);
        break;
      case 'unhide':
        org.unhide(userNamed(org, body.username, 'username').Id, body.ids);
        break;
      case 'user': {
        const user = userNamed(org, body.username, 'username');
        org.update('User', user.Id, { IsActive: body.active }, controlCtx(org));
        break;
      }
      case 'app': {
        const client = findApp(org, body.clientId);
        if (client === null)
          throw new BadInput('clientId', `clientId: no app is called ${body.clientId}`);
        saveApp(org, { ...client, permittedUsernames: body.permittedUsernames });
        break;
      }
      case 'withdraw': {
        const user = userNamed(org, body.username, 'username');
        withdrawApproval(org, user.Id, body.clientId);
        tokens.revokeRefresh({ userId: user.Id, clientId: body.clientId });
        tokens.expireAccess({ userId: user.Id, clientId: body.clientId });
        break;
      }
    }
    return { done: body.action };
  });
}
