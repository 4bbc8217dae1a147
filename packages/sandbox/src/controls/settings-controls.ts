import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { FOLLOWABLE } from '../events/event-bus.ts';
import { APPS_MAX, type ConnectedApp, listApps, saveApp } from '../oauth/apps.ts';
import type { OrgSettings } from '../org/org.ts';
import { BadInput, readInput } from './control-input.ts';
import { CONTROLS, type ControlParts } from './parts.ts';

const settingsBody = z.strictObject({
  creationKeyField: z.boolean().optional(),
  refreshTokenRotation: z.boolean().optional(),
  activityAccess: z.enum(['private', 'controlled_by_parent']).optional(),
  parentAccess: z.enum(['public', 'private']).optional(),
  restrictedPicklists: z
    .array(z.string().regex(/^\w+\.\w+$/, 'write Object.Field'))
    .max(100)
    .optional(),
  dailyApiRequests: z.number().int().min(1).max(100_000_000).optional(),
  sessionTimeoutMinutes: z.number().int().min(1).max(1_440).optional(),
  changeEventEntities: z.array(z.enum(FOLLOWABLE)).max(FOLLOWABLE.length).optional(),
  dailyEventDeliveries: z.number().int().min(0).max(100_000_000).optional(),
} satisfies Record<keyof OrgSettings, z.ZodType>);

const appBody = z.strictObject({
  clientId: z.string().regex(/^[\w.-]{1,255}$/, 'letters, digits, dot, dash and underscore'),
  name: z.string().min(1).max(255),
  secret: z.string().min(1).max(255).nullable().default(null),
  redirectUris: z.array(z.url()).max(20).default([]),
  loopbackAnyPort: z.boolean().default(false),
  runAs: z.string().nullable().default(null),
  certificate: z.string().max(20_000).nullable().default(null),
  preApproved: z.boolean().default(false),
  permittedUsernames: z.array(z.string()).max(1_000).nullable().default(null),
});

/** `settings` of the org, and the connected `apps`. */
export function registerSettingsControls(app: FastifyInstance, { org }: ControlParts): void {
  app.get(`${CONTROLS}/settings`, async () => org.settings);
  app.post(`${CONTROLS}/settings`, async (request) => {
    const asked = readInput(settingsBody, request.body);
    const given = Object.entries(asked).filter(([, value]) => value !== undefined);
    org.changeSettings(Object.fromEntries(given) as Partial<OrgSettings>);
    return org.settings;
  });

  const shown = (client: ConnectedApp) => ({
    ...client,
    secret: client.secret === null ? null : 'set',
  });
  app.get(`${CONTROLS}/apps`, async () => ({ apps: listApps(org).map(shown) }));
  app.post(`${CONTROLS}/apps`, async (request, reply) => {
    const client = readInput(appBody, request.body);
    if (listApps(org).length >= APPS_MAX)
      throw new BadInput('body', `body: there are ${APPS_MAX} apps already`);
    saveApp(org, client);
    return await reply.code(201).send(shown(client));
  });
}
