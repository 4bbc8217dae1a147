import type { Reply } from '@tandem/engine';
import { CREATION_KEY_FIELD, type Salesforce, type TaskDescription } from '@tandem/salesforce';
import {
  type ConnectionKey,
  type ConnectionView,
  type Database,
  savePicklists,
  saveTaskAccess,
} from '@tandem/store';
import type { Clock } from '@tandem/sync';
import { grantedIn } from './permissions.ts';

/**
 * An admin may add or take away the key field (R7), picklist values (B3.4) or an account's permissions (B11.2)
 * while sync goes on. Nothing tells, so they are read again once a day for each account, at sign-in, at switch-on,
 * when somebody asks, and when Salesforce does not know a field any more.
 */
export const ORG_READ_MS = 24 * 60 * 60_000;

/** A refused question about a field is asked again no sooner than this: two calls each time. */
const ASK_AGAIN_MS = 60_000;

export function isOrgReadDue(connection: ConnectionView, now: string): boolean {
  const { orgReadAt, parkedTriedAt } = connection;
  return ageOf(orgReadAt, now) >= ORG_READ_MS || ageOf(parkedTriedAt, now) >= ORG_READ_MS;
}

/** The turn stopped because Salesforce does not know a field: perhaps it is the key field. */
export function mayHaveLostKeyField(
  connection: ConnectionView,
  stoppedBy: string | null,
  now: string,
): boolean {
  return (
    stoppedBy === 'INVALID_FIELD' &&
    connection.creationKeyField === true &&
    ageOf(connection.orgReadAt, now) >= ASK_AGAIN_MS
  );
}

/** True when it was read; a refusal is left to the turn, which meets it too. */
export async function readOrg(
  deps: { readonly db: Database; readonly clock: Clock },
  salesforce: Salesforce,
  connection: ConnectionKey & { readonly orgId: string },
): Promise<boolean> {
  const picklists = answerOrNull(await salesforce.picklists());
  if (picklists === null) return false;
  const task = answerOrNull(await salesforce.describeTask(CREATION_KEY_FIELD));
  if (task === null) return false;
  await savePicklists(
    deps.db,
    connection.workspaceId,
    connection.orgId,
    { picklists, creationKeyField: task.keyField.kind === 'usable' },
    deps.clock.now(),
  );
  await noteAccess(deps, connection, task);
  return true;
}

/** B11.2: what the account may do now; what waits for it goes on. */
export async function noteAccess(
  { db, clock }: { readonly db: Database; readonly clock: Clock },
  key: ConnectionKey,
  { access }: Pick<TaskDescription, 'access'>,
): Promise<void> {
  await saveTaskAccess(db, key, grantedIn(access, CREATION_KEY_FIELD), clock.now());
}

function answerOrNull<T>(reply: Reply<T>): T | null {
  return reply.kind === 'ok' ? reply.value : null;
}

function ageOf(at: string | null, now: string): number {
  return at === null ? Number.POSITIVE_INFINITY : Date.parse(now) - Date.parse(at);
}
