import { createChangeFeed } from '../src/change-feed.ts';
import type { ApiRequest, Client } from '../src/client.ts';
import { createTaskCalls } from '../src/tasks.ts';

export const ID = '00T000000000001EAA';
export const OTHER = '00T000000000002EAA';
export const AT = '2026-11-24T08:30:00.000Z';

/** A client that answers every request with one body, read as the request asks. */
export function answering(body: unknown, keyField: string | null = 'Tandem_Key__c') {
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

export const EMPTY = { totalSize: 0, done: true, records: [] };
export const ROW = {
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

/** The reply to a write of existing records: how they were, then what became of them. */
export function composite(
  written: Record<string, { httpStatusCode: number; body?: unknown }>,
  before: { httpStatusCode: number; body?: unknown } = { httpStatusCode: 200, body: EMPTY },
) {
  const replies = Object.entries({ ...written, before });
  return { compositeResponse: replies.map(([referenceId, reply]) => ({ referenceId, ...reply })) };
}
export const collection = (
  rows: readonly object[],
  before?: { httpStatusCode: number; body?: unknown },
) => composite({ written: { httpStatusCode: 200, body: rows } }, before);
