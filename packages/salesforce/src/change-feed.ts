import type { ChangePage, Instant, Reply, SalesforceId } from '@tandem/engine';
import { API_VERSION, type Client } from './client.ts';
import { isObject } from './json.ts';
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

  function firstPage(statement: string, owner: SalesforceId): Promise<Reply<ChangePage>> {
    const sight = `SELECT Profile.PermissionsViewAllData FROM User WHERE Id = ${quoted(owner)}`;
    return client.request({
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
        const tasks = readTaskPage(bodyOf(body, CHANGES), keyField);
        return tasks && { ...tasks, seesAll: isAllSeen(bodyOf(body, SIGHT)) };
      },
    });
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

/** The body of one subrequest that succeeded. */
function bodyOf(body: unknown, referenceId: string): unknown {
  if (!isObject(body) || !Array.isArray(body.compositeResponse)) return null;
  const reply = body.compositeResponse.find(
    (item: unknown) => isObject(item) && item.referenceId === referenceId,
  );
  return isObject(reply) && reply.httpStatusCode === 200 ? reply.body : null;
}

/** A user who may not read profiles does not see everything either, as far as anybody can tell. */
function isAllSeen(body: unknown): boolean {
  const row = isObject(body) && Array.isArray(body.records) ? body.records[0] : null;
  const profile = isObject(row) ? row.Profile : null;
  return isObject(profile) && profile.PermissionsViewAllData === true;
}
