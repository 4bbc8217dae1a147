import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningTandem, startTestServer } from '../testing/index.ts';

let database: TestDatabase;
let tandem: RunningTandem;
beforeAll(async () => {
  database = await testDatabase();
  tandem = await startTestServer({
    databaseUrl: database.url,
    limits: {
      apiPerMinute: 100_000,
      signInPerMinute: 5,
      signInPerAddress: 1_000,
      mailsPerMinute: 3,
    },
  });
});
afterAll(async () => {
  await tandem?.close();
  await database?.drop();
});

describe('sign-in', () => {
  test('sign-up makes a workspace with its admin, and the session holds until sign-out', async () => {
    const client = tandem.client();
    await client.signUp('Juno Vale');
    const me = await client.get('/api/v1/me');
    expect(me.json).toMatchObject({
      name: 'Juno Vale',
      role: 'admin',
      locale: 'en',
      timeZone: null,
    });
    expect((await client.get('/api/auth/get-session')).json.user.name).toBe('Juno Vale');
    await client.send('POST', '/api/auth/sign-out');
    expect((await client.get('/api/v1/me')).status).toBe(401);
    expect((await client.get('/api/auth/get-session')).json).toBeNull();
  });

  test('the cookie is out of reach of scripts and of other sites', async () => {
    const reply = await tandem.client().send('POST', '/api/auth/sign-up/email', {
      name: 'Cookie',
      email: 'cookie@tandem.example',
      password: 'correct-horse',
    });
    const cookie = reply.headers.getSetCookie().find((text) => text.includes('session_token'));
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(reply.headers.get('cache-control')).toBe('no-store');
  });

  test('a wrong password and an unknown e-mail look alike', async () => {
    const client = tandem.client();
    const { email } = await client.signUp('Known');
    const wrong = { email, password: 'wrong-horse' };
    const unknown = { email: 'unknown@tandem.example', password: 'wrong-horse' };
    const [one, two] = [
      await tandem.client().send('POST', '/api/auth/sign-in/email', wrong),
      await tandem.client().send('POST', '/api/auth/sign-in/email', unknown),
    ];
    expect(one.json).toEqual(two.json);
    expect([one.status, one.json.code]).toEqual([401, 'wrong_credentials']);
  });

  test('B12.6 guessing is slowed down, for that e-mail only', async () => {
    const client = tandem.client();
    const { email, password } = await client.signUp('Guessed');
    const guess = { email, password: 'not-this-one' };
    for (let attempt = 0; attempt < 4; attempt += 1) {
      await client.send('POST', '/api/auth/sign-in/email', guess);
    }
    let last = await client.send('POST', '/api/auth/sign-in/email', guess);
    last = await client.send('POST', '/api/auth/sign-in/email', { email, password });
    expect([last.status, last.json.code]).toEqual([429, 'too_many_requests']);
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    await tandem.client().signUp('Somebody else');
  });
});

describe('mails that a person has sent', () => {
  test.each([
    ['/api/v1/reminders/test', {}, 200],
    ['/api/v1/invitations', { role: 'rep', email: 'anybody@tandem.example' }, 201],
  ])(
    'B12.3 by %s are few a minute, because nobody has proved an address',
    async (path, body, good) => {
      const client = tandem.client();
      await client.signUp(`Mails ${good}`);
      const statuses: number[] = [];
      for (let sent = 0; sent < 4; sent += 1) {
        statuses.push((await client.send('POST', path, body)).status);
      }
      expect(statuses).toEqual([good, good, good, 429]);
    },
  );
});

describe('API tokens', () => {
  test('work like their owner until revoked, and are shown once', async () => {
    const client = tandem.client();
    await client.signUp('Tokena');
    const made = await client.send('POST', '/api/v1/tokens', { name: 'nightly script' });
    expect(made.status).toBe(201);
    expect(made.json.token).toMatch(/^tdm_/);
    const program = tandem.client();
    program.token = made.json.token;
    expect((await program.get('/api/v1/me')).json.name).toBe('Tokena');
    const listed = await program.get('/api/v1/tokens');
    expect(listed.json.tokens).toMatchObject([{ id: made.json.id, name: 'nightly script' }]);
    expect(listed.text).not.toContain(made.json.token);
    const { rows } = await tandem.services.db.pool.query('select hash from tandem.api_tokens');
    expect(JSON.stringify(rows)).not.toContain(made.json.token);
    expect((await program.send('DELETE', `/api/v1/tokens/${made.json.id}`)).status).toBe(204);
    expect((await program.get('/api/v1/me')).status).toBe(401);
  });
});

describe('requests from other sites', () => {
  const attempts = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    // The sandbox org on another port of this machine is the same site, and still another one.
    { 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1:3001' },
  ];
  test.each(attempts)('B12.1 a write with %j is refused', async (headers) => {
    const client = tandem.client();
    await client.signUp(`Cross ${attempts.indexOf(headers)}`);
    const reply = await client.send('POST', '/api/v1/tasks', { name: 'x' }, headers as never);
    expect([reply.status, reply.json.code]).toEqual([403, 'cross_site']);
    expect((await client.get('/api/v1/tasks?view=all')).json.tasks).toEqual([]);
  });

  test('from its own page a write goes through', async () => {
    const client = tandem.client();
    await client.signUp('Own Page');
    const headers = { origin: tandem.url, 'sec-fetch-site': 'same-origin' };
    expect((await client.send('POST', '/api/v1/tasks', { name: 'x' }, headers)).status).toBe(201);
  });

  test('signing somebody in from another site is refused as well', async () => {
    const reply = await tandem
      .client()
      .send(
        'POST',
        '/api/auth/sign-in/email',
        { email: 'a@b.example', password: 'x' },
        { origin: 'https://evil.example' },
      );
    expect(reply.json.code).toBe('cross_site');
  });
});

describe('the house around the API', () => {
  test('health, readiness and metrics answer without sign-in', async () => {
    const client = tandem.client();
    expect((await client.get('/healthz')).json).toEqual({ status: 'ok' });
    expect((await client.get('/readyz')).json).toEqual({ status: 'ready' });
    expect((await client.get('/metrics')).text).toContain('tandem_http_request_seconds_bucket');
  });

  test('an unknown address and a wrong method are problem documents', async () => {
    const client = tandem.client();
    const missing = await client.get('/api/v1/nothing');
    expect([missing.status, missing.json.code]).toEqual([404, 'not_found']);
    const wrong = await client.send('DELETE', '/api/v1/tasks');
    expect([wrong.status, wrong.json.code]).toEqual([405, 'method_not_allowed']);
    expect(wrong.headers.get('allow')).toContain('POST');
    const bent = await client.get('/api/v1/tasks/%E0%A4%A');
    expect([bent.status, bent.json.code]).toEqual([400, 'invalid_input']);
  });
});
