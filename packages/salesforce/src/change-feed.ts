import type { ChangePage, Instant, Reply, SalesforceFault, SalesforceId } from '@tandem/engine';
import { API_VERSION, type Client } from './client.ts';
import { isObject } from './json.ts';
import { faultIn } from './salesforce-errors.ts';
import { apiName, moment, quoted } from './soql.ts';
import { readTaskPage, selectTasks } from './task-rows.ts';

export interface ChangeFeed {
  /** queryAll of every visible task with SystemModstamp ≥ since, ordered by (SystemModstamp, Id). */
  changedSince(since: Instant, cursor: string | null): Promise<Reply<ChangePage>>;
}

const CHANGES = 'changes';
const SIGHT = 'sight';

/**
 * `userId`: whose sight of the org is looked up along with the first page, in the same call: one poll may
 * then serve everybody (E3). Asked each time, because loss of access emits nothing. Null: not asked.
 */
export function createChangeFeed(
  client: Client,
  creationKeyField: string | null,
  userId: SalesforceId | null,
): ChangeFeed {
  const keyField = creationKeyField === null ? null : apiName(creationKeyField);
  const statementOf = (since: Instant) =>
    `${selectTasks(keyField)} WHERE SystemModstamp >= ${moment(since)} AND IsRecurrence = false` +
    ' ORDER BY SystemModstamp, Id';

  function page(path: string): Promise<Reply<ChangePage>> {
    return client.request({
      effect: 'read',
      method: 'GET',
      path,
      read(body) {
        const tasks = readTaskPage(body, keyField);
        return tasks && { ...tasks, seesAll: false };
      },
    });
  }

  async function firstPage(statement: string, owner: SalesforceId): Promise<Reply<ChangePage>> {
    const sight = `SELECT Profile.PermissionsViewAllData FROM User WHERE Id = ${quoted(owner)}`;
    const reply = await client.request<ChangePage | SalesforceFault>({
      effect: 'read',
      method: 'POST',
      path: '/composite',
      body: {
        allOrNone: false,
        // By default Salesforce may run subrequests in any order.
        collateSubrequests: false,
        compositeRequest: [
          // Before the changes: sight that is lost between the two shows too little only once.
          { method: 'GET', url: query('query', sight), referenceId: SIGHT },
          { method: 'GET', url: query('queryAll', statement), referenceId: CHANGES },
        ],
      },
      read(body) {
        const changes = partOf(body, CHANGES);
        // The call went through and the query in it did not: that says why, and is no broken reply.
        if (changes !== null && changes.status !== 200)
          return faultIn(changes.body, changes.status);
        const tasks = readTaskPage(changes?.body, keyField);
        return tasks && { ...tasks, seesAll: isAllSeen(partOf(body, SIGHT)) };
      },
    });
    if (reply.kind !== 'ok') return reply;
    const { value } = reply;
    return 'code' in value ? { kind: 'fault', fault: value } : { ...reply, value };
  }

  return {
    changedSince(since, cursor) {
      if (cursor !== null) return page(cursor);
      const statement = statementOf(since);
      return userId === null
        ? page(`/queryAll?q=${encodeURIComponent(statement)}`)
        : firstPage(statement, userId);
    },
  };
}

function query(resource: 'query' | 'queryAll', statement: string): string {
  return `/services/data/${API_VERSION}/${resource}?q=${encodeURIComponent(statement)}`;
}

interface Part {
  readonly status: number;
  readonly body: unknown;
}

/** The answer to one subrequest. */
function partOf(body: unknown, referenceId: string): Part | null {
  if (!isObject(body) || !Array.isArray(body.compositeResponse)) return null;
  const part = body.compositeResponse.find(
    (item: unknown) => isObject(item) && item.referenceId === referenceId,
  );
  return isObject(part) && typeof part.httpStatusCode === 'number'
    ? { status: part.httpStatusCode, body: part.body }
    : null;
}

/** A user who may not read profiles does not see everything either, as far as anybody can tell. */
function isAllSeen(part: Part | null): boolean {
  const body = part?.status === 200 ? part.body : null;
  const row = isObject(body) && Array.isArray(body.records) ? body.records[0] : null;
  const profile = isObject(row) ? row.Profile : null;
  return isObject(profile) && profile.PermissionsViewAllData === true;
}
