import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  authorizationCode,
  connectTo,
  control,
  grantFor,
  MARA,
  oauthOf,
  REDIRECT,
  type Sandbox,
  startOrg,
} from '../test/sandbox-session.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startOrg();
});
beforeEach(async () => {
  await control(sandbox, 'settings', { refreshTokenRotation: false });
});
afterAll(() => sandbox.close());

test("the web flow leads over the org's own pages to a grant and its identity", async () => {
  const oauth = oauthOf(sandbox);
  const { verifier, challenge } = oauth.pkce();
  const url = oauth.authorizeUrl({ redirectUri: REDIRECT, state: 'a state&', challenge });
  const answer = await authorizationCode(sandbox, url, MARA);
  expect(answer.searchParams.get('state')).toBe('a state&');

  const code = answer.searchParams.get('code') ?? '';
  const grant = await oauth.exchange({ code, verifier, redirectUri: REDIRECT });
  if (grant.kind !== 'ok') throw new Error(grant.message);
  expect(grant.value.instanceUrl).toBe(sandbox.url);
  expect(grant.value.refreshToken).not.toBeNull();

  expect(await oauth.identity(grant.value)).toEqual({
    kind: 'ok',
    value: {
      userId: sandbox.org.userByName(MARA)?.Id,
      orgId: sandbox.org.id,
      username: MARA,
      displayName: 'Mara Lindqvist',
      email: MARA,
    },
  });
});

test('a code is worth nothing without its verifier, and nothing the second time', async () => {
  const oauth = oauthOf(sandbox);
  const { verifier, challenge } = oauth.pkce();
  const url = oauth.authorizeUrl({ redirectUri: REDIRECT, state: 's', challenge });
  const codeOf = async () =>
    (await authorizationCode(sandbox, url, MARA)).searchParams.get('code') ?? '';

  const stolen = { code: await codeOf(), verifier: oauth.pkce().verifier, redirectUri: REDIRECT };
  expect(await oauth.exchange(stolen)).toMatchObject({ kind: 'refused', code: 'invalid_grant' });

  const used = { code: await codeOf(), verifier, redirectUri: REDIRECT };
  expect(await oauth.exchange(used)).toMatchObject({ kind: 'ok' });
  expect(await oauth.exchange(used)).toMatchObject({ kind: 'refused', code: 'invalid_grant' });
});

test('a refresh brings a new session, and with rotation a new refresh token', async () => {
  const oauth = oauthOf(sandbox);
  const grant = await grantFor(sandbox, MARA);
  const first = await oauth.refresh(grant.refreshToken ?? '');
  expect(first).toMatchObject({ kind: 'ok', value: { refreshToken: null } });

  await control(sandbox, 'settings', { refreshTokenRotation: true });
  const second = await oauth.refresh(grant.refreshToken ?? '');
  if (second.kind !== 'ok') throw new Error(second.message);
  expect(second.value.refreshToken).not.toBe(grant.refreshToken);
  expect(await oauth.refresh(grant.refreshToken ?? '')).toMatchObject({
    kind: 'refused',
    code: 'invalid_grant',
  });
});

test('an ended session is renewed without the caller seeing it, ten calls at once with one refresh', async () => {
  await control(sandbox, 'settings', { refreshTokenRotation: true });
  const { salesforce, grant, stored } = await connectTo(sandbox);
  await control(sandbox, 'tokens', { action: 'expire', username: MARA });

  const replies = await Promise.all(Array.from({ length: 10 }, () => salesforce.limits()));
  expect(replies.map(({ kind }) => kind)).toEqual(Array(10).fill('ok'));
  expect(stored().refreshToken).not.toBe(grant.refreshToken);
  const renewed = stored().refreshToken;

  await control(sandbox, 'tokens', { action: 'expire', username: MARA });
  expect(await salesforce.limits()).toMatchObject({ kind: 'ok' });
  expect(stored().refreshToken).not.toBe(renewed);
});

test('B11.8 after the authorisation was taken away, every call says so', async () => {
  const { salesforce, grant } = await connectTo(sandbox);
  expect(await oauthOf(sandbox).revoke(grant.refreshToken ?? '')).toMatchObject({ kind: 'ok' });
  expect(await salesforce.limits()).toMatchObject({
    kind: 'fault',
    fault: { code: 'INVALID_GRANT' },
  });
  expect(await oauthOf(sandbox).identity(grant)).toMatchObject({ kind: 'refused' });
});

test('a wrong client secret is refused in words', async () => {
  const grant = await grantFor(sandbox, MARA);
  const { createOAuth } = await import('./oauth.ts');
  const wrong = createOAuth({
    loginUrl: sandbox.url,
    clientId: 'tandem-local',
    clientSecret: 'wrong',
  });
  expect(await wrong.refresh(grant.refreshToken ?? '')).toMatchObject({ kind: 'refused' });
});
