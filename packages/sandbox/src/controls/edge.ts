import { randomBytes } from 'node:crypto';
import formbody from '@fastify/formbody';
import type { FastifyInstance } from 'fastify';
import type { EventBus } from '../events/event-bus.ts';
import { createFaults } from '../faults/faults.ts';
import { registerFaults } from '../faults/register.ts';
import { registerOauth } from '../oauth/register.ts';
import { createTokenStore, type RandomBytes, type TokenStore } from '../oauth/token-store.ts';
import type { Org } from '../org/org.ts';
import { registerPages } from '../pages/register.ts';
import { registerControls } from './register.ts';
import { createRequestLog, registerRequestLog } from './request-log.ts';

export interface OrgEdge {
  readonly sessions: TokenStore;
  register(app: FastifyInstance): Promise<void>;
}

/** Everything around the bare org: sign-in, pages, faults, the request log and the controls. */
export function createEdge(
  org: Org,
  events: EventBus,
  options: { readonly random?: RandomBytes } = {},
): OrgEdge {
  const random = options.random ?? randomBytes;
  const sessions = createTokenStore(org, random);
  const faults = createFaults();
  const requests = createRequestLog(org, sessions);
  return {
    sessions,
    async register(app) {
      registerRequestLog(app, requests);
      registerFaults(app, faults);
      // Its own scope: how forms are parsed and errors are shown must not leak into the REST side.
      await app.register(async (scope) => {
        await scope.register(formbody, { bodyLimit: FORM_BYTES_MAX });
        registerOauth(scope, { org, tokens: sessions, random });
        registerPages(scope, { org, random });
      });
      await app.register(async (scope) => {
        registerControls(scope, { org, tokens: sessions, faults, requests, events });
      });
    },
  };
}

/** A comment may hold 32,000 characters, each up to 12 bytes when percent-encoded. */
const FORM_BYTES_MAX = 512 * 1024;
