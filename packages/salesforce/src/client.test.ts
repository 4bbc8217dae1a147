import { describe, expect, test } from 'vitest';
import { type ApiRequest, type ClientOptions, createClient } from './client.ts';
import type { OAuthResult } from './oauth.ts';
import type { AccessToken } from './tokens.ts';

const DATE = 'Tue, 24 Nov 2026 08:30:00 GMT';
const FIRST: AccessToken = { accessToken: 'first', instanceUrl: 'https://a.example' };
const SECOND: AccessToken = { accessToken: 'second', instanceUrl: 'https://b.example' };

interface Sent {
  readonly url: string;
  readonly headers: Headers;
  readonly body: string | null;
}

function answer(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return new Response(status === 204 ? null : text, {
    status,
    headers: { date: DATE, ...headers },
  });
}

function salesforceError(status: number, errorCode: string): Response {
  return answer(status, [{ message: 'as Salesforce says', errorCode, fields: ['Subject'] }]);
}

function cut(code: string): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error('gone'), { code }) });
}

/** A client whose Salesforce answers from a script. */
function scripted(answers: (Response | Error)[], change: Partial<ClientOptions> = {}) {
  const sent: Sent[] = [];
  const waits: number[] = [];
  const refreshes: AccessToken[] = [];
  const logged: unknown[] = [];
  const client = createClient({
    tokens: {
      access: async () => FIRST,
      refresh: async (stale): Promise<OAuthResult<AccessToken>> => {
        refreshes.push(stale);
        return { kind: 'ok', value: SECOND };
      },
    },
    log: { info: (...facts) => logged.push(facts), warn: (...facts) => logged.push(facts) },
    fetch: async (input, init) => {
      sent.push({
        url: String(input),
        headers: new Headers(init?.headers),
        body: typeof init?.body === 'string' ? init.body : null,
      });
      const next = answers.shift();
      if (next === undefined) throw new Error('more requests than the script has answers');
      if (next instanceof Error) throw next;
      return next;
    },
    random: () => 0.5,
    wait: async (ms) => waits.push(ms),
    ...change,
  });
  return { client, sent, waits, refreshes, logged };
}

const read: ApiRequest<unknown> = {
  effect: 'read',
  method: 'GET',
  path: '/limits',
  read: (body) => body,
};
const write: ApiRequest<unknown> = { ...read, effect: 'write', method: 'POST', body: { a: 1 } };

describe('a request that goes through', () => {
  test('brings the value, the time of Salesforce and the calls used', async () => {
    const { client, sent } = scripted([
      answer(
        200,
        { a: 1 },
        { 'Sforce-Limit-Info': 'api-usage=25/5000; per-app-api-usage=1/2(x=y)' },
      ),
    ]);
    expect(await client.request(read)).toEqual({
      kind: 'ok',
      value: { a: 1 },
      serverTime: '2026-11-24T08:30:00.000Z',
      usage: { used: 25, max: 5000 },
    });
    expect(sent[0]?.url).toBe('https://a.example/services/data/v62.0/limits');
    expect(sent[0]?.headers.get('authorization')).toBe('Bearer first');
    expect(sent[0]?.headers.get('sforce-call-options')).toBe('client=tandem');
  });

  test('keeps a path that Salesforce itself has named', async () => {
    const { client, sent } = scripted([answer(200, {})]);
    await client.request({ ...read, path: '/services/data/v62.0/query/01gX-2000' });
    expect(sent[0]?.url).toBe('https://a.example/services/data/v62.0/query/01gX-2000');
  });
});

describe('a session that has ended', () => {
  test('is refreshed once, and the request repeated at the new address, a write too', async () => {
    const { client, sent, refreshes } = scripted([
      salesforceError(401, 'INVALID_SESSION_ID'),
      answer(200, {}),
    ]);
    expect(await client.request(write)).toMatchObject({ kind: 'ok' });
    expect(refreshes).toEqual([FIRST]);
    expect(sent.map(({ url }) => new URL(url).host)).toEqual(['a.example', 'b.example']);
    expect(sent[1]?.headers.get('authorization')).toBe('Bearer second');
    expect(sent[1]?.body).toBe('{"a":1}');
  });

  test('is not refreshed a second time', async () => {
    const { client, refreshes } = scripted([
      salesforceError(401, 'INVALID_SESSION_ID'),
      salesforceError(401, 'INVALID_SESSION_ID'),
    ]);
    expect(await client.request(read)).toMatchObject({
      kind: 'fault',
      fault: { code: 'INVALID_SESSION_ID', httpStatus: 401 },
    });
    expect(refreshes).toHaveLength(1);
  });

  test('B11.8 a refused refresh is a fault in the spelling of the fault catalogue', async () => {
    const refused = { kind: 'refused', code: 'invalid_grant', message: 'expired' } as const;
    const tokens = { access: async () => FIRST, refresh: async () => refused };
    const { client } = scripted([salesforceError(401, 'INVALID_SESSION_ID')], { tokens });
    expect(await client.request(write)).toEqual({
      kind: 'fault',
      fault: { code: 'INVALID_GRANT', message: 'expired', fields: [], httpStatus: 401 },
    });
  });

  test('a refresh without an answer is a passing fault: the 401 did nothing', async () => {
    const tokens = {
      access: async () => FIRST,
      refresh: async () => ({ kind: 'unknown', message: 'no reply' }) as const,
    };
    const { client } = scripted([salesforceError(401, 'INVALID_SESSION_ID')], { tokens });
    expect(await client.request(write)).toMatchObject({
      kind: 'fault',
      fault: { code: 'NETWORK' },
    });
  });

  test('a 401 for another reason is not refreshed', async () => {
    const { client, refreshes } = scripted([salesforceError(401, 'INVALID_AUTH_HEADER')]);
    expect(await client.request(read)).toMatchObject({ fault: { code: 'INVALID_AUTH_HEADER' } });
    expect(refreshes).toEqual([]);
  });
});

describe('R14 a write that waited for its token', () => {
  const write: ApiRequest<unknown> = {
    effect: 'write',
    method: 'PATCH',
    path: '/sobjects/Task/1',
    read: (body) => body,
  };

  test('does not leave any more when that took longer than half a lease', async () => {
    let clock = 0;
    const asleep = async (): Promise<AccessToken> => {
      clock += 10_001;
      return FIRST;
    };
    const tokens = {
      access: asleep,
      refresh: async () => ({ kind: 'ok', value: SECOND }) as const,
    };
    const { client, sent } = scripted([answer(200, {})], { tokens, now: () => clock });
    expect(await client.request(write)).toMatchObject({
      kind: 'fault',
      fault: { code: 'NETWORK' },
    });
    expect(sent).toEqual([]);
    // A read does no harm.
    expect(await client.request({ ...write, effect: 'read', method: 'GET' })).toMatchObject({
      kind: 'ok',
    });
  });

  test('nor a second time, after a token that had ended', async () => {
    let clock = 0;
    const tokens = {
      access: async () => FIRST,
      refresh: async () => {
        clock += 10_001;
        return { kind: 'ok', value: SECOND } as const;
      },
    };
    const script = [salesforceError(401, 'INVALID_SESSION_ID'), answer(200, {})];
    const { client, sent } = scripted(script, { tokens, now: () => clock });
    expect(await client.request(write)).toMatchObject({
      kind: 'fault',
      fault: { code: 'NETWORK' },
    });
    expect(sent).toHaveLength(1);
  });
});

describe('a failed read', () => {
  test.each([420, 429, 500, 502, 503, 504])(
    'HTTP %i is tried twice more, with growing jittered pauses',
    async (status) => {
      const { client, waits } = scripted([
        answer(status, '<h1>later</h1>'),
        salesforceError(status, 'SERVER_UNAVAILABLE'),
        answer(200, {}),
      ]);
      expect(await client.request(read)).toMatchObject({ kind: 'ok' });
      expect(waits).toEqual([300, 600]);
    },
  );

  test('ends as a fault after two more tries', async () => {
    const { client, sent } = scripted([cut('ECONNRESET'), cut('ECONNREFUSED'), answer(503, 'no')]);
    expect(await client.request(read)).toMatchObject({
      kind: 'fault',
      fault: { code: 'NETWORK', httpStatus: 503 },
    });
    expect(sent).toHaveLength(3);
  });

  test('a refusal is not tried again', async () => {
    const { client, sent } = scripted([salesforceError(400, 'MALFORMED_QUERY')]);
    expect(await client.request(read)).toEqual({
      kind: 'fault',
      fault: {
        code: 'MALFORMED_QUERY',
        message: 'as Salesforce says',
        fields: ['Subject'],
        httpStatus: 400,
      },
    });
    expect(sent).toHaveLength(1);
  });

  test('a reply that is too long is asked for again in small pages', async () => {
    const { client, sent } = scripted([answer(200, 'x'.repeat(101)), answer(200, {})], {
      maxReplyBytes: 100,
    });
    expect(await client.request(read)).toMatchObject({ kind: 'ok' });
    expect(sent.map(({ headers }) => headers.get('sforce-query-options'))).toEqual([
      null,
      'batchSize=200',
    ]);
  });
});

describe('a failed write is never repeated', () => {
  const UNKNOWN = { kind: 'unknown' };
  test.each([
    ['the connection ended', cut('UND_ERR_SOCKET'), UNKNOWN],
    ['the connection was reset', cut('ECONNRESET'), UNKNOWN],
    ["a gateway's error page", answer(502, '<h1>Bad gateway</h1>'), UNKNOWN],
    ['an empty 500', answer(500, ''), UNKNOWN],
    ['a sign-in page instead of JSON', answer(200, '<html>'), UNKNOWN],
    ['a reply without Date', new Response('{}', { status: 200 }), UNKNOWN],
    ['nothing listens', cut('ECONNREFUSED'), { kind: 'fault', fault: { code: 'NETWORK' } }],
    ['no such host', cut('ENOTFOUND'), { kind: 'fault', fault: { code: 'NETWORK' } }],
    [
      'too many requests',
      answer(429, ''),
      { kind: 'fault', fault: { code: 'NETWORK', httpStatus: 429 } },
    ],
    ['a 404 page', answer(404, '<h1>'), { kind: 'fault', fault: { code: 'HTTP_404' } }],
    [
      'an error of the server, which does not say how far the write had come',
      salesforceError(500, 'UNKNOWN_EXCEPTION'),
      { kind: 'unknown' },
    ],
    [
      'the daily limit',
      salesforceError(403, 'REQUEST_LIMIT_EXCEEDED'),
      { kind: 'fault', fault: { code: 'REQUEST_LIMIT_EXCEEDED' } },
    ],
  ])('%s', async (_what, reply, expected) => {
    const { client, sent, waits } = scripted([reply]);
    expect(await client.request(write)).toMatchObject(expected);
    expect(sent).toHaveLength(1);
    expect(waits).toEqual([]);
  });
});

test('B12.2 what is logged has neither query nor id nor token', async () => {
  const { client, logged } = scripted([
    answer(503, ''),
    salesforceError(401, 'INVALID_SESSION_ID'),
    answer(200, {}),
  ]);
  await client.request({ ...read, path: '/sobjects/Task/00T000000000001EAA?q=secret' });
  expect(logged).toHaveLength(2);
  expect(JSON.stringify(logged)).not.toMatch(/secret|00T|first|second/);
});
