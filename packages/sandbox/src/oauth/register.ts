import type { FastifyInstance } from 'fastify';
import { registerAuthorize } from './authorize.ts';
import { registerIdentity } from './identity.ts';
import { registerLogin } from './login.ts';
import type { OauthParts } from './parts.ts';
import { registerToken } from './token.ts';
import { registerTokenCare } from './token-care.ts';

/** Salesforce's OAuth endpoints and the two pages a person meets on the way. */
export function registerOauth(app: FastifyInstance, parts: OauthParts): void {
  registerLogin(app, parts);
  registerAuthorize(app, parts);
  registerToken(app, parts);
  registerTokenCare(app, parts);
  registerIdentity(app, parts);
}
