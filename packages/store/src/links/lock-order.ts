import type { SalesforceId } from '@tandem/engine';
import { sql } from 'kysely';
import type { Executor } from '../transaction.ts';
import type { Lease } from './port.ts';

/**
 * Everything that a page of records can turn out to be is locked at once, in the order of task ids, as
 * people's bulk edits lock: links that carry these record ids, and births under way (R11: few). A record
 * may be one of those by its creation key or its values, which is asked only when its id is unknown; asked
 * with the first locks in hand, it could meet a bulk edit that holds the second and waits for the first.
 */
export async function lockInOrder(
  db: Executor,
  lease: Lease,
  ids: readonly SalesforceId[],
): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    select 1
    from tandem.links l
    join tandem.tasks t on t.workspace_id = l.workspace_id and t.task_id = l.task_id
    where l.workspace_id = ${lease.workspaceId} and l.link_id = any(array(
      select x.link_id from tandem.links x
      join tandem.connections c using (workspace_id, org_id)
      where x.workspace_id = ${lease.workspaceId} and c.connection_id = ${lease.connectionId}
        and x.salesforce_id = any(${[...ids]})
      union
      select i.link_id from tandem.intents i
      where i.workspace_id = ${lease.workspaceId} and i.kind = 'create'
    ))
    order by t.task_id, l.link_id
    for no key update of t, l
  `.execute(db);
}
