import { describe, expect, test } from 'vitest';
import { createChangeFeed } from './change-feed.ts';
import type { ApiRequest, Client } from './client.ts';
import { BULK_ROWS, createTaskCalls, GUARDED_ROWS } from './tasks.ts';

const ID = '00T000000000001EAA';
const OTHER = '00T000000000002EAA';
const AT = '2026-11-24T08:30:00.000Z';

/** A client that answers every request with one body, read as the request asks. */
function answering(body: unknown, keyField: string | null = 'Tandem_Key__c') {
  const requests: ApiRequest<unknown>[] = [];
  const client: Client = {
    async request(request) {
      requests.push(request as ApiRequest<unknown>);
      const value = request.read(body);
      return value === null
        ? { kind: 'unknown', message: 'unreadable' }
        : { kind: 'ok', value, serverTime: AT, usage: null };
    },
  };
  const calls = {
    ...createTaskCalls(client, keyField),
    ...createChangeFeed(client, keyField, null),
  };
  return { calls, requests };
}

function statementOf(request: ApiRequest<unknown> | undefined): string {
  const [path, query] = (request?.path ?? '').split('?q=');
  expect(path).toBe('/queryAll');
  return decodeURIComponent(query ?? '').replace(/^SELECT .* FROM Task WHERE /, '');
}

/** What a write reads first. */
function readBefore(request: ApiRequest<unknown> | undefined): string {
  const body = request?.body as { compositeRequest: { url: string }[] } | undefined;
  const url = body?.compositeRequest[0]?.url ?? '';
  expect(url).toMatch(/^\/services\/data\/v62\.0\/queryAll\?q=/);
  return decodeURIComponent(url.split('?q=')[1] ?? '').replace(/^SELECT .* FROM Task WHERE /, '');
}

const EMPTY = { totalSize: 0, done: true, records: [] };
/** The reply to a write of existing records: how they were, then what became of them. */
function composite(
  written: Record<string, { httpStatusCode: number; body?: unknown }>,
  before: { httpStatusCode: number; body?: unknown } = { httpStatusCode: 200, body: EMPTY },
) {
  const replies = Object.entries({ ...written, before });
  return { compositeResponse: replies.map(([referenceId, reply]) => ({ referenceId, ...reply })) };
}
const collection = (rows: readonly object[], before?: { httpStatusCode: number; body?: unknown }) =>
  composite({ written: { httpStatusCode: 200, body: rows } }, before);
const ROW = {
  attributes: { type: 'Task', url: '/services/data/v62.0/sobjects/Task/00T000000000001EAA' },
  Id: '00T000000000001',
  Subject: null,
  Status: 'In Progress',
  IsClosed: false,
  Priority: 'Low',
  ActivityDate: '2028-02-29',
  Description: 'a\r\nb',
  OwnerId: '005000000000001',
  WhoId: '00Q000000000001',
  Who: { attributes: { type: 'Name' }, Name: 'Ines Caldera', Type: 'Lead' },
  WhatId: '001000000000001',
  What: null,
  IsDeleted: false,
  IsArchived: true,
  IsRecurrence: false,
  CreatedDate: '2026-09-14T18:29:24.000+0000',
  LastModifiedDate: '2026-09-14T18:29:25.000+0000',
  LastModifiedById: '005000000000002',
  SystemModstamp: '2026-09-14T18:29:26.000+0000',
  Tandem_Key__c: 'key-1',
};

describe('reading', () => {
  test('the change feed asks for everything since, in the order of its stamps', async () => {
    const { calls, requests } = answering(EMPTY);
    await calls.changedSince('2026-11-24T08:30:00.500Z', null);
    expect(statementOf(requests[0])).toBe(
      'SystemModstamp >= 2026-11-24T08:30:00Z AND IsRecurrence = false ORDER BY SystemModstamp, Id',
    );
  });

  test('the next page is the address that Salesforce gave', async () => {
    const { calls, requests } = answering({
      totalSize: 2001,
      done: false,
      nextRecordsUrl: '/services/data/v62.0/query/01g000000000001AAA-2000',
      records: [],
    });
    const page = await calls.changedSince(AT, null);
    expect(page).toMatchObject({ value: { total: 2001 } });
    const next = page.kind === 'ok' ? page.value.next : null;
    await calls.changedSince(AT, next);
    expect(requests[1]?.path).toBe('/services/data/v62.0/query/01g000000000001AAA-2000');
  });

  test('B6.4 the import asks for a window, or for all open tasks', async () => {
    const { calls, requests } = answering(EMPTY);
    await calls.importPage('005000000000001AAA', AT, null);
    await calls.importPage('005000000000001AAA', null, null);
    expect(requests.map(statementOf)).toEqual([
      "OwnerId = '005000000000001AAA' AND (LastModifiedDate >= 2026-11-24T08:30:00Z OR CreatedDate >= 2026-11-24T08:30:00Z) ORDER BY Id",
      "OwnerId = '005000000000001AAA' AND IsClosed = false ORDER BY Id",
    ]);
  });

  test('a row arrives with full ids, ISO instants and plain dates', async () => {
    const { calls } = answering({ totalSize: 1, done: true, records: [ROW] });
    expect(await calls.readTasks([ID])).toMatchObject({
      value: {
        next: null,
        tasks: [
          {
            Id: ID,
            Subject: null,
            Status: 'In Progress',
            Priority: 'Low',
            ActivityDate: '2028-02-29',
            Description: 'a\r\nb',
            OwnerId: '005000000000001AAA',
            WhoId: '00Q000000000001EAA',
            WhoName: 'Ines Caldera',
            WhoType: 'Lead',
            WhatId: '001000000000001AAA',
            WhatName: null,
            WhatType: null,
            IsArchived: true,
            CreatedDate: '2026-09-14T18:29:24.000Z',
            LastModifiedDate: '2026-09-14T18:29:25.000Z',
            SystemModstamp: '2026-09-14T18:29:26.000Z',
            CreationKey: 'key-1',
          },
        ],
      },
    });
  });

  test('a page with one row that cannot be read is no page', async () => {
    for (const broken of [{ Id: 'x' }, { SystemModstamp: 'soon' }, { Status: null }]) {
      const { calls } = answering({ totalSize: 1, done: true, records: [{ ...ROW, ...broken }] });
      expect(await calls.readTasks([ID])).toMatchObject({ kind: 'unknown' });
    }
    const endless = answering({ totalSize: 1, done: false, records: [] });
    expect(await endless.calls.readTasks([ID])).toMatchObject({ kind: 'unknown' });
  });

  test('R8 without a key field a look-up by key is a fault, never "does not exist"', async () => {
    const { calls, requests } = answering(EMPTY, null);
    expect(await calls.findByCreationKey(['k'])).toMatchObject({
      kind: 'fault',
      fault: { code: 'NO_CREATION_KEY' },
    });
    await calls.changedSince(AT, null);
    expect(requests[0]?.path).not.toContain('Tandem_Key__c');
  });
});

describe('creating', () => {
  const row = { creationKey: 'key-1', body: { Subject: 'a' } };

  test('R7 R8 inserts, with the creation key in its field', async () => {
    const { calls, requests } = answering([{ success: true, id: '00T000000000001', errors: [] }]);
    expect(await calls.createTasks([row])).toMatchObject({
      value: [{ kind: 'done', id: ID, before: null }],
    });
    expect(requests[0]).toMatchObject({
      effect: 'write',
      method: 'POST',
      path: '/composite/sobjects',
      body: {
        allOrNone: false,
        records: [{ attributes: { type: 'Task' }, Subject: 'a', Tandem_Key__c: 'key-1' }],
      },
    });
  });

  test('R8 "duplicate value" names the record that was born earlier', async () => {
    const message =
      'duplicate value found: Tandem_Key__c duplicates value on record with id: 00T000000000001';
    const { calls } = answering([
      { success: false, errors: [{ statusCode: 'DUPLICATE_VALUE', message, fields: [] }] },
    ]);
    expect(await calls.createTasks([row])).toMatchObject({
      value: [{ kind: 'refused', duplicateOf: ID, fault: { code: 'DUPLICATE_VALUE' } }],
    });
  });

  test('a person who is not there is a refusal of the row, never "the task is gone"', async () => {
    const errors = [{ statusCode: 'INVALID_CROSS_REFERENCE_KEY', message: 'invalid', fields: [] }];
    const refused = [{ kind: 'refused', fault: { code: 'INVALID_CROSS_REFERENCE_KEY' } }];
    const creating = answering([{ success: false, errors }]);
    const body = { WhoId: '003000000000001EAA' };
    expect(await creating.calls.createTasks([{ ...row, body }])).toMatchObject({ value: refused });
    const { calls } = answering(collection([{ success: false, errors }]));
    const update = { id: ID, body, ifUnmodifiedSince: null };
    expect(await calls.updateTasks([update])).toMatchObject({ value: refused });
    const plain = { ...update, body: { WhoId: null, Subject: 'a' } };
    expect(await calls.updateTasks([plain])).toMatchObject({ value: [{ kind: 'gone' }] });
  });

  test('an answer with too few rows tells nothing about any of them', async () => {
    const { calls } = answering([{ success: true, id: ID, errors: [] }]);
    expect(await calls.createTasks([row, row])).toMatchObject({ kind: 'unknown' });
  });
});

describe('updating', () => {
  test('R9 the guarded lane reads the records, then carries a condition for each', async () => {
    const { calls, requests } = answering(
      // Out of order on purpose: the reference counts.
      composite(
        { row1: { httpStatusCode: 412, body: null }, row0: { httpStatusCode: 204, body: null } },
        { httpStatusCode: 200, body: { ...EMPTY, totalSize: 1, records: [ROW] } },
      ),
    );
    const rows = [ID, OTHER].map((id) => ({ id, body: { Subject: 'b' }, ifUnmodifiedSince: AT }));
    expect(await calls.updateTasks(rows)).toMatchObject({
      value: [
        { kind: 'done', id: ID, before: { Id: ID, Priority: 'Low', Description: 'a\r\nb' } },
        { kind: 'stale' },
      ],
    });
    expect(requests[0]).toMatchObject({
      effect: 'write',
      path: '/composite',
      body: {
        allOrNone: false,
        collateSubrequests: false,
        compositeRequest: [
          { method: 'GET', referenceId: 'before' },
          {
            method: 'PATCH',
            url: `/services/data/v62.0/sobjects/Task/${ID}`,
            referenceId: 'row0',
            httpHeaders: { 'If-Unmodified-Since': 'Tue, 24 Nov 2026 08:30:00 GMT' },
            body: { Subject: 'b' },
          },
          { referenceId: 'row1' },
        ],
      },
    });
    expect(readBefore(requests[0])).toBe(`Id IN ('${ID}','${OTHER}')`);
  });

  test.each([
    [
      404,
      [{ errorCode: 'ENTITY_IS_DELETED', message: 'entity is deleted', fields: [] }],
      { kind: 'gone' },
    ],
    [
      404,
      [{ errorCode: 'INVALID_CROSS_REFERENCE_KEY', message: 'invalid cross reference id' }],
      { kind: 'gone' },
    ],
    [
      400,
      [{ errorCode: 'INVALID_CROSS_REFERENCE_KEY', message: 'bad', fields: ['WhoId'] }],
      { kind: 'refused' },
    ],
    [
      400,
      [{ errorCode: 'STRING_TOO_LONG', message: 'long', fields: ['Subject'] }],
      { kind: 'refused', fault: { httpStatus: 400, fields: ['Subject'] } },
    ],
    [500, null, { kind: 'unknown' }],
    [405, null, { kind: 'refused', fault: { code: 'HTTP_405' } }],
  ])('a guarded row answered with %i %j', async (httpStatusCode, body, expected) => {
    const { calls } = answering(composite({ row0: { httpStatusCode, body } }));
    const rows = [{ id: ID, body: {}, ifUnmodifiedSince: AT }];
    expect(await calls.updateTasks(rows)).toMatchObject({ value: [expected] });
  });

  test('R9 the bulk lane reads the records, then sends a collection, results in order', async () => {
    const { calls, requests } = answering(
      collection(
        [
          { id: ID, success: true, errors: [] },
          {
            success: false,
            errors: [{ statusCode: 'ENTITY_IS_DELETED', message: '', fields: [] }],
          },
        ],
        { httpStatusCode: 200, body: { ...EMPTY, totalSize: 1, records: [ROW] } },
      ),
    );
    const rows = [ID, OTHER].map((id) => ({ id, body: { Subject: 'b' }, ifUnmodifiedSince: null }));
    expect(await calls.updateTasks(rows)).toMatchObject({
      value: [{ kind: 'done', id: ID, before: { Id: ID, Priority: 'Low' } }, { kind: 'gone' }],
    });
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({
      method: 'POST',
      path: '/composite',
      body: {
        collateSubrequests: false,
        compositeRequest: [
          { method: 'GET', referenceId: 'before' },
          {
            method: 'PATCH',
            url: '/services/data/v62.0/composite/sobjects',
            body: {
              allOrNone: false,
              records: [{ attributes: { type: 'Task' }, id: ID, Subject: 'b' }, {}],
            },
          },
        ],
      },
    });
    expect(readBefore(requests[0])).toBe(`Id IN ('${ID}','${OTHER}')`);
  });

  test.each([
    ['refused', { httpStatusCode: 400, body: [{ errorCode: 'INVALID_FIELD', message: '' }] }],
    ['not as documented', { httpStatusCode: 200, body: { ...EMPTY, records: [{ Id: 'x' }] } }],
    ['without these records', { httpStatusCode: 200, body: EMPTY }],
  ])('R9 a write counts although the reading before it was %s', async (_how, before) => {
    const done = { value: [{ kind: 'done', id: ID, before: null }] };
    const row = { id: ID, body: {} };
    const bulk = answering(collection([{ id: ID, success: true, errors: [] }], before));
    expect(await bulk.calls.updateTasks([{ ...row, ifUnmodifiedSince: null }])).toMatchObject(done);
    const guarded = answering(composite({ row0: { httpStatusCode: 204 } }, before));
    expect(await guarded.calls.updateTasks([{ ...row, ifUnmodifiedSince: AT }])).toMatchObject(
      done,
    );
  });

  test.each([
    [
      400,
      [{ errorCode: 'JSON_PARSER_ERROR', message: 'no' }],
      { kind: 'fault', fault: { code: 'JSON_PARSER_ERROR', message: 'no', httpStatus: 400 } },
    ],
    [405, null, { kind: 'fault', fault: { code: 'HTTP_405' } }],
    [503, [{ errorCode: 'SERVER_UNAVAILABLE', message: '' }], { kind: 'unknown' }],
    [200, [], { kind: 'unknown' }],
  ])('a collection answered as a whole with %i %j', async (httpStatusCode, body, expected) => {
    const { calls } = answering(composite({ written: { httpStatusCode, body } }));
    const row = { id: ID, body: {}, ifUnmodifiedSince: null };
    expect(await calls.updateTasks([row])).toMatchObject(expected);
    expect(await calls.deleteTasks([ID])).toMatchObject(expected);
  });

  test('a reply without the part that was asked for tells nothing', async () => {
    const { calls } = answering(composite({}));
    const row = { id: ID, body: {} };
    for (const ifUnmodifiedSince of [AT, null]) {
      expect(await calls.updateTasks([{ ...row, ifUnmodifiedSince }])).toMatchObject({
        kind: 'unknown',
      });
    }
    expect(await calls.deleteTasks([ID])).toMatchObject({ kind: 'unknown' });
  });

  test('a call of both lanes at once is a mistake of the caller', () => {
    const { calls } = answering([]);
    const rows = [AT, null].map((ifUnmodifiedSince) => ({ id: ID, body: {}, ifUnmodifiedSince }));
    expect(() => calls.updateTasks(rows)).toThrow(TypeError);
  });
});

test('R9 deleting reads the records first, and reports what is not there as gone', async () => {
  const { calls, requests } = answering(
    collection(
      [
        { id: ID, success: true, errors: [] },
        { success: false, errors: [{ statusCode: 'ENTITY_IS_DELETED', message: '', fields: [] }] },
      ],
      { httpStatusCode: 200, body: { ...EMPTY, totalSize: 1, records: [ROW] } },
    ),
  );
  expect(await calls.deleteTasks([ID, OTHER])).toMatchObject({
    value: [{ kind: 'done', id: ID, before: { Id: ID, Priority: 'Low' } }, { kind: 'gone' }],
  });
  expect(requests[0]).toMatchObject({
    path: '/composite',
    body: {
      compositeRequest: [
        { method: 'GET', referenceId: 'before' },
        {
          method: 'DELETE',
          url: `/services/data/v62.0/composite/sobjects?ids=${ID},${OTHER}&allOrNone=false`,
        },
      ],
    },
  });
  expect(readBefore(requests[0])).toBe(`Id IN ('${ID}','${OTHER}')`);
});

test('calls are bounded by what Salesforce takes', () => {
  const { calls } = answering([]);
  const rows = (count: number) => Array.from({ length: count }, () => ({ id: ID, body: {} }));
  const bulk = rows(BULK_ROWS + 1).map((row) => ({ ...row, ifUnmodifiedSince: null }));
  const guarded = rows(GUARDED_ROWS + 1).map((row) => ({ ...row, ifUnmodifiedSince: AT }));
  expect(() => calls.updateTasks(bulk)).toThrow(RangeError);
  expect(() => calls.updateTasks(guarded)).toThrow(RangeError);
  expect(() => calls.createTasks([])).toThrow(RangeError);
  expect(() => calls.deleteTasks(Array.from({ length: BULK_ROWS + 1 }, () => ID))).toThrow(
    RangeError,
  );
  expect(() => calls.readTasks([])).toThrow(RangeError);
});
