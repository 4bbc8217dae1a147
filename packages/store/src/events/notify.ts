import { sql } from 'kysely';
import type { Executor } from '../transaction.ts';
import type { StoreEvent } from './event.ts';

export const EVENT_CHANNEL = 'tandem_events';

/** PostgreSQL carries at most 8,000 bytes in one notification. */
const PAYLOAD_BYTES_MAX = 7_900;

/** Tells every listening server, when and only when the surrounding transaction commits. */
export async function notify(db: Executor, event: StoreEvent): Promise<void> {
  await sql`select pg_notify(${EVENT_CHANNEL}, ${payloadOf(event)})`.execute(db);
}

/** Ids that do not fit are left out: an empty list says "too many to name". */
export function payloadOf(event: StoreEvent): string {
  const lighter: StoreEvent[] = [event];
  if (event.type === 'tasks') {
    lighter.push({ ...event, taskIds: [] }, { ...event, taskIds: [], userIds: [] });
  }
  if (event.type === 'sync' || event.type === 'notices') lighter.push({ ...event, userIds: [] });
  const fitting = lighter.map((each) => JSON.stringify(each)).find(fits);
  if (fitting === undefined) throw new RangeError('An event without ids must fit its channel.');
  return fitting;
}

function fits(payload: string): boolean {
  return Buffer.byteLength(payload) <= PAYLOAD_BYTES_MAX;
}
