import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { OrgRecord } from '../org/org.ts';
import { baseUrlOf, formValue } from '../pages/reply.ts';
import type { OauthParts } from './parts.ts';
import { SCOPES } from './scopes.ts';
import { identityUrl, sendJson } from './token.ts';

/** Who the bearer is: the identity URL, OpenID's userinfo, and the discovery document. */
export function registerIdentity(app: FastifyInstance, { org, tokens }: OauthParts): void {
  const bearerUser = (request: FastifyRequest): OrgRecord | null => {
    const header = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const token =
      header ??
      formValue(request.query, 'oauth_token') ??
      formValue(request.query, 'access_token') ??
      formValue(request.body, 'access_token');
    const session = token === undefined ? null : tokens.resolve(token);
    return org.users().find((user) => user.Id === session?.userId) ?? null;
  };
  const refused = async (reply: FastifyReply) =>
    await reply.code(403).type('text/plain; charset=utf-8').send('Bad_OAuth_Token');

  const userinfo = async (request: FastifyRequest, reply: FastifyReply) => {
    const user = bearerUser(request);
    if (user === null) return await refused(reply);
    return await sendJson(reply, 200, userinfoOf(user, org.id, baseUrlOf(request)));
  };
  app.get('/services/oauth2/userinfo', userinfo);
  app.post('/services/oauth2/userinfo', userinfo);

  app.get<{ Params: { orgId: string; userId: string } }>(
    '/id/:orgId/:userId',
    async (request, reply) => {
      const user = bearerUser(request);
      if (user === null) return await refused(reply);
      const { orgId, userId } = request.params;
      const sameOrg = orgId.slice(0, 15) === org.id.slice(0, 15);
      // As in a real org a token opens its own user's identity only.
      if (!sameOrg || userId.slice(0, 15) !== user.Id.slice(0, 15)) {
        return await reply.code(403).type('text/plain; charset=utf-8').send('Missing_OAuth_Token');
      }
      return await sendJson(
        reply,
        200,
        identityOf(user, org.id, baseUrlOf(request), identityUrl(baseUrlOf(request), org, user)),
      );
    },
  );

  app.get('/.well-known/openid-configuration', async (request, reply) => {
    const base = baseUrlOf(request);
    return await sendJson(reply, 200, {
      issuer: base,
      authorization_endpoint: `${base}/services/oauth2/authorize`,
      token_endpoint: `${base}/services/oauth2/token`,
      revocation_endpoint: `${base}/services/oauth2/revoke`,
      userinfo_endpoint: `${base}/services/oauth2/userinfo`,
      introspection_endpoint: `${base}/services/oauth2/introspect`,
      scopes_supported: Object.keys(SCOPES),
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      code_challenge_methods_supported: ['S256', 'plain'],
      token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
      display_values_supported: ['page'],
    });
  });
}

function identityOf(user: OrgRecord, orgId: string, base: string, id: string) {
  return {
    id,
    asserted_user: true,
    user_id: user.Id,
    organization_id: orgId,
    username: user.Username,
    nick_name: nickName(user),
    display_name: user.Name,
    email: user.Email,
    email_verified: true,
    first_name: user.FirstName ?? null,
    last_name: user.LastName ?? null,
    timezone: user.TimeZoneSidKey ?? 'Europe/Berlin',
    photos: photos(base),
    addr_street: null,
    addr_city: null,
    addr_state: null,
    addr_country: null,
    addr_zip: null,
    mobile_phone: null,
    mobile_phone_verified: false,
    is_lightning_login_user: false,
    status: { created_date: null, body: null },
    urls: urls(base, orgId, user),
    active: user.IsActive !== false,
    user_type: user.UserType ?? 'STANDARD',
    language: user.LanguageLocaleKey ?? 'en_US',
    locale: user.LocaleSidKey ?? 'en_US',
    utcOffset: 0,
    last_modified_date: user.LastModifiedDate ?? null,
    is_app_installed: true,
  };
}

function userinfoOf(user: OrgRecord, orgId: string, base: string) {
  return {
    sub: `${base}/id/${orgId}/${user.Id}`,
    user_id: user.Id,
    organization_id: orgId,
    preferred_username: user.Username,
    nickname: nickName(user),
    name: user.Name,
    email: user.Email,
    email_verified: true,
    given_name: user.FirstName ?? null,
    family_name: user.LastName ?? null,
    zoneinfo: user.TimeZoneSidKey ?? 'Europe/Berlin',
    photos: photos(base),
    profile: `${base}/${user.Id}`,
    picture: photos(base).picture,
    address: {},
    urls: urls(base, orgId, user),
    active: user.IsActive !== false,
    user_type: user.UserType ?? 'STANDARD',
    language: user.LanguageLocaleKey ?? 'en_US',
    locale: user.LocaleSidKey ?? 'en_US',
    utcOffset: 0,
    updated_at: user.LastModifiedDate ?? null,
    is_app_installed: true,
  };
}

function nickName(user: OrgRecord): string {
  return String(user.CommunityNickname ?? user.Alias ?? user.Username).split('@')[0] ?? '';
}

function photos(base: string) {
  return {
    picture: `${base}/profilephoto/005/F`,
    thumbnail: `${base}/profilephoto/005/T`,
  };
}

function urls(base: string, orgId: string, user: OrgRecord): Record<string, string> {
  const data = `${base}/services/data/v{version}/`;
  return {
    enterprise: `${base}/services/Soap/c/{version}/${orgId.slice(0, 15)}`,
    metadata: `${base}/services/Soap/m/{version}/${orgId.slice(0, 15)}`,
    partner: `${base}/services/Soap/u/{version}/${orgId.slice(0, 15)}`,
    rest: data,
    sobjects: `${data}sobjects/`,
    search: `${data}search/`,
    query: `${data}query/`,
    recent: `${data}recent/`,
    tooling_rest: `${data}tooling/`,
    profile: `${base}/${user.Id}`,
    custom_domain: base,
  };
}
