import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Reply, type TestServer, testServer } from './testing.ts';

const V = '/services/data/v62.0';
let server: TestServer;
let call: TestServer['call'];

beforeAll(async () => {
  server = await testServer();
  call = server.call;
});
afterAll(() => server.sandbox.close());

const make = async (body: unknown = {}, as = 'ann') =>
  (await call('POST', `${V}/sobjects/Task`, { body, as })).body.id as string;
const code = (reply: Reply) => [reply.status, reply.body?.[0]?.errorCode];

describe('plumbing', () => {
  it('answers in the org’s JSON, time and usage', async () => {
    const reply = await call('GET', `${V}/limits`);
    expect(reply.headers.get('content-type')).toBe('application/json;charset=UTF-8');
    expect(reply.headers.get('date')).toBe(new Date(server.org.clock.now()).toUTCString());
    expect(reply.headers.get('sforce-limit-info')).toMatch(/^api-usage=\d+\/15000$/);
    const again = await call('GET', `${V}/limits`);
    expect(again.body.DailyApiRequests.Remaining).toBe(reply.body.DailyApiRequests.Remaining - 1);
  });

  it('collapses leading slashes, takes trailing ones, and any case of names', async () => {
    expect((await call('GET', '//services/data')).body).toHaveLength(48);
    expect((await call('GET', '/services/data')).body.at(-1)).toEqual({
      label: "Summer '26",
      url: '/services/data/v67.0',
      version: '67.0',
    });
    const made = await call('POST', `/${V}/sobjects/task/`, { body: { subject: 'x' } });
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toBe(`${V}/sobjects/Task/${made.body.id}`);
    const row = await call(
      'GET',
      `${V}/sobjects/TASK/${made.body.id.slice(0, 15)}/?fields=SUBJECT`,
    );
    expect(row.body).toEqual({
      attributes: { type: 'Task', url: `${V}/sobjects/Task/${made.body.id}` },
      Subject: 'x',
      Id: made.body.id,
    });
  });

  it('refuses with Salesforce’s statuses and codes', async () => {
    expect(code(await call('GET', V, { as: 'nobody' }))).toEqual([401, 'INVALID_SESSION_ID']);
    expect(code(await call('GET', V, { as: null }))).toEqual([401, 'INVALID_SESSION_ID']);
    const wrong = await call('PATCH', `${V}/sobjects/Task`, { body: {} });
    expect(wrong.status).toBe(405);
    expect(wrong.body[0].message).toBe(
      "HTTP Method 'PATCH' not allowed. Allowed are GET,HEAD,POST",
    );
    expect(code(await call('GET', `${V}/nope`))).toEqual([404, 'NOT_FOUND']);
    expect(code(await call('GET', '/services/data/v99.0'))).toEqual([404, 'NOT_FOUND']);
    expect(code(await call('GET', `${V}/sobjects/Nope/describe`))).toEqual([404, 'NOT_FOUND']);
    expect(code(await call('POST', `${V}/sobjects/Task`, { body: '{"a":' }))).toEqual([
      400,
      'JSON_PARSER_ERROR',
    ]);
    expect(code(await call('POST', `${V}/sobjects/Task`))).toEqual([400, 'JSON_PARSER_ERROR']);
    const date = await call('POST', `${V}/sobjects/Task`, {
      body: '{"ActivityDate":"2026-02-30"}',
    });
    expect(date.body).toEqual([
      {
        message:
          'Cannot deserialize instance of date from VALUE_STRING value 2026-02-30 or request may be missing a required field at [line:1, column:17]',
        errorCode: 'JSON_PARSER_ERROR',
        fields: [],
      },
    ]);
    expect(code(await call('GET', `${V}/tooling/query?q=SELECT+Id+FROM+SandboxProcess`))).toEqual([
      400,
      'INVALID_TYPE',
    ]);
  });

  it('names its resources, with the caller’s identity', async () => {
    const { body } = await call('GET', `${V}/`);
    expect(body.query).toBe(`${V}/query`);
    expect(body.identity).toBe(`${server.url}/id/${server.org.id}/${server.ann.userId}`);
    for (const path of ['recent', 'tabs']) {
      expect((await call('GET', `${V}/${path}`)).body).toEqual([]);
    }
    expect((await call('GET', `${V}/sobjects/Task`)).body.objectDescribe.keyPrefix).toBe('00T');
  });

  it('stops at the daily limit, and goes on when the day has rolled by', async () => {
    const { used } = server.org.usage();
    server.org.changeSettings({ dailyApiRequests: used });
    const reply = await call('GET', `${V}/limits`);
    expect([...code(reply), reply.body[0].message]).toEqual([
      403,
      'REQUEST_LIMIT_EXCEEDED',
      'TotalRequests Limit exceeded.',
    ]);
    server.org.clock.advance(86_400_000);
    expect((await call('GET', `${V}/limits`)).status).toBe(200);
    server.org.changeSettings({ dailyApiRequests: 15_000 });
  });
});

describe('a row', () => {
  it('404s tell deleted, missing and wrong ids apart', async () => {
    const id = await make();
    const at = `${V}/sobjects/Task/${id}`;
    expect((await call('DELETE', at)).status).toBe(204);
    expect(code(await call('GET', at))).toEqual([404, 'ENTITY_IS_DELETED']);
    expect(code(await call('DELETE', at))).toEqual([404, 'ENTITY_IS_DELETED']);
    const never = `${V}/sobjects/Task/00Tbm0000099999`;
    expect(code(await call('GET', never))).toEqual([404, 'NOT_FOUND']);
    const text = await call('GET', `${V}/sobjects/Task/what`);
    expect(text.body[0].message).toBe(
      'Provided external ID field does not exist or is not accessible: what',
    );
    const own = await make();
    server.org.emptyBin('all', server.admin);
    expect(code(await call('PATCH', at, { body: {} }))).toEqual([
      404,
      'INVALID_CROSS_REFERENCE_KEY',
    ]);
    expect(code(await call('GET', `${V}/sobjects/Task/${own}`, { as: 'bo' }))).toEqual([
      404,
      'NOT_FOUND',
    ]);
    expect(code(await call('PATCH', `${V}/sobjects/Task/${own}`, { as: 'bo', body: {} }))).toEqual([
      400,
      'INSUFFICIENT_ACCESS_OR_READONLY',
    ]);
  });

  it('obeys If-Unmodified-Since on PATCH, to the second, and If-Modified-Since on GET', async () => {
    const at = `${V}/sobjects/Task/${await make()}`;
    const now = server.org.clock.now();
    const since = (ms: number) => ({ 'If-Unmodified-Since': new Date(ms).toUTCString() });
    expect((await call('PATCH', at, { body: {}, headers: since(now) })).status).toBe(204);
    expect((await call('PATCH', at, { body: {}, headers: since(now - 1000) })).status).toBe(412);
    const bad = { 'If-Unmodified-Since': 'yesterday' };
    expect((await call('PATCH', at, { body: {}, headers: bad })).status).toBe(400);
    expect((await call('DELETE', at, { headers: since(now - 5000) })).status).toBe(204);
    const read = `${V}/sobjects/Task/${await make()}`;
    const modified = { 'If-Modified-Since': new Date(now).toUTCString() };
    expect((await call('GET', read, { headers: modified })).status).toBe(304);
    server.org.clock.advance(2000);
    await call('PATCH', read, { body: { Subject: 'y' } });
    expect((await call('GET', read, { headers: modified })).status).toBe(200);
    const describe304 = { 'If-Modified-Since': new Date(now + 10_000).toUTCString() };
    expect(
      (await call('GET', `${V}/sobjects/Task/describe`, { headers: describe304 })).status,
    ).toBe(304);
  });

  it('is upserted by its key: 201, then 200, or 204 before v46; updateOnly makes none', async () => {
    const at = '/sobjects/Task/Tandem_Key__c/a%2Fb';
    const body = { Subject: 'one' };
    const none = await call('PATCH', `${V}${at}?updateOnly=true`, { body });
    expect(none.status).toBe(404);
    const made = await call('PATCH', V + at, { body });
    expect([made.status, made.body.created]).toEqual([201, true]);
    const again = await call('PATCH', V + at, { body: { Subject: 'two' } });
    expect([again.status, again.body]).toEqual([
      200,
      { id: made.body.id, success: true, errors: [], created: false },
    ]);
    expect((await call('PATCH', `/services/data/v45.0${at}`, { body })).status).toBe(204);
    expect((await call('GET', V + at)).body).toMatchObject({
      Tandem_Key__c: 'a/b',
      Subject: 'one',
    });
    const repeated = { body: { Tandem_Key__c: 'a/b' } };
    expect(code(await call('PATCH', V + at, repeated))).toEqual([400, 'INVALID_FIELD']);
    expect(code(await call('PATCH', `${V}/sobjects/Task/Nope__c/1`, { body }))).toEqual([
      404,
      'NOT_FOUND',
    ]);
    expect((await call('DELETE', V + at)).status).toBe(204);
    expect((await call('GET', V + at)).status).toBe(404);
  });

  it('an external id several rows share answers 300 with their addresses', async () => {
    for (const Name of ['Sorrel', 'Tansy']) {
      await call('POST', `${V}/sobjects/Account`, { body: { Name, Legacy_Key__c: 'L1' } });
    }
    const reply = await call('PATCH', `${V}/sobjects/Account/Legacy_Key__c/L1`, { body: {} });
    expect(reply.status).toBe(300);
    expect(reply.body).toEqual([
      expect.stringMatching(/sobjects\/Account\/001/),
      expect.stringMatching(/sobjects\/Account\/001/),
    ]);
  });
});
