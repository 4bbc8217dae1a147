import { createSign, generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OAuth2 } from 'jsforce';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../serve.ts';
import { createSandbox } from '../server.ts';
import {
  askToken,
  authorize,
  CALLBACK,
  CLIENT,
  codeFor,
  exchange,
  Visit,
} from './web-flow.fixture.ts';

const MARA = 'mara@aldermoor.example';
const MINUTE = 60_000;

describe('tokens', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await createSandbox();
  });
  afterEach(async () => sandbox.close());

  const connect = async (username = MARA) =>
    (await exchange(sandbox.url, await codeFor(new Visit(sandbox.url), username))).body;
  const refresh = (token: string | undefined) =>
    askToken(sandbox.url, { grant_type: 'refresh_token', refresh_token: token ?? '', ...CLIENT });
  const call = async (token: string | undefined) =>
    (
      await fetch(`${sandbox.url}/services/data/v62.0/limits`, {
        headers: { authorization: `Bearer ${token}` },
      })
    ).status;
  const control = async (path: string, body: unknown) =>
    fetch(`${sandbox.url}/__sandbox__/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  it('works with jsforce: web flow with PKCE, refresh, revoke', async () => {
    const oauth2 = new OAuth2({
      loginUrl: sandbox.url,
      clientId: CLIENT.client_id,
      clientSecret: CLIENT.client_secret,
      redirectUri: CALLBACK,
      useVerifier: true,
    });
    const url = new URL(oauth2.getAuthorizationUrl({ scope: 'api refresh_token', state: 'x' }));
    expect(url.searchParams.get('code_challenge')).not.toBeNull();
    const sentTo = await authorize(new Visit(sandbox.url), MARA, url.pathname + url.search);
    const first = await oauth2.requestToken(sentTo.searchParams.get('code') ?? '');
    expect(await call(first.access_token)).toBe(200);
    const second = await oauth2.refreshToken(first.refresh_token ?? '');
    expect(second.access_token).not.toBe(first.access_token);
    expect(second.refresh_token).toBeUndefined();
    expect(await call(second.access_token)).toBe(200);
    await oauth2.revokeToken(first.refresh_token ?? '');
    expect(await call(second.access_token)).toBe(401);
    await expect(oauth2.refreshToken(first.refresh_token ?? '')).rejects.toThrow(
      'expired access/refresh token',
    );
    await expect(oauth2.revokeToken('nothing')).rejects.toThrow('this token type is not supported');
  });

  it('ends a session after two hours of silence on the org clock, and slides with use', async () => {
    const { access_token } = await connect();
    sandbox.org.clock.advance(119 * MINUTE);
    expect(await call(access_token)).toBe(200);
    sandbox.org.clock.advance(119 * MINUTE);
    expect(await call(access_token)).toBe(200);
    sandbox.org.clock.advance(120 * MINUTE);
    expect(await call(access_token)).toBe(401);
  });

  it('rotates refresh tokens when the org says so: the old one dies on use', async () => {
    const { refresh_token } = await connect();
    await control('settings', { refreshTokenRotation: true });
    const rotated = await refresh(refresh_token);
    expect(rotated.body.refresh_token).toMatch(/^5Aep861/);
    expect(rotated.body.refresh_token).not.toBe(refresh_token);
    const again = await refresh(refresh_token);
    expect(again).toEqual({
      status: 400,
      body: { error: 'invalid_grant', error_description: 'expired access/refresh token' },
    });
    expect((await refresh(rotated.body.refresh_token)).status).toBe(200);
  });

  it('ends the oldest of six refresh tokens of one user and app, and nobody else’s', async () => {
    const other = await connect('tomas@aldermoor.example');
    const mine: (string | undefined)[] = [];
    for (let count = 0; count < 6; count += 1) mine.push((await connect()).refresh_token);
    const statuses = await Promise.all(mine.map(async (token) => (await refresh(token)).status));
    expect(statuses).toEqual([400, 200, 200, 200, 200, 200]);
    expect((await refresh(other.refresh_token)).status).toBe(200);
  });

  it('gives no refresh token without its scope', async () => {
    const code = await codeFor(new Visit(sandbox.url), MARA, { scope: 'api' });
    const { body } = await exchange(sandbox.url, code);
    expect(body.scope).toBe('api');
    expect(body.refresh_token).toBeUndefined();
  });

  it('tells who the bearer is, and 403 Bad_OAuth_Token to anybody else', async () => {
    const tokens = await connect();
    const headers = { authorization: `Bearer ${tokens.access_token}` };
    const info = await (await fetch(`${sandbox.url}/services/oauth2/userinfo`, { headers })).json();
    expect(info).toMatchObject({
      preferred_username: MARA,
      name: 'Mara Lindqvist',
      organization_id: sandbox.org.id,
    });
    const identity = await (
      await fetch(
        `${tokens.id}?format=json&oauth_token=${encodeURIComponent(tokens.access_token ?? '')}`,
      )
    ).json();
    expect(identity).toMatchObject({ username: MARA, asserted_user: true, active: true });
    expect((identity as { urls: { rest: string } }).urls.rest).toBe(
      `${sandbox.url}/services/data/v{version}/`,
    );
    const bad = await fetch(`${sandbox.url}/services/oauth2/userinfo`, {
      headers: { authorization: 'Bearer x' },
    });
    expect([bad.status, await bad.text()]).toEqual([403, 'Bad_OAuth_Token']);
    const discovery = await (await fetch(`${sandbox.url}/.well-known/openid-configuration`)).json();
    expect(discovery).toMatchObject({ token_endpoint: `${sandbox.url}/services/oauth2/token` });
  });

  it('introspects for the client the token belongs to', async () => {
    const tokens = await connect();
    const ask = async (fields: Record<string, string>) =>
      (
        await fetch(`${sandbox.url}/services/oauth2/introspect`, {
          method: 'POST',
          body: new URLSearchParams(fields),
        })
      ).json();
    const living = await ask({ ...CLIENT, token: tokens.access_token ?? '' });
    expect(living).toMatchObject({
      active: true,
      username: MARA,
      client_id: 'tandem-local',
      token_type: 'access_token',
    });
    expect(await ask({ ...CLIENT, token: 'x' })).toEqual({ active: false });
    expect(await ask({ client_id: 'tandem-local', token: 'x' })).toMatchObject({
      error: 'invalid_client',
    });
  });

  it('takes a JWT with exp in ms, seconds or text, and is strict on signature, audience and consent', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    await control('apps', {
      clientId: 'robot',
      name: 'Robot',
      certificate: publicKey.export({ type: 'spki', format: 'pem' }),
    });
    const now = sandbox.org.clock.now();
    const jwt = (claims: Record<string, unknown>, key = privateKey) => {
      const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const body = {
        iss: 'robot',
        sub: MARA,
        aud: 'https://login.salesforce.com',
        exp: now + 180_000,
        ...claims,
      };
      const text = `${part({ alg: 'RS256' })}.${part(body)}`;
      return `${text}.${createSign('RSA-SHA256').update(text).sign(key, 'base64url')}`;
    };
    const ask = async (assertion: string) => {
      const grant_type = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
      const { body } = await askToken(sandbox.url, { grant_type, assertion });
      return body.error_description ?? typeof body.access_token;
    };
    expect(await ask(jwt({}))).toBe("user hasn't approved this consumer");
    await control('apps', {
      clientId: 'robot',
      name: 'Robot',
      preApproved: true,
      certificate: publicKey.export({ type: 'spki', format: 'pem' }),
    });
    const seconds = Math.floor(now / 1_000) + 180;
    for (const exp of [now + 180_000, seconds, String(seconds)])
      expect(await ask(jwt({ exp }))).toBe('string');
    expect(await ask(jwt({ aud: sandbox.url }))).toBe('string');
    expect(await ask(jwt({ exp: seconds - 600 }))).toBe('token validity expired');
    expect(await ask(jwt({ aud: 'https://elsewhere.example' }))).toBe('audience is invalid');
    expect(await ask(jwt({ iss: 'nobody' }))).toBe('client identifier invalid');
    const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    expect(await ask(jwt({}, stranger))).toBe('invalid assertion');
  });

  it('opens sessions by client credentials and by password', async () => {
    const robot = await askToken(sandbox.url, { grant_type: 'client_credentials', ...CLIENT });
    expect(robot.body.refresh_token).toBeUndefined();
    expect(await call(robot.body.access_token)).toBe(200);
    const fields = { grant_type: 'password', username: MARA, ...CLIENT };
    expect((await askToken(sandbox.url, { ...fields, password: 'sandbox1!' })).status).toBe(200);
    const wrong = await askToken(sandbox.url, { ...fields, password: 'x' });
    expect(wrong.body).toEqual({
      error: 'invalid_grant',
      error_description: 'authentication failure',
    });
  });

  it('keeps out whom the admin does not let in, and people who are not active', async () => {
    const tokens = await connect('priya@aldermoor.example');
    await control('access', {
      action: 'app',
      clientId: 'tandem-local',
      permittedUsernames: [MARA],
    });
    const refused = await refresh(tokens.refresh_token);
    expect(refused.body).toEqual({
      error: 'invalid_app_access',
      error_description: 'user is not admin approved to access this app',
    });
    await control('access', { action: 'user', username: 'priya@aldermoor.example', active: false });
    expect(await call(tokens.access_token)).toBe(401);
    expect((await refresh(tokens.refresh_token)).body.error).toBe('inactive_user');
  });
});

it('keeps tokens across a restart', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'sandbox-tokens-'));
  try {
    const before = await createSandbox({ dataDir });
    const { body } = await exchange(before.url, await codeFor(new Visit(before.url), MARA));
    await before.close();
    const after = await createSandbox({ dataDir });
    try {
      const headers = { authorization: `Bearer ${body.access_token}` };
      expect((await fetch(`${after.url}/services/data/v62.0/limits`, { headers })).status).toBe(
        200,
      );
      const fields = {
        grant_type: 'refresh_token',
        refresh_token: body.refresh_token ?? '',
        ...CLIENT,
      };
      expect((await askToken(after.url, fields)).status).toBe(200);
    } finally {
      await after.close();
    }
  } finally {
    await rm(dataDir, { recursive: true });
  }
});
