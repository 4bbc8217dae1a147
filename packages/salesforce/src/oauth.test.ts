import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Fetch } from './http.ts';
import { createOAuth, type TokenGrant } from './oauth.ts';

const REPLY = {
  access_token: '00D000000000001!AQ',
  refresh_token: '5Aep',
  instance_url: 'https://aldermoor.my.example/',
  id: 'https://login.example/id/00D000000000001EAA/005000000000001AAA',
  scope: 'refresh_token api',
  token_type: 'Bearer',
  issued_at: '1278448832702',
};

interface Sent {
  readonly url: string;
  readonly form: URLSearchParams;
  readonly authorization: string | null;
}

function oauthThat(respond: () => Response, loginUrl = 'https://login.example/') {
  const sent: Sent[] = [];
  const fetch: Fetch = async (input, init) => {
    sent.push({
      url: String(input),
      form: new URLSearchParams(typeof init?.body === 'string' ? init.body : ''),
      authorization: new Headers(init?.headers).get('authorization'),
    });
    return respond();
  };
  return { oauth: createOAuth({ loginUrl, clientId: 'id', clientSecret: 'sec', fetch }), sent };
}

const json = (status: number, body: unknown) => () =>
  new Response(JSON.stringify(body), { status });
const text = (status: number, body: string) => () => new Response(body, { status });

test('the authorize URL asks for api and refresh_token with PKCE S256 and carries the state', () => {
  const { oauth } = oauthThat(json(200, {}));
  const { verifier, challenge } = oauth.pkce();
  expect(verifier).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(challenge).toBe(createHash('sha256').update(verifier).digest('base64url'));
  const url = new URL(
    oauth.authorizeUrl({ redirectUri: 'http://127.0.0.1:3000/cb?a=b', state: 's&t', challenge }),
  );
  expect(url.origin + url.pathname).toBe('https://login.example/services/oauth2/authorize');
  expect(Object.fromEntries(url.searchParams)).toEqual({
    response_type: 'code',
    client_id: 'id',
    redirect_uri: 'http://127.0.0.1:3000/cb?a=b',
    scope: 'api refresh_token',
    state: 's&t',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  });
});

test('two sign-ins never share a verifier', () => {
  const { oauth } = oauthThat(json(200, {}));
  expect(oauth.pkce().verifier).not.toBe(oauth.pkce().verifier);
});

test('a code is exchanged together with the verifier', async () => {
  const { oauth, sent } = oauthThat(json(200, REPLY));
  const result = await oauth.exchange({
    code: 'aPrx==',
    verifier: 'v',
    redirectUri: 'http://x/cb',
  });
  expect(result).toEqual({
    kind: 'ok',
    value: {
      accessToken: '00D000000000001!AQ',
      refreshToken: '5Aep',
      instanceUrl: 'https://aldermoor.my.example',
      identityUrl: REPLY.id,
      scope: 'refresh_token api',
    },
  });
  expect(Object.fromEntries(sent[0]?.form ?? [])).toEqual({
    grant_type: 'authorization_code',
    code: 'aPrx==',
    code_verifier: 'v',
    redirect_uri: 'http://x/cb',
    client_id: 'id',
    client_secret: 'sec',
  });
});

test('a refresh without rotation brings no refresh token', async () => {
  const { refresh_token: _, ...reply } = REPLY;
  const { oauth } = oauthThat(json(200, reply));
  expect(await oauth.refresh('5Aep')).toMatchObject({ kind: 'ok', value: { refreshToken: null } });
});

describe('answers that are not a grant', () => {
  test.each([
    [
      'a refusal',
      json(400, { error: 'invalid_grant', error_description: 'expired' }),
      { kind: 'refused', code: 'invalid_grant', message: 'expired' },
    ],
    ['a passing refusal', json(400, { error: 'rate_limit_exceeded' }), { kind: 'unknown' }],
    ['a broken server', json(500, { error: 'server_error' }), { kind: 'unknown' }],
    ["a gateway's page", text(503, '<h1>busy</h1>'), { kind: 'unknown' }],
    ['not JSON', text(200, '<html>'), { kind: 'unknown' }],
    [
      'a token without address',
      json(200, { ...REPLY, instance_url: undefined }),
      { kind: 'unknown' },
    ],
    [
      'an address without encryption',
      json(200, { ...REPLY, instance_url: 'http://evil.example' }),
      { kind: 'unknown' },
    ],
  ])('%s', async (_what, respond, expected) => {
    const { oauth } = oauthThat(respond);
    expect(await oauth.refresh('5Aep')).toMatchObject(expected);
  });

  test('no answer at all', async () => {
    const { oauth } = oauthThat(() => {
      throw new TypeError('fetch failed');
    });
    expect(await oauth.refresh('5Aep')).toMatchObject({ kind: 'unknown' });
  });
});

describe('the identity', () => {
  const grant: TokenGrant = {
    accessToken: 'at',
    refreshToken: 'rt',
    instanceUrl: 'https://aldermoor.my.example',
    identityUrl: 'https://elsewhere.example/id/00D000000000001/005000000000001',
    scope: '',
  };

  test('is asked of the org itself, whatever host the identity URL names', async () => {
    const { oauth, sent } = oauthThat(
      json(200, {
        user_id: '005000000000001',
        organization_id: '00D000000000001EAA',
        username: 'mara@aldermoor.example',
        display_name: 'Mara Lindqvist',
        email: 'mara@aldermoor.example',
      }),
    );
    expect(await oauth.identity(grant)).toEqual({
      kind: 'ok',
      value: {
        userId: '005000000000001AAA',
        orgId: '00D000000000001EAA',
        username: 'mara@aldermoor.example',
        displayName: 'Mara Lindqvist',
        email: 'mara@aldermoor.example',
      },
    });
    expect(sent[0]?.url).toBe(
      'https://aldermoor.my.example/id/00D000000000001/005000000000001?format=json',
    );
    expect(sent[0]?.authorization).toBe('Bearer at');
  });

  test('a bad token is a refusal, in plain text as Salesforce sends it', async () => {
    const { oauth } = oauthThat(text(403, 'Bad_OAuth_Token'));
    expect(await oauth.identity(grant)).toEqual({
      kind: 'refused',
      code: 'HTTP_403',
      message: 'Bad_OAuth_Token',
    });
  });
});

test('revoking: done, or refused in the form Salesforce uses there', async () => {
  const done = oauthThat(text(200, ''));
  expect(await done.oauth.revoke('rt')).toEqual({ kind: 'ok', value: null });
  expect(done.sent[0]?.form.get('token')).toBe('rt');
  const refused = oauthThat(
    text(400, 'error=unsupported_token_type&error_description=this+token+type'),
  );
  expect(await refused.oauth.revoke('rt')).toEqual({
    kind: 'refused',
    code: 'unsupported_token_type',
    message: 'this token type',
  });
});
