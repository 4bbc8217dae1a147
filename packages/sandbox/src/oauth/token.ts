import { createHmac } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Org, OrgRecord } from '../org/org.ts';
import { baseUrlOf, formValue } from '../pages/reply.ts';
import { isApproved } from './approvals.ts';
import { appPermits, type ConnectedApp, findApp } from './apps.ts';
import { redeemCode, sameText } from './codes.ts';
import { readAssertion } from './jwt.ts';
import type { OauthParts } from './parts.ts';
import { checkPassword } from './people.ts';
import { type TokenGrant, userIsActive } from './token-store.ts';

type Answer =
  | { readonly ok: true; readonly body: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly error: string; readonly description: string };

interface Asked {
  readonly app: ConnectedApp;
  readonly baseUrl: string;
  field(name: string): string | undefined;
}

type Grant = (parts: OauthParts, asked: Asked) => Answer;

/** `POST /services/oauth2/token`: every way to a session. */
export function registerToken(app: FastifyInstance, parts: OauthParts): void {
  app.post('/services/oauth2/token', async (request, reply) => {
    const answer = answerToken(parts, request);
    if (answer.ok) return await sendJson(reply, 200, answer.body);
    return await sendJson(reply, 400, {
      error: answer.error,
      error_description: answer.description,
    });
  });
}

function answerToken(parts: OauthParts, request: FastifyRequest): Answer {
  const field = (name: string) => formValue(request.body, name) ?? formValue(request.query, name);
  const grantType = field('grant_type') ?? '';
  const grant = GRANTS[grantType];
  if (grant === undefined) return refuse('unsupported_grant_type', 'grant type not supported');
  const asked = { field, baseUrl: baseUrlOf(request) };
  if (grantType === JWT_BEARER) {
    const app = findApp(parts.org, readAssertion(field('assertion'))?.issuer ?? '');
    if (app === null) return refuse('invalid_client_id', 'client identifier invalid');
    return grant(parts, { ...asked, app });
  }
  const client = identifyClient(parts.org, request, field);
  return client.ok ? grant(parts, { ...asked, app: client.app }) : client;
}

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

const GRANTS: Readonly<Record<string, Grant>> = {
  authorization_code(parts, { app, field, baseUrl }) {
    const redeemed = redeemCode(parts.org, field('code') ?? '', {
      clientId: app.clientId,
      redirectUri: field('redirect_uri') ?? '',
      verifier: field('code_verifier') ?? null,
    });
    if (!redeemed.ok) return redeemed;
    return open(parts, app, redeemed.code, baseUrl, { withRefresh: true });
  },

  refresh_token(parts, { app, field, baseUrl }) {
    const { org, tokens } = parts;
    const found = tokens.findRefresh(field('refresh_token') ?? '');
    if (found === null || found.clientId !== app.clientId) {
      return refuse('invalid_grant', 'expired access/refresh token');
    }
    if (!userIsActive(org, found.userId)) return refuse('inactive_user', 'user is inactive');
    if (org.settings.refreshTokenRotation) {
      tokens.revoke(found.token);
      return open(parts, app, found, baseUrl, { withRefresh: true });
    }
    tokens.touchRefresh(found.token);
    return open(parts, app, found, baseUrl, { withRefresh: false, refresh: found.token });
  },

  password(parts, { app, field, baseUrl }) {
    const signIn = checkPassword(parts.org, field('username') ?? '', field('password') ?? '');
    if (!signIn.ok) {
      return signIn.reason === 'inactive'
        ? refuse('inactive_user', 'user is inactive')
        : refuse('invalid_grant', 'authentication failure');
    }
    const grant = { userId: signIn.user.Id, clientId: app.clientId, scope: 'api' };
    return open(parts, app, grant, baseUrl, { withRefresh: false });
  },

  client_credentials(parts, { app, baseUrl }) {
    if (app.secret === null) return refuse('invalid_client', 'invalid client credentials');
    const user = app.runAs === null ? null : parts.org.userByName(app.runAs);
    if (user === null) return refuse('invalid_grant', 'no client credentials user enabled');
    const grant = { userId: user.Id, clientId: app.clientId, scope: 'api' };
    return open(parts, app, grant, baseUrl, { withRefresh: false });
  },

  [JWT_BEARER](parts, { app, field, baseUrl }) {
    const { org } = parts;
    const assertion = readAssertion(field('assertion'));
    if (assertion === null || app.certificate === null || !assertion.signedWith(app.certificate)) {
      return refuse('invalid_grant', 'invalid assertion');
    }
    if (!audiences(baseUrl).has(assertion.audience.replace(/\/$/, ''))) {
      return refuse('invalid_grant', 'audience is invalid');
    }
    if (assertion.expiresAtMs === null || assertion.expiresAtMs <= org.clock.now()) {
      return refuse('invalid_grant', 'token validity expired');
    }
    const user = org.userByName(assertion.subject);
    if (user === null || user.IsActive === false || !isApproved(org, user.Id, app)) {
      return refuse('invalid_grant', "user hasn't approved this consumer");
    }
    const grant = { userId: user.Id, clientId: app.clientId, scope: 'api' };
    return open(parts, app, grant, baseUrl, { withRefresh: false });
  },
};

/** Opens the session and words it as Salesforce does: `issued_at` is text in ms, no `expires_in`. */
function open(
  { org, tokens }: OauthParts,
  app: ConnectedApp,
  grant: TokenGrant,
  baseUrl: string,
  how: { readonly withRefresh: boolean; readonly refresh?: string },
): Answer {
  const user = org.users().find((candidate) => candidate.Id === grant.userId);
  if (user === undefined) return refuse('invalid_grant', 'authentication failure');
  if (!appPermits(app, String(user.Username))) {
    return refuse('invalid_app_access', 'user is not admin approved to access this app');
  }
  const fresh = how.withRefresh && wantsRefresh(grant.scope) ? tokens.issueRefresh(grant) : null;
  const access = tokens.issueAccess(grant, fresh?.token ?? how.refresh ?? null);
  const id = identityUrl(baseUrl, org, user);
  const issuedAt = String(access.issuedAt);
  return {
    ok: true,
    body: {
      access_token: access.token,
      ...(fresh === null ? {} : { refresh_token: fresh.token }),
      signature: createHmac('sha256', app.secret ?? '')
        .update(id + issuedAt)
        .digest('base64'),
      scope: grant.scope,
      instance_url: baseUrl,
      id,
      token_type: 'Bearer',
      issued_at: issuedAt,
    },
  };
}

export function identityUrl(baseUrl: string, org: Org, user: OrgRecord): string {
  return `${baseUrl}/id/${org.id}/${user.Id}`;
}

/** The client by Basic header or by body; `invalid_client` when a secret is due and wrong. */
export function identifyClient(
  org: Org,
  request: FastifyRequest,
  field: (name: string) => string | undefined,
): { readonly ok: true; readonly app: ConnectedApp } | (Answer & { readonly ok: false }) {
  const basic = basicCredentials(request.headers.authorization);
  const app = findApp(org, basic?.id ?? field('client_id') ?? '');
  if (app === null) return refuse('invalid_client_id', 'client identifier invalid');
  if (app.secret !== null && !sameText(basic?.secret ?? field('client_secret') ?? '', app.secret)) {
    return refuse('invalid_client', 'invalid client credentials');
  }
  return { ok: true, app };
}

export async function sendJson(
  reply: FastifyReply,
  status: number,
  body: unknown,
): Promise<FastifyReply> {
  return await reply
    .code(status)
    .header('content-type', 'application/json;charset=UTF-8')
    .header('cache-control', 'no-cache, no-store')
    .send(JSON.stringify(body));
}

function basicCredentials(header: string | undefined): { id: string; secret: string } | null {
  const encoded = /^Basic\s+(\S+)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) return null;
  return { id: unescapeForm(text.slice(0, colon)), secret: unescapeForm(text.slice(colon + 1)) };
}

/** Some clients percent-encode both halves (RFC 6749 §2.3.1), some do not. */
function unescapeForm(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The hosts a JWT may name as its audience: this org and the two public login hosts. */
function audiences(baseUrl: string): ReadonlySet<string> {
  return new Set([baseUrl, 'https://login.salesforce.com', 'https://test.salesforce.com']);
}

function wantsRefresh(scope: string): boolean {
  return scope.split(' ').some((word) => word === 'refresh_token' || word === 'offline_access');
}

function refuse(error: string, description: string): Answer & { readonly ok: false } {
  return { ok: false, error, description };
}
