import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../serve.ts';
import { createSandbox } from '../server.ts';
import {
  askToken,
  authorize,
  authorizePath,
  CALLBACK,
  CLIENT,
  challengeOf,
  codeFor,
  exchange,
  VERIFIER,
  Visit,
} from './web-flow.fixture.ts';

const MARA = 'mara@aldermoor.example';
const TOMAS = 'tomas@aldermoor.example';

describe('the web flow', () => {
  let sandbox: Sandbox;
  let visit: Visit;
  beforeAll(async () => {
    sandbox = await createSandbox();
  });
  afterAll(async () => sandbox.close());
  const fresh = () => {
    visit = new Visit(sandbox.url);
    return visit;
  };

  it('asks an unknown visitor to log in, then to allow, then sends the code and the state', async () => {
    const path = authorizePath({ login_hint: TOMAS });
    const first = await fresh().get(path);
    const login = new URL(first.headers.get('location') ?? '', sandbox.url);
    expect(login.pathname).toBe('/');
    expect(login.searchParams.get('ec')).toBe('302');
    expect(login.searchParams.get('startURL')).toBe(path);
    const page = await (await visit.get(login.pathname + login.search)).text();
    expect(page).toContain(`value="${TOMAS}"`);
    const inside = await visit.submit(page, '/', { username: TOMAS, pw: 'sandbox1!' });
    expect(inside.headers.get('location')).toBe(path);
    const sentTo = await authorize(visit, TOMAS, path);
    expect(sentTo.origin + sentTo.pathname).toBe(CALLBACK);
    expect(sentTo.searchParams.get('state')).toBe('st&te=1');
    expect(sentTo.searchParams.get('code')).toMatch(/==$/);
    expect(sentTo.search).toContain('%3D%3D');
  });

  it('says on a page, and sends nobody on, when the client or the callback is unknown', async () => {
    for (const [extra, code] of [
      [{ client_id: 'nobody' }, 'invalid_client_id'],
      [
        { redirect_uri: 'https://evil.example/api/v1/salesforce/callback' },
        'redirect_uri_mismatch',
      ],
      [{ redirect_uri: 'http://127.0.0.1:1/other' }, 'redirect_uri_mismatch'],
      [
        { redirect_uri: 'http://127.0.0.1.evil.example/api/v1/salesforce/callback' },
        'redirect_uri_mismatch',
      ],
      [
        { redirect_uri: 'http://evil@127.0.0.1/api/v1/salesforce/callback' },
        'redirect_uri_mismatch',
      ],
    ] as const) {
      const answer = await fresh().get(authorizePath(extra));
      expect(answer.status).toBe(400);
      expect(answer.headers.get('location')).toBeNull();
      expect(await answer.text()).toContain(`error=${code}`);
    }
  });

  it('sends every other mistake back to the app with its state', async () => {
    for (const [extra, error] of [
      [{ response_type: 'token' }, 'unsupported_response_type'],
      [{ scope: 'api world_peace' }, 'invalid_scope'],
      [{ code_challenge: 'short' }, 'invalid_request'],
      [{ code_challenge: challengeOf(VERIFIER), code_challenge_method: 'S512' }, 'invalid_request'],
      [{ prompt: 'none' }, 'login_required'],
    ] as const) {
      const answer = await fresh().get(authorizePath(extra));
      const sentTo = new URL(answer.headers.get('location') ?? '');
      expect(sentTo.searchParams.get('error')).toBe(error);
      expect(sentTo.searchParams.get('error_description')).not.toBe('');
      expect(sentTo.searchParams.get('state')).toBe('st&te=1');
    }
  });

  it('sends access_denied when the person denies, and nothing without the CSRF token', async () => {
    await fresh().logIn('priya@aldermoor.example');
    const to = (await visit.get(authorizePath())).headers.get('location') ?? '';
    const page = await (await visit.get(to)).text();
    const denied = await visit.submit(page, to, { save: 'deny' });
    expect(denied.headers.get('location')).toContain('error=access_denied');
    const forged = await visit.submit(page, to, { save: 'allow', csrf: 'guess' });
    expect(forged.status).toBe(403);
    expect(forged.headers.get('location')).toBeNull();
  });

  it('skips the approval the second time unless prompt=consent, and the login unless prompt=login', async () => {
    await codeFor(fresh(), MARA);
    const again = await visit.get(authorizePath());
    expect(again.headers.get('location')).toContain(`${CALLBACK}?code=`);
    const consent = await visit.get(authorizePath({ prompt: 'consent' }));
    expect(consent.headers.get('location')).toMatch(/^\/setup\/secur\//);
    const login = await visit.get(authorizePath({ prompt: 'login consent' }));
    const back = new URL(login.headers.get('location') ?? '', sandbox.url);
    expect(back.pathname).toBe('/');
    expect(back.searchParams.get('startURL')).toMatch(/prompt=consent/);
    const more = await visit.get(authorizePath({ scope: 'api full' }));
    expect(more.headers.get('location')).toMatch(/^\/setup\/secur\//);
  });

  it('refuses a wrong password in a sentence and never sends a login to another host', async () => {
    const wrong = await fresh().logIn(MARA, 'nope');
    expect(wrong.headers.get('set-cookie')).toBeNull();
    expect(await wrong.text()).toContain('do not belong together');
    for (const startURL of ['https://evil.example/', '//evil.example/', '/\\evil.example']) {
      const answer = await visit.post('/', { username: MARA, pw: 'sandbox1!', startURL });
      expect(answer.headers.get('location')).toBe('/lightning/o/Task/list');
    }
  });

  it('answers the exchange exactly as documented: text issued_at, no expires_in', async () => {
    const { status, body } = await exchange(sandbox.url, await codeFor(fresh(), MARA));
    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual([
      'access_token',
      'id',
      'instance_url',
      'issued_at',
      'refresh_token',
      'scope',
      'signature',
      'token_type',
    ]);
    expect(body.access_token).toMatch(new RegExp(`^${sandbox.org.id.slice(0, 15)}!`));
    expect(body.issued_at).toMatch(/^\d{13}$/);
    expect(body.id).toMatch(/\/id\/00D\w{15}\/005\w{15}$/);
    expect(body.instance_url).toBe(sandbox.url);
  });

  it('redeems a code once, within 15 minutes of the org clock, at the same callback', async () => {
    const code = await codeFor(fresh(), MARA);
    const elsewhere = await exchange(sandbox.url, code, { redirect_uri: 'http://localhost:9/x' });
    expect(elsewhere.body.error).toBe('redirect_uri_mismatch');
    expect((await exchange(sandbox.url, code)).status).toBe(200);
    const twice = await exchange(sandbox.url, code);
    expect(twice).toEqual({
      status: 400,
      body: { error: 'invalid_grant', error_description: 'expired authorization code' },
    });
    const late = await codeFor(fresh(), MARA);
    sandbox.org.clock.advance(15 * 60_000);
    expect((await exchange(sandbox.url, late)).body.error_description).toBe(
      'expired authorization code',
    );
    expect((await exchange(sandbox.url, 'nonsense')).body.error_description).toBe(
      'invalid authorization code',
    );
  });

  it('checks PKCE: S256 implied, wrong or missing verifiers burn the code', async () => {
    const challenge = { code_challenge: challengeOf(VERIFIER) };
    const good = await codeFor(fresh(), MARA, challenge);
    expect((await exchange(sandbox.url, good, { code_verifier: VERIFIER })).status).toBe(200);
    const wrong = await codeFor(fresh(), MARA, challenge);
    const refused = await exchange(sandbox.url, wrong, { code_verifier: `${VERIFIER}x` });
    expect(refused.body.error_description).toBe('invalid code verifier');
    const burnt = await exchange(sandbox.url, wrong, { code_verifier: VERIFIER });
    expect(burnt.body.error).toBe('invalid_grant');
    const missing = await exchange(sandbox.url, await codeFor(fresh(), MARA, challenge));
    expect(missing.body.error_description).toBe('code verifier is required');
  });

  it('knows the client by body or Basic, and says which half is wrong', async () => {
    const code = await codeFor(fresh(), MARA);
    const fields = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK };
    const basic = (id: string, secret: string) => ({
      authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
    });
    const nobody = await askToken(sandbox.url, { ...fields, client_id: 'nobody' });
    expect(nobody.body.error).toBe('invalid_client_id');
    const wrong = await askToken(sandbox.url, fields, basic('tandem-local', 'guess'));
    expect(wrong.body).toEqual({
      error: 'invalid_client',
      error_description: 'invalid client credentials',
    });
    const right = await askToken(
      sandbox.url,
      fields,
      basic(CLIENT.client_id, CLIENT.client_secret),
    );
    expect(right.status).toBe(200);
    const odd = await askToken(sandbox.url, { ...CLIENT, grant_type: 'magic' });
    expect(odd.body.error).toBe('unsupported_grant_type');
  });
});
