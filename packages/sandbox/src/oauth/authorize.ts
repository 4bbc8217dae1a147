import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Org, OrgRecord } from '../org/org.ts';
import { formValue, sendPage } from '../pages/reply.ts';
import { approve, isApproved } from './approvals.ts';
import { appPermits, type ConnectedApp, findApp, redirectAllowed } from './apps.ts';
import { issueCode, type PkceChallenge, parseChallenge } from './codes.ts';
import { approvalPage, authorizeErrorPage } from './oauth-pages.ts';
import type { OauthParts } from './parts.ts';
import { type PageSession, pageSession } from './people.ts';
import { parseScope } from './scopes.ts';

const AUTHORIZE = '/services/oauth2/authorize';
export const APPROVAL_PAGE = '/setup/secur/RemoteAccessAuthorizationPage.apexp';

/** An authorisation request that may be answered by a redirect. */
interface Wish {
  readonly app: ConnectedApp;
  readonly redirectUri: string;
  readonly state: string | undefined;
  readonly scope: string;
  readonly challenge: PkceChallenge | null;
  readonly prompt: ReadonlySet<string>;
  readonly loginHint: string | undefined;
}

type Reading =
  | { readonly kind: 'wish'; readonly wish: Wish }
  /** Client or callback cannot be trusted: say it here, send nobody anywhere. */
  | { readonly kind: 'page'; readonly code: string; readonly message: string }
  | { readonly kind: 'redirect'; readonly to: string };

/**
 * The web flow: who are you (login page), do you let this app in (approval page), here is the code.
 * Each step carries the whole request in its address and reads it anew, so nothing is kept between.
 */
export function registerAuthorize(app: FastifyInstance, parts: OauthParts): void {
  const { org, random } = parts;

  const grant = (wish: Wish, user: OrgRecord, reply: FastifyReply) => {
    const code = issueCode(org, random, {
      userId: user.Id,
      clientId: wish.app.clientId,
      scope: wish.scope,
      redirectUri: wish.redirectUri,
      challenge: wish.challenge,
    });
    return reply.redirect(answerUrl(wish, { code }), 302);
  };

  const authorize = async (request: FastifyRequest, reply: FastifyReply) => {
    const query = queryOf(request);
    const reading = readWish(org, query);
    if (reading.kind !== 'wish') return refuse(reading, reply);
    const { wish } = reading;
    const signedIn = signedInUser(org, request);
    const silent = wish.prompt.has('none');
    if (signedIn === null || wish.prompt.has('login')) {
      if (silent)
        return reply.redirect(errorUrl(wish, 'login_required', 'user is not signed in'), 302);
      return reply.redirect(loginUrl(query, wish), 302);
    }
    if (!appPermits(wish.app, String(signedIn.user.Username))) {
      return reply.redirect(
        errorUrl(wish, 'OAUTH_APP_ACCESS_DENIED', 'user is not admin approved to access this app'),
        302,
      );
    }
    const approved = isApproved(org, signedIn.user.Id, wish.app, wish.scope);
    if (approved && !wish.prompt.has('consent')) return grant(wish, signedIn.user, reply);
    if (silent)
      return reply.redirect(
        errorUrl(wish, 'consent_required', 'user has not approved this app'),
        302,
      );
    return reply.redirect(`${APPROVAL_PAGE}?source=${pack(query)}`, 302);
  };
  app.get(AUTHORIZE, authorize);
  app.post(AUTHORIZE, authorize);

  app.get(APPROVAL_PAGE, async (request, reply) => {
    const source = formValue(request.query, 'source');
    const reading = readWish(org, unpack(source));
    if (reading.kind !== 'wish') return refuse(reading, reply);
    const signedIn = signedInUser(org, request);
    if (signedIn === null) return reply.redirect(loginUrl(unpack(source), reading.wish), 302);
    return sendPage(
      reply,
      approvalPage({
        orgName: org.name,
        appName: reading.wish.app.name,
        callback: new URL(reading.wish.redirectUri).host,
        scope: reading.wish.scope,
        user: signedIn.user,
        csrf: signedIn.session.csrf,
        source: source ?? '',
        otherPersonUrl: loginUrl(unpack(source), reading.wish),
      }),
    );
  });

  app.post(APPROVAL_PAGE, async (request, reply) => {
    const query = unpack(formValue(request.body, 'source'));
    const reading = readWish(org, query);
    if (reading.kind !== 'wish') return refuse(reading, reply);
    const signedIn = signedInUser(org, request);
    if (signedIn === null) return reply.redirect(loginUrl(query, reading.wish), 302);
    if (formValue(request.body, 'csrf') !== signedIn.session.csrf) {
      const message = 'This page was open for too long. Start again from the app.';
      return sendPage(reply, authorizeErrorPage(org.name, 'invalid_csrf_token', message), 403);
    }
    const { wish } = reading;
    if (formValue(request.body, 'save') !== 'allow') {
      return reply.redirect(errorUrl(wish, 'access_denied', 'end-user denied authorization'), 302);
    }
    if (!appPermits(wish.app, String(signedIn.user.Username))) {
      return reply.redirect(
        errorUrl(wish, 'OAUTH_APP_ACCESS_DENIED', 'user is not admin approved to access this app'),
        302,
      );
    }
    approve(org, signedIn.user.Id, wish.app, wish.scope);
    return grant(wish, signedIn.user, reply);
  });

  const refuse = (reading: Exclude<Reading, { kind: 'wish' }>, reply: FastifyReply) =>
    reading.kind === 'redirect'
      ? reply.redirect(reading.to, 302)
      : sendPage(reply, authorizeErrorPage(org.name, reading.code, reading.message), 400);
}

function readWish(org: Org, query: URLSearchParams): Reading {
  const one = (name: string) => query.get(name) ?? undefined;
  const app = findApp(org, one('client_id') ?? '');
  if (app === null) {
    return { kind: 'page', code: 'invalid_client_id', message: 'client identifier invalid' };
  }
  const asked = one('redirect_uri');
  const redirectUri = asked ?? (app.loopbackAnyPort ? undefined : app.redirectUris[0]);
  if (redirectUri === undefined || !redirectAllowed(app, redirectUri)) {
    const message = 'redirect_uri must match configuration';
    return { kind: 'page', code: 'redirect_uri_mismatch', message };
  }
  const bare = { redirectUri, state: one('state') };
  const sendBack = (error: string, description: string): Reading => ({
    kind: 'redirect',
    to: errorUrl(bare, error, description),
  });
  if (one('response_type') !== 'code') {
    return sendBack('unsupported_response_type', 'response type not supported');
  }
  const scope = parseScope(one('scope'));
  if (!scope.ok) return sendBack('invalid_scope', 'the requested scope is not allowed');
  const pkce = parseChallenge(one('code_challenge'), one('code_challenge_method'));
  if (!pkce.ok) return sendBack('invalid_request', pkce.description);
  const prompt = new Set((one('prompt') ?? '').split(/[\s+]+/).filter((word) => word !== ''));
  return {
    kind: 'wish',
    wish: {
      ...bare,
      app,
      scope: scope.scope,
      challenge: pkce.challenge,
      prompt,
      loginHint: one('login_hint'),
    },
  };
}

function signedInUser(
  org: Org,
  request: FastifyRequest,
): { readonly session: PageSession; readonly user: OrgRecord } | null {
  const session = pageSession(org, request.headers.cookie);
  const user = org.users().find((candidate) => candidate.Id === session?.userId);
  return session === null || user === undefined ? null : { session, user };
}

/** To the login page and back here; the second time `prompt=login` is already satisfied. */
function loginUrl(query: URLSearchParams, wish: Wish): string {
  const after = new URLSearchParams(query);
  const rest = [...wish.prompt].filter((word) => word !== 'login').join(' ');
  if (rest === '') after.delete('prompt');
  else after.set('prompt', rest);
  const login = new URLSearchParams({ ec: '302', startURL: `${AUTHORIZE}?${after.toString()}` });
  if (wish.loginHint !== undefined) login.set('un', wish.loginHint);
  return `/?${login.toString()}`;
}

function answerUrl(
  wish: Pick<Wish, 'redirectUri' | 'state'>,
  values: Readonly<Record<string, string>>,
): string {
  const url = new URL(wish.redirectUri);
  for (const [name, value] of Object.entries(values)) url.searchParams.set(name, value);
  if (wish.state !== undefined) url.searchParams.set('state', wish.state);
  return url.toString();
}

function errorUrl(
  wish: Pick<Wish, 'redirectUri' | 'state'>,
  error: string,
  description: string,
): string {
  return answerUrl(wish, { error, error_description: description });
}

function queryOf(request: FastifyRequest): URLSearchParams {
  const query = new URLSearchParams(request.url.split('?')[1] ?? '');
  if (request.method === 'POST' && typeof request.body === 'object' && request.body !== null) {
    for (const name of Object.keys(request.body)) {
      const value = formValue(request.body, name);
      if (value !== undefined) query.set(name, value);
    }
  }
  return query;
}

function pack(query: URLSearchParams): string {
  return Buffer.from(query.toString()).toString('base64url');
}

function unpack(source: string | undefined): URLSearchParams {
  return new URLSearchParams(Buffer.from(source ?? '', 'base64url').toString('utf8'));
}
