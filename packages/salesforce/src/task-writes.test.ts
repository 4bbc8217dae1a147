import { describe, expect, test } from 'vitest';
import { AT, answering, collection, composite, EMPTY, ID, OTHER, ROW } from '../test/answering.ts';
import type { ApiRequest } from './client.ts';

/** What a write reads first. */
function readBefore(request: ApiRequest<unknown> | undefined): string {
  const body = request?.body as { compositeRequest: { url: string }[] } | undefined;
  const url = body?.compositeRequest[0]?.url ?? '';
  expect(url).toMatch(/^\/services\/data\/v62\.0\/queryAll\?q=/);
  return decodeURIComponent(url.split('?q=')[1] ?? '').replace(/^SELECT .* FROM Task WHERE /, '');
}

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

  test('L3 "not there" for a record shown alive in the same call is a refusal, not a reason to look again', async () => {
    const before = { httpStatusCode: 200, body: { ...EMPTY, totalSize: 1, records: [ROW] } };
    const refused = { value: [{ kind: 'refused', fault: { code: 'NOT_FOUND' } }] };
    const row = { id: ID, body: {} };
    const errors = [{ statusCode: 'NOT_FOUND', message: '', fields: [] }];
    const bulk = answering(collection([{ success: false, errors }], before));
    expect(await bulk.calls.updateTasks([{ ...row, ifUnmodifiedSince: null }])).toMatchObject(
      refused,
    );
    expect(await bulk.calls.deleteTasks([ID])).toMatchObject(refused);
    const body = [{ errorCode: 'NOT_FOUND', message: '' }];
    const guarded = answering(composite({ row0: { httpStatusCode: 404, body } }, before));
    expect(await guarded.calls.updateTasks([{ ...row, ifUnmodifiedSince: AT }])).toMatchObject(
      refused,
    );
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
