import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENDPOINTS, type EndpointContract, EVENTS_PATH } from '@tandem/api';
import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GOOD_BODY } from '../testing/good-requests.ts';
import {
  type RunningTandem,
  routerPaths,
  startTestServer,
  type TestClient,
} from '../testing/index.ts';
import { RATE_LIMITS } from './rate-limits.ts';

/** The headers of every kind of answer, as they come over the wire. */

const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';
const NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

let root: string;
let database: TestDatabase;
let tandem: RunningTandem;
let juno: TestClient;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'tandem-web-'));
  mkdirSync(join(root, 'assets'));
  writeFileSync(join(root, 'index.html'), '<meta property="csp-nonce" nonce="__STYLE_NONCE__">');
  writeFileSync(join(root, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(join(root, 'assets', 'main-1.js'), 'export {};');
  database = await testDatabase();
  tandem = await startTestServer({
    databaseUrl: database.url,
    webRoot: root,
    limits: { ...RATE_LIMITS, signInPerMinute: 1, signInPerAddress: 1_000, apiPerMinute: 100_000 },
  });
  juno = tandem.client();
  await juno.signUp('Juno Vale');
});
afterAll(async () => {
  await tandem?.close();
  await database?.drop();
  rmSync(root, { recursive: true, force: true });
});

/** What every answer has, whatever it is; returns its policy. */
function expectSafe(headers: Headers): string {
  expect(Object.fromEntries(headers)).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': expect.stringContaining('camera=()'),
  });
  expect(headers.get('x-powered-by')).toBeNull();
  expect(headers.get('strict-transport-security')).toBeNull();
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("base-uri 'none'");
  expect(policy).not.toMatch(/unsafe|\*|https?:|data:/);
  return policy;
}

describe('every answer of the API', () => {
  test.each(Object.entries<EndpointContract>(ENDPOINTS))(
    'B12.6 %s loads nothing and is in nobody’s frame, to Juno and to nobody',
    async (name, { method, path }) => {
      const address = path.replaceAll(/\{\w+\}/g, UNKNOWN_ID);
      const query = name === 'searchRecords' ? '?q=ada' : '';
      for (const client of [tandem.client(), juno.withoutToken()]) {
        // A door that ends sessions would end Juno's for the rest of this table.
        if (client.cookieHeader !== '' && /signOut|endOther/i.test(name)) continue;
        const reply = await client.send(
          method,
          address + query,
          GOOD_BODY[name as keyof typeof GOOD_BODY],
        );
        expect(expectSafe(reply.headers)).toBe(NOTHING);
        expect(reply.headers.get('cache-control')).toBe('no-store');
      }
    },
  );

  const answers: readonly [
    string,
    number,
    (client: TestClient) => Promise<{ headers: Headers; status: number }>,
  ][] = [
    ['nobody signed in', 401, () => tandem.client().get('/api/v1/me')],
    [
      'a write from another site',
      403,
      (client) => client.send('POST', '/api/v1/tasks', {}, { origin: 'https://evil.example' }),
    ],
    ['no such address', 404, (client) => client.get('/api/v1/nothing')],
    ['no such method', 405, (client) => client.send('DELETE', '/api/v1/tasks')],
    ['bad input', 400, (client) => client.send('POST', '/api/v1/tasks', { name: '' })],
    ['an address that is none', 400, (client) => client.get('/api/v1/tasks/%E0%A4%A')],
    [
      'an address that is too long',
      404,
      (client) => client.get(`/api/v1/tasks/${'x'.repeat(400)}`),
    ],
    [
      'another kind of body',
      415,
      (client) => client.send('POST', '/api/v1/tasks', 'x', { 'content-type': 'text/plain' }),
    ],
    [
      'a body that is too large',
      413,
      (client) => client.send('POST', '/api/v1/tasks', { name: 'x'.repeat(2 ** 21) }),
    ],
    [
      'one guess too many',
      429,
      async () => {
        const guess = { email: 'guess@tandem.example', password: 'not-this-one' };
        const client = tandem.client();
        await client.send('POST', '/api/auth/sign-in/email', guess);
        return client.send('POST', '/api/auth/sign-in/email', guess);
      },
    ],
    [
      'back from Salesforce, redirected',
      302,
      (client) => client.get('/api/v1/salesforce/callback'),
    ],
    ['CSV', 200, (client) => client.get('/api/v1/sync/problems/export')],
    ['OpenAPI', 200, (client) => client.get('/api/openapi.json')],
    ['health', 200, (client) => client.get('/healthz')],
    ['metrics', 200, (client) => client.get('/metrics')],
  ];
  test.each(answers)('B12.6 %s (%i)', async (_what, status, ask) => {
    const reply = await ask(juno.withoutToken());
    expect(reply.status).toBe(status);
    expect(expectSafe(reply.headers)).toBe(NOTHING);
  });

  test('B12.6 a fault of ours (500)', async () => {
    await tandem.services.db.pool.query('alter table tandem.api_tokens rename to api_tokens_away');
    try {
      const reply = await juno.get('/api/v1/tokens');
      expect([reply.status, reply.json.code]).toEqual([500, 'internal']);
      expect(expectSafe(reply.headers)).toBe(NOTHING);
    } finally {
      await tandem.services.db.pool.query(
        'alter table tandem.api_tokens_away rename to api_tokens',
      );
    }
  });

  test('B12.6 the stream of events', async () => {
    const stop = new AbortController();
    const reply = await fetch(new URL(EVENTS_PATH, tandem.url), {
      headers: { cookie: juno.cookieHeader },
      signal: stop.signal,
    });
    expect([reply.status, reply.headers.get('content-type')]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
    ]);
    expect(expectSafe(reply.headers)).toBe(NOTHING);
    stop.abort();
  });
});

describe('pages', () => {
  test.each(routerPaths(UNKNOWN_ID))('B12.6 %s runs files of its own only', async (path) => {
    const reply = await juno.get(path);
    expect([reply.status, reply.type]).toEqual([200, 'text/html; charset=utf-8']);
    const policy = expectSafe(reply.headers);
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? 'none';
    expect(reply.text).toContain(`nonce="${nonce}"`);
    expect(policy.replace(nonce, 'once').split('; ')).toEqual([
      "default-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "script-src 'self'",
      "style-src 'self' 'nonce-once'",
      "img-src 'self'",
      "font-src 'self'",
      "connect-src 'self'",
      "object-src 'none'",
    ]);
  });

  test.each(['/assets/main-1.js', '/favicon.svg', '/assets/gone.js'])(
    'B12.6 %s is a file, and no page that could load anything',
    async (path) => {
      expect(expectSafe((await juno.get(path)).headers)).toBe(NOTHING);
    },
  );

  test('B12.6 the page that ends mails has its one style and one form, and no script', async () => {
    const { userId } = (await juno.get('/api/v1/me')).json;
    const { rows } = await tandem.services.db.pool.query<{ id: string }>(
      'select workspace_id as id from tandem.members where user_id = $1',
      [userId],
    );
    const asked = { workspaceId: rows[0]?.id ?? '', userId, kind: 'digest' } as const;
    const url = new URL(tandem.services.unsubscribeUrl(asked));
    for (const [method, path, status] of [
      ['GET', url.pathname + url.search, 200],
      ['POST', url.pathname + url.search, 200],
      ['GET', '/unsubscribe?t=bad', 400],
    ] as const) {
      const reply = await tandem.client().send(method, path);
      expect([reply.status, reply.type]).toEqual([status, 'text/html; charset=utf-8']);
      expect(expectSafe(reply.headers)).toMatch(
        /^default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; style-src 'sha256-[\w+/]{43}='$/,
      );
    }
  });
});

describe('https', () => {
  test('B12.6 is kept to by a browser that came so, through a proxy on this machine', async () => {
    const headers = { 'x-forwarded-proto': 'https' };
    for (const path of ['/', '/api/v1/me', '/healthz']) {
      const reply = await juno.send('GET', path, undefined, headers);
      expect(reply.headers.get('strict-transport-security')).toBe('max-age=15552000');
    }
  });

  test('B12.6 what is not HTTP at all is answered with a bare 400', async () => {
    const { hostname, port } = new URL(tandem.url);
    const said = await new Promise<string>((done) => {
      let text = '';
      const socket = connect(Number(port), hostname, () => socket.write('<script>\r\n\r\n'));
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.on('close', () => done(text));
    });
    expect(said).toMatch(/^HTTP\/1.1 400/);
    expect(said).not.toContain('<script>');
  });
});
