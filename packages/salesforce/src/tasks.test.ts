import { describe, expect, test } from 'vitest';
import { AT, answering, collection, EMPTY, ID, ROW } from '../test/answering.ts';
import type { ApiRequest } from './client.ts';
import { BULK_ROWS, GUARDED_ROWS } from './tasks.ts';

function statementOf(request: ApiRequest<unknown> | undefined): string {
  const [path, query] = (request?.path ?? '').split('?q=');
  expect(path).toBe('/queryAll');
  return decodeURIComponent(query ?? '').replace(/^SELECT .* FROM Task WHERE /, '');
}

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
      "OwnerId = '005000000000001AAA' AND IsDeleted = false AND (LastModifiedDate >= 2026-11-24T08:30:00Z OR CreatedDate >= 2026-11-24T08:30:00Z) ORDER BY Id",
      "OwnerId = '005000000000001AAA' AND IsDeleted = false AND IsClosed = false ORDER BY Id",
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
