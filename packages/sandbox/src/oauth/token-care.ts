import type { FastifyInstance, FastifyReply } from 'fastify';
import { baseUrlOf, formValue } from '../pages/reply.ts';
import type { OauthParts } from './parts.ts';
import { identifyClient, identityUrl, sendJson } from './token.ts';

const MINUTE_MS = 60_000;

/** `/revoke` and `/introspect`. */
export function registerTokenCare(app: FastifyInstance, { org, tokens }: OauthParts): void {
  const revoke = async (token: string | undefined, reply: FastifyReply) => {
    if (token !== undefined && tokens.revoke(token)) return await reply.code(200).send('');
    return await reply
      .code(400)
      .type('application/x-www-form-urlencoded')
      .send(
        new URLSearchParams({
          error: 'unsupported_token_type',
          error_description: 'this token type is not supported',
        }).toString(),
      );
  };
  app.post('/services/oauth2/revoke', async (request, reply) =>
    revoke(formValue(request.body, 'token') ?? formValue(request.query, 'token'), reply),
  );
  app.get('/services/oauth2/revoke', async (request, reply) =>
    revoke(formValue(request.query, 'token'), reply),
  );

  app.post('/services/oauth2/introspect', async (request, reply) => {
    const client = identifyClient(org, request, (name) => formValue(request.body, name));
    if (!client.ok) {
      return await sendJson(reply, 401, {
        error: client.error,
        error_description: client.description,
      });
    }
    const text = formValue(request.body, 'token') ?? '';
    const access = tokens.inspect(text);
    const found = access ?? tokens.findRefresh(text);
    const user = org.users().find((candidate) => candidate.Id === found?.userId);
    if (found === null || user === undefined || found.clientId !== client.app.clientId) {
      return await sendJson(reply, 200, { active: false });
    }
    const seconds = (ms: number) => Math.floor(ms / 1_000);
    return await sendJson(reply, 200, {
      active: true,
      scope: found.scope,
      client_id: found.clientId,
      username: user.Username,
      sub: identityUrl(baseUrlOf(request), org, user),
      token_type: access === null ? 'refresh_token' : 'access_token',
      ...(access === null
        ? {}
        : { exp: seconds(access.usedAt + org.settings.sessionTimeoutMinutes * MINUTE_MS) }),
      iat: seconds(found.issuedAt),
      nbf: seconds(found.issuedAt),
    });
  });
}
