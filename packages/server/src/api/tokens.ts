import { type ApiToken as ApiTokenJson, ENDPOINTS } from '@tandem/api';
import { type ApiToken, createApiToken, listApiTokens, revokeApiToken } from '@tandem/store';
import type { FastifyInstance } from 'fastify';
import { hashToken, newToken } from '../auth/api-token.ts';
import { endpoint } from '../http/endpoint.ts';
import { Refusal } from '../http/refusal.ts';
import type { Services } from '../services.ts';

/** A person's tokens for programs. */
export function registerTokens(app: FastifyInstance, { db, clock }: Services): void {
  endpoint(app, ENDPOINTS.listTokens, async ({ actor, query }) => {
    const { tokens, nextCursor } = await listApiTokens(db, actor, query);
    return { tokens: tokens.map(presentToken), nextCursor };
  });

  endpoint(app, ENDPOINTS.createToken, async ({ actor, body: { name } }) => {
    const token = newToken();
    const created = await createApiToken(db, actor, { name, hash: hashToken(token) }, clock.now());
    return { ...presentToken(created), token };
  });

  endpoint(app, ENDPOINTS.revokeToken, async ({ actor, params: { id } }) => {
    if (!(await revokeApiToken(db, actor, id, clock.now()))) throw new Refusal('not_found');
  });
}

function presentToken({ tokenId, name, createdAt, lastUsedAt }: ApiToken): ApiTokenJson {
  return { id: tokenId, name, createdAt, lastUsedAt };
}
