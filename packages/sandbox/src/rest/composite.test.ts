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

describe('composite', () => {
  it('runs in order, carries headers and references, and counts as one call', async () => {
    const id = await make({ Subject: 'old' });
    const stale = new Date(server.org.clock.now() - 60_000).toUTCString();
    const before = server.org.usage().used;
    const { body } = await call('POST', `${V}/composite`, {
      body: {
        compositeRequest: [
          {
            method: 'PATCH',
            url: `${V}/sobjects/Task/${id}`,
            referenceId: 'guarded',
            httpHeaders: { 'If-Unmodified-Since': stale },
            body: { Subject: 'lost' },
          },
          {
            method: 'POST',
            url: `${V}/sobjects/Task`,
            referenceId: 'made',
            body: { Subject: 'm' },
          },
          {
            method: 'GET',
            url: `${V}/sobjects/Task/@{made.id}?fields=Subject`,
            referenceId: 'read',
          },
          {
            method: 'GET',
            url: `${V}/query?q=${encodeURIComponent(`SELECT Subject FROM Task WHERE Id = '${id}'`)}`,
            referenceId: 'query',
          },
          { method: 'GET', url: `${V}/sobjects/Task/@{guarded.id}`, referenceId: 'broken' },
        ],
      },
    });
    const [guarded, made, read, query, broken] = body.compositeResponse;
    expect([guarded.httpStatusCode, guarded.referenceId]).toEqual([412, 'guarded']);
    expect(made).toMatchObject({
      httpStatusCode: 201,
      httpHeaders: { Location: expect.any(String) },
    });
    expect(read.body).toMatchObject({ Id: made.body.id, Subject: 'm' });
    expect(query.body.records[0].Subject).toBe('old');
    expect([broken.httpStatusCode, broken.body[0].errorCode]).toEqual([400, 'PROCESSING_HALTED']);
    expect(server.org.usage().used - before).toBe(1);
  });

  it('with allOrNone a failure undoes what came before it', async () => {
    const count = server.org.count('Task');
    const { body } = await call('POST', `${V}/composite`, {
      body: {
        allOrNone: true,
        compositeRequest: [
          { method: 'POST', url: `${V}/sobjects/Task`, referenceId: 'a', body: {} },
          { method: 'POST', url: `${V}/sobjects/Task`, referenceId: 'b', body: { WhoId: 'no' } },
        ],
      },
    });
    expect(body.compositeResponse.map((r: Reply) => [r.body[0].errorCode])).toEqual([
      ['PROCESSING_HALTED'],
      ['MALFORMED_ID'],
    ]);
    expect(server.org.count('Task')).toBe(count);
    const many = Array.from({ length: 26 }, (_, i) => ({
      method: 'GET',
      url: V,
      referenceId: `r${i}`,
    }));
    expect(
      (await call('POST', `${V}/composite`, { body: { compositeRequest: many } })).status,
    ).toBe(400);
  });

  it('shows in its first part what the parts behind it change and delete', async () => {
    const [single, bulk, doomed] = await Promise.all([1, 2, 3].map(() => make({ Subject: 'old' })));
    const soql = `SELECT Id, Subject, IsDeleted FROM Task WHERE Id IN ('${single}','${bulk}','${doomed}')`;
    const url = `${V}/queryAll?q=${encodeURIComponent(soql)}`;
    const before = server.org.usage().used;
    const now = new Date(server.org.clock.now() + 60_000).toUTCString();
    const { body } = await call('POST', `${V}/composite`, {
      body: {
        allOrNone: false,
        collateSubrequests: false,
        compositeRequest: [
          { method: 'GET', url, referenceId: 'before' },
          {
            method: 'PATCH',
            url: `${V}/sobjects/Task/${single}`,
            referenceId: 'one',
            httpHeaders: { 'If-Unmodified-Since': now },
            body: { Subject: 'new' },
          },
          {
            method: 'PATCH',
            url: `${V}/composite/sobjects`,
            referenceId: 'many',
            body: {
              allOrNone: false,
              records: [{ attributes: { type: 'Task' }, id: bulk, Subject: 'new' }],
            },
          },
          {
            method: 'DELETE',
            url: `${V}/composite/sobjects?ids=${doomed}&allOrNone=false`,
            referenceId: 'gone',
          },
          { method: 'GET', url, referenceId: 'after' },
        ],
      },
    });
    expect(server.org.usage().used - before).toBe(1);
    const rows = (index: number) =>
      body.compositeResponse[index].body.records.map(
        (r: { Subject: string; IsDeleted: boolean }) => [r.Subject, r.IsDeleted],
      );
    expect(rows(0)).toEqual([
      ['old', false],
      ['old', false],
      ['old', false],
    ]);
    expect(rows(4)).toEqual([
      ['new', false],
      ['new', false],
      ['old', true],
    ]);
    expect(body.compositeResponse.map((r: { httpStatusCode: number }) => r.httpStatusCode)).toEqual(
      [200, 204, 200, 200, 200],
    );
  });

  it('takes at most five queries and collections, and runs none of too many', async () => {
    const id = await make({ Subject: 'untouched' });
    const write = (n: number) => ({
      method: 'PATCH',
      url: `${V}/composite/sobjects`,
      referenceId: `w${n}`,
      body: { records: [{ attributes: { type: 'Task' }, id, Subject: 'touched' }] },
    });
    const query = {
      method: 'GET',
      url: `${V}/query?q=${encodeURIComponent('SELECT Id FROM Task LIMIT 1')}`,
      referenceId: 'q',
    };
    const requests = (writes: number) => ({
      compositeRequest: [query, ...Array.from({ length: writes }, (_, n) => write(n))],
    });
    const refused = await call('POST', `${V}/composite`, { body: requests(5) });
    expect(refused.status).toBe(400);
    expect((await call('GET', `${V}/sobjects/Task/${id}`)).body.Subject).toBe('untouched');
    const taken = await call('POST', `${V}/composite`, { body: requests(4) });
    expect(taken.body.compositeResponse).toHaveLength(5);
  });

  it('batch and tree answer in their own shapes', async () => {
    const batch = await call('POST', `${V}/composite/batch`, {
      body: {
        haltOnError: true,
        batchRequests: [
          { method: 'GET', url: 'v62.0/limits' },
          { method: 'GET', url: 'v62.0/nope' },
          { method: 'GET', url: 'v62.0/limits' },
        ],
      },
    });
    expect(batch.body.hasErrors).toBe(true);
    expect(batch.body.results.map((r: { statusCode: number }) => r.statusCode)).toEqual([
      200, 404, 412,
    ]);
    const record = (referenceId: string, more: object) => ({
      attributes: { type: 'Task', referenceId },
      ...more,
    });
    const tree = await call('POST', `${V}/composite/tree/Task`, {
      body: { records: [record('one', {}), record('two', { Subject: 's' })] },
    });
    expect([tree.status, tree.body.results.length]).toEqual([201, 2]);
    const failed = await call('POST', `${V}/composite/tree/Task`, {
      body: { records: [record('one', {}), record('two', { Nope: 's' })] },
    });
    expect([failed.status, failed.body.hasErrors]).toEqual([400, true]);
    expect(failed.body.results.map((r: { referenceId: string }) => r.referenceId)).toEqual(['two']);
  });
});

describe('collections', () => {
  const record = (fields: object) => ({ attributes: { type: 'Task' }, ...fields });

  it('answer row by row, in order, with statusCode', async () => {
    const { status, body } = await call('POST', `${V}/composite/sobjects`, {
      body: {
        records: [record({ Subject: 'a' }), record({ OwnerId: 'INVALID_OWNER' }), record({})],
      },
    });
    expect(status).toBe(200);
    expect(body.map((r: { success: boolean }) => r.success)).toEqual([true, false, true]);
    expect(body[1].errors).toEqual([
      {
        statusCode: 'MALFORMED_ID',
        message: 'Assigned To ID: id value of incorrect type: INVALID_OWNER',
        fields: ['OwnerId'],
      },
    ]);
    const ids = [body[0].id, '00Tbm0000099999', body[2].id];
    const read = await call('POST', `${V}/composite/sobjects/Task`, {
      body: { ids, fields: ['Subject'] },
    });
    expect(read.body).toEqual([expect.objectContaining({ Subject: 'a' }), null, expect.anything()]);
    const gone = await call(
      'DELETE',
      `${V}/composite/sobjects?ids=${ids.join(',')}&allOrNone=true`,
    );
    expect(
      gone.body.map((r: { errors: { statusCode: string }[] }) => r.errors[0]?.statusCode),
    ).toEqual([
      'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      'INVALID_CROSS_REFERENCE_KEY',
      'ALL_OR_NONE_OPERATION_ROLLED_BACK',
    ]);
  });

  it('upsert tells created from changed, refuses a key given twice, and takes 200 at most', async () => {
    const at = `${V}/composite/sobjects/Task/Tandem_Key__c`;
    const keys = ['u1', 'u2', 'u3', 'u3'].map((Tandem_Key__c) => record({ Tandem_Key__c }));
    const first = await call('PATCH', at, { body: { records: keys } });
    expect(first.body.map((r: { created?: boolean }) => r.created)).toEqual([
      true,
      true,
      undefined,
      undefined,
    ]);
    const second = await call('PATCH', at, { body: { records: keys.slice(0, 2) } });
    expect(second.body.map((r: { created?: boolean }) => r.created)).toEqual([false, false]);
    const records = Array.from({ length: 201 }, () => record({}));
    const tooMany = await call('POST', `${V}/composite/sobjects`, { body: { records } });
    expect(code(tooMany)).toEqual([400, 'EXCEEDED_ID_LIMIT']);
  });

  it('refuse more than ten changes of object, and a value no reader takes, as a whole', async () => {
    const mixed = Array.from({ length: 12 }, (_, i) => ({
      attributes: { type: i % 2 === 0 ? 'Task' : 'Account' },
      ...(i % 2 === 0 ? {} : { Name: 'Mixed' }),
    }));
    const at = `${V}/composite/sobjects`;
    const chunks = await call('POST', at, { body: { records: mixed } });
    expect(chunks.status).toBe(400);
    expect(chunks.body[0].message).toMatch(/^Cannot have more than 10 chunks/);
    expect((await call('POST', at, { body: { records: mixed.slice(0, 10) } })).status).toBe(200);
    const count = server.org.count('Task');
    const records = [record({}), record({ ActivityDate: 'soon' })];
    expect(code(await call('POST', at, { body: { records } }))).toEqual([400, 'JSON_PARSER_ERROR']);
    expect(server.org.count('Task')).toBe(count);
  });
});

describe('queries and feeds', () => {
  const q = (soql: string) => encodeURIComponent(soql);

  it('columns=true describes the columns for the sf CLI', async () => {
    const soql = q('SELECT Id, Subject, Who.Name, IsClosed FROM task');
    const { body } = await call('GET', `${V}/query?q=${soql}&columns=true`);
    expect(body).toMatchObject({ entityName: 'Task', idSelected: true, keyPrefix: '00T' });
    expect(body.columnMetadata.map((c: { columnName: string }) => c.columnName)).toEqual([
      'Id',
      'Subject',
      'Who',
      'IsClosed',
    ]);
  });

  it('pages by nextRecordsUrl; a wrong locator is refused', async () => {
    server.org.insertMany(
      Array.from({ length: 300 }, () => ({ object: 'Task', fields: { Subject: 'paged' } })),
      server.ann,
    );
    const soql = q("SELECT Id FROM Task WHERE Subject = 'paged'");
    const headers = { 'Sforce-Query-Options': 'batchSize=200' };
    const first = await call('GET', `${V}/query/?q=${soql}`, { headers });
    expect(first.body).toMatchObject({ totalSize: 300, done: false });
    const next = await call('GET', first.body.nextRecordsUrl);
    expect([next.body.done, next.body.records.length]).toEqual([true, 100]);
    expect(code(await call('GET', `${V}/query/01g000000000099AAA-2000`))).toEqual([
      400,
      'INVALID_QUERY_LOCATOR',
    ]);
  });

  it('updated and deleted drop seconds, respect the caller and refuse bad windows', async () => {
    const id = await make();
    const now = server.org.clock.now();
    const iso = (ms: number) => encodeURIComponent(new Date(ms).toISOString());
    const window = `start=${iso(now - 3_600_000)}&end=${iso(now + 120_000)}`;
    expect((await call('GET', `${V}/sobjects/Task/updated?${window}`)).body.ids).toContain(id);
    expect(
      (await call('GET', `${V}/sobjects/Task/updated/?${window}`, { as: 'bo' })).body.ids,
    ).not.toContain(id);
    await call('DELETE', `${V}/sobjects/Task/${id}`);
    const { body } = await call('GET', `${V}/sobjects/Task/deleted/?${window}`);
    expect(body.deletedRecords.at(-1)).toEqual({
      deletedDate: expect.stringMatching(/\.000\+0000$/),
      id,
    });
    const same = `start=${iso(now)}&end=${iso(now + 1000)}`;
    const old = `start=${iso(now - 16 * 86_400_000)}&end=${iso(now)}`;
    for (const bad of [same, old]) {
      expect(code(await call('GET', `${V}/sobjects/Task/deleted?${bad}`))).toEqual([
        400,
        'INVALID_REPLICATION_DATE',
      ]);
    }
    server.org.purgeDeleteLog(now + 60_000);
    const after = await call('GET', `${V}/sobjects/Task/deleted?${window}`);
    expect(after.body.deletedRecords).toEqual([]);
    expect(Date.parse(after.body.earliestDateAvailable.replace('+0000', 'Z'))).toBeGreaterThan(now);
  });

  it('searches text', async () => {
    const id = await make({ Subject: 'A very findable thing' });
    const { body } = await call(
      'GET',
      `${V}/search/?q=${q('FIND {findable} IN ALL FIELDS RETURNING Task(Id, Subject)')}`,
    );
    expect(body.searchRecords).toEqual([
      expect.objectContaining({ Id: id, Subject: 'A very findable thing' }),
    ]);
  });
});
