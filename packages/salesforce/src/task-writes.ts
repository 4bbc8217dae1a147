import type { Instant, Reply, RowResult, SalesforceId, UpdateRow } from '@tandem/engine';
import { API_VERSION, type Client } from './client.ts';
import { httpDate } from './dates.ts';
import { BEFORE, readGuarded, readWritten, referenceOf, WRITTEN } from './row-results.ts';
import { listOf } from './soql.ts';
import { selectTasks } from './task-rows.ts';

export type GuardedRow = UpdateRow & { readonly ifUnmodifiedSince: Instant };

/** A write of existing records, behind the query that shows them as they were. */
interface Write {
  readonly method: 'PATCH' | 'DELETE';
  readonly url: string;
  readonly referenceId: string;
  readonly httpHeaders?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const ROOT = `/services/data/${API_VERSION}`;
const COLLECTIONS = `${ROOT}/composite/sobjects`;
const TASK = { type: 'Task' } as const;

/**
 * Writes to records that exist. Salesforce refuses a write for somebody else's change only by the second,
 * for single records, and never for a deletion; each call therefore reads its records first, which costs no
 * call of its own (R9). Two hundred tasks with the longest descriptions stay under the client's bound of a
 * reply, so that reading them loses no result.
 */
export function createTaskWrites(client: Client, keyField: string | null) {
  const select = selectTasks(keyField);

  function afterReading<T>(
    ids: readonly SalesforceId[],
    writes: readonly Write[],
    read: (body: unknown) => T | null,
  ): Promise<Reply<T>> {
    const soql = `${select} WHERE Id IN ${listOf(ids)}`;
    const url = `${ROOT}/queryAll?q=${encodeURIComponent(soql)}`;
    return client.request({
      effect: 'write',
      method: 'POST',
      path: '/composite',
      body: {
        allOrNone: false,
        // By default Salesforce may run subrequests in any order.
        collateSubrequests: false,
        compositeRequest: [{ method: 'GET', url, referenceId: BEFORE }, ...writes],
      },
      read,
    });
  }

  /** A collection fails as a whole within a call that succeeds: that is the call's own failure. */
  async function collection(
    ids: readonly SalesforceId[],
    write: Omit<Write, 'referenceId'>,
    aboutItself: (index: number) => boolean,
  ): Promise<Reply<readonly RowResult[]>> {
    const reply = await afterReading(ids, [{ ...write, referenceId: WRITTEN }], (body) =>
      readWritten(body, ids, aboutItself, keyField),
    );
    if (reply.kind !== 'ok') return reply;
    return reply.value.kind === 'rows' ? { ...reply, value: reply.value.rows } : reply.value;
  }

  return {
    guarded(rows: readonly GuardedRow[]): Promise<Reply<readonly RowResult[]>> {
      const ids = rows.map(({ id }) => id);
      const writes = rows.map(({ id, body, ifUnmodifiedSince }, index) => ({
        method: 'PATCH' as const,
        url: `${ROOT}/sobjects/Task/${id}`,
        referenceId: referenceOf(index),
        httpHeaders: { 'If-Unmodified-Since': httpDate(ifUnmodifiedSince) },
        body,
      }));
      return afterReading(ids, writes, (body) => readGuarded(body, ids, keyField));
    },

    bulk(rows: readonly UpdateRow[], aboutItself: (index: number) => boolean) {
      const records = rows.map(({ id, body }) => ({ attributes: TASK, id, ...body }));
      return collection(
        rows.map(({ id }) => id),
        { method: 'PATCH', url: COLLECTIONS, body: { allOrNone: false, records } },
        aboutItself,
      );
    },

    remove(ids: readonly SalesforceId[]) {
      const url = `${COLLECTIONS}?ids=${ids.join(',')}&allOrNone=false`;
      return collection(ids, { method: 'DELETE', url }, () => true);
    },
  };
}
