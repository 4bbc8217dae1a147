import type { Reply } from '@tandem/engine';
import { CREATION_KEY_FIELD, type Salesforce } from '@tandem/salesforce';
import { type ConnectionView, type Database, savePicklists } from '@tandem/store';
import type { Clock } from '@tandem/sync';

/**
 * An admin may add or take away the key field (R7) or picklist values (B3.4) while sync goes on. Nothing
 * tells, so they are read again once a day, and when Salesforce does not know a field any more.
 */
export const ORG_READ_MS = 24 * 60 * 60_000;

/** A refused question about a field is asked again no sooner than this: two calls each time. */
const ASK_AGAIN_MS = 60_000;

export function isOrgReadDue(connection: ConnectionView, now: string): boolean {
  return ageOf(connection, now) >= ORG_READ_MS;
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
    ageOf(connection, now) >= ASK_AGAIN_MS
  );
}

/** True when it was read; a refusal is left to the turn, which meets it too. */
export async function readOrg(
  deps: { readonly db: Database; readonly clock: Clock },
  salesforce: Salesforce,
  { workspaceId, orgId }: ConnectionView,
): Promise<boolean> {
  const picklists = answerOrNull(await salesforce.picklists());
  if (picklists === null) return false;
  const keyField = answerOrNull(await salesforce.probeKeyField(CREATION_KEY_FIELD));
  if (keyField === null) return false;
  const creationKeyField = keyField.kind === 'usable';
  await savePicklists(
    deps.db,
    workspaceId,
    orgId,
    { picklists, creationKeyField },
    deps.clock.now(),
  );
  return true;
}

function answerOrNull<T>(reply: Reply<T>): T | null {
  return reply.kind === 'ok' ? reply.value : null;
}

function ageOf({ orgReadAt }: ConnectionView, now: string): number {
  return orgReadAt === null ? Number.POSITIVE_INFINITY : Date.parse(now) - Date.parse(orgReadAt);
}
