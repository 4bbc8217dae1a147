import { createHash, randomBytes } from 'node:crypto';
import type { SalesforceId } from '@tandem/engine';
import { type Fetch, type HttpRequest, send } from './http.ts';
import { salesforceId } from './ids.ts';
import { isObject, type JsonObject, parseJson, textOr } from './json.ts';
import type { AccessToken } from './tokens.ts';

/** `refused`: Salesforce said no, in its own words. `unknown`: no usable answer, try again later. */
export type OAuthResult<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'unknown'; readonly message: string };

export interface TokenGrant extends AccessToken {
  /** Null on a refresh, unless the org rotates refresh tokens. */
  readonly refreshToken: string | null;
  /** Salesforce's identity URL; its path names org and user. */
  readonly identityUrl: string;
  readonly scope: string;
}

export interface Identity {
  readonly userId: SalesforceId;
  readonly orgId: SalesforceId;
  readonly username: string;
  readonly displayName: string;
  readonly email: string;
}

export interface Pkce {
  /** Kept by the server until the code comes back. */
  readonly verifier: string;
  /** Goes to Salesforce in the authorize URL. */
  readonly challenge: string;
}

export interface OAuth {
  pkce(): Pkce;
  authorizeUrl(request: { redirectUri: string; state: string; challenge: string }): string;
  exchange(request: {
    code: string;
    verifier: string;
    redirectUri: string;
  }): Promise<OAuthResult<TokenGrant>>;
  /** The caller runs refreshes of one connection one after the other (see `tokensFrom`). */
  refresh(refreshToken: string): Promise<OAuthResult<TokenGrant>>;
  /** Revoking a refresh token ends its access tokens as well. */
  revoke(token: string): Promise<OAuthResult<null>>;
  identity(grant: TokenGrant): Promise<OAuthResult<Identity>>;
}

export interface OAuthOptions {
  readonly loginUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly fetch?: Fetch;
  readonly random?: (bytes: number) => Uint8Array;
  readonly timeoutMs?: number;
}

/** Reading and writing records, and staying connected. Nothing more. */
const SCOPE = 'api refresh_token';
/** A person waits for most of these, and a refresh holds a lock. */
const OAUTH_TIMEOUT_MS = 20_000;
/** Token replies are about 1 KB, identities 3 KB; an error page may be somewhat longer. */
const MAX_OAUTH_REPLY_BYTES = 256 * 1024;
/** 32 random bytes give the 43 characters RFC 7636 asks for at least. */
const VERIFIER_BYTES = 32;

/** Refusals that say nothing about the grant: the same request may go through later. */
const PASSING = new Set(['rate_limit_exceeded', 'server_error', 'temporarily_unavailable']);

export function createOAuth(options: OAuthOptions): OAuth {
  const fetch = options.fetch ?? globalThis.fetch;
  const random = options.random ?? randomBytes;
  const loginUrl = options.loginUrl.replace(/\/+$/, '');
  const client = { client_id: options.clientId, client_secret: options.clientSecret };

  async function call(
    request: Pick<HttpRequest, 'method' | 'url'>,
    headers: Readonly<Record<string, string>>,
    form: Readonly<Record<string, string>> | null,
  ): Promise<OAuthResult<JsonObject>> {
    const sent = await send(fetch, {
      ...request,
      headers: {
        accept: 'application/json',
        ...(form === null ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        ...headers,
      },
      body: form === null ? null : new URLSearchParams(form).toString(),
      timeoutMs: options.timeoutMs ?? OAUTH_TIMEOUT_MS,
      maxReplyBytes: MAX_OAUTH_REPLY_BYTES,
    });
    if (sent.kind !== 'reply') return { kind: 'unknown', message: sent.message };
    return resultOf(sent.status, sent.text);
  }

  async function token(form: Readonly<Record<string, string>>): Promise<OAuthResult<TokenGrant>> {
    const url = `${loginUrl}/services/oauth2/token`;
    const result = await call({ method: 'POST', url }, {}, { ...form, ...client });
    return mapResult(result, (body) => grantOf(body, loginUrl));
  }

  return {
    pkce() {
      const verifier = Buffer.from(random(VERIFIER_BYTES)).toString('base64url');
      return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
    },

    authorizeUrl({ redirectUri, state, challenge }) {
      const query = new URLSearchParams({
        response_type: 'code',
        client_id: options.clientId,
        redirect_uri: redirectUri,
        scope: SCOPE,
        state,
        code_challenge: challenge,
        code_challenge_method: 'S256',
      });
      return `${loginUrl}/services/oauth2/authorize?${query.toString()}`;
    },

    exchange: ({ code, verifier, redirectUri }) =>
      token({
        grant_type: 'authorization_code',
        code,
        code_verifier: verifier,
        redirect_uri: redirectUri,
      }),

    refresh: (refreshToken) => token({ grant_type: 'refresh_token', refresh_token: refreshToken }),

    async revoke(value) {
      const url = `${loginUrl}/services/oauth2/revoke`;
      const result = await call({ method: 'POST', url }, {}, { token: value });
      return result.kind === 'ok' ? { kind: 'ok', value: null } : result;
    },

    async identity(grant) {
      // Only the path of the identity URL is used: the token goes to no other host than its own org.
      const path = URL.canParse(grant.identityUrl) ? new URL(grant.identityUrl).pathname : '';
      const url = `${grant.instanceUrl}${path}?format=json`;
      const headers = { authorization: `Bearer ${grant.accessToken}` };
      return mapResult(await call({ method: 'GET', url }, headers, null), identityOf);
    },
  };
}

/** OAuth errors are an object; revoke's come as a form, and a bad token at the identity URL as plain text. */
function resultOf(status: number, text: string): OAuthResult<JsonObject> {
  const body = parseJson(text);
  const object = isObject(body) ? body : Object.fromEntries(new URLSearchParams(text));
  if (status >= 200 && status < 300) return { kind: 'ok', value: isObject(body) ? body : {} };
  const code = textOr(object.error, null);
  if (code !== null && status < 500 && !PASSING.has(code)) {
    return { kind: 'refused', code, message: textOr(object.error_description, '') };
  }
  if (status === 401 || status === 403) {
    return { kind: 'refused', code: `HTTP_${status}`, message: text.slice(0, 200) };
  }
  return { kind: 'unknown', message: `Salesforce answered with HTTP ${status}` };
}

function mapResult<T>(
  result: OAuthResult<JsonObject>,
  read: (body: JsonObject) => T | null,
): OAuthResult<T> {
  if (result.kind !== 'ok') return result;
  const value = read(result.value);
  return value === null
    ? { kind: 'unknown', message: "Salesforce's answer lacks fields it promises" }
    : { kind: 'ok', value };
}

function grantOf(body: JsonObject, loginUrl: string): TokenGrant | null {
  const accessToken = textOr(body.access_token, null);
  const instanceUrl = instanceUrlOf(body.instance_url, loginUrl);
  if (accessToken === null || instanceUrl === null) return null;
  return {
    accessToken,
    instanceUrl,
    refreshToken: textOr(body.refresh_token, null),
    identityUrl: textOr(body.id, ''),
    scope: textOr(body.scope, ''),
  };
}

/** Whoever signs in over https is never sent on without it. */
function instanceUrlOf(value: unknown, loginUrl: string): string | null {
  if (typeof value !== 'string' || !URL.canParse(value)) return null;
  const { protocol, origin } = new URL(value);
  const allowed = protocol === 'https:' || (protocol === 'http:' && loginUrl.startsWith('http:'));
  return allowed ? origin : null;
}

function identityOf(body: JsonObject): Identity | null {
  const userId = salesforceId(body.user_id);
  const orgId = salesforceId(body.organization_id);
  const username = textOr(body.username, null);
  if (userId === null || orgId === null || username === null) return null;
  return {
    userId,
    orgId,
    username,
    displayName: textOr(body.display_name, username),
    email: textOr(body.email, ''),
  };
}
