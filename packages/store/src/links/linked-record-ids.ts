import type { SalesforceId } from '@tandem/engine';
import type { Database } from '../database.ts';

/** Which of these records have a task already: of this org only (B7.3), dead links included (I4). */
export async function linkedRecordIds(
  db: Database,
  org: { readonly workspaceId: string; readonly orgId: string },
  ids: readonly SalesforceId[],
): Promise<ReadonlySet<SalesforceId>> {
  if (ids.length === 0) return new Set();
  const rows = await db.kysely
    .selectFrom('tandem.links')
    .select('salesforce_id as salesforceId')
    .where('workspace_id', '=', org.workspaceId)
    .where('org_id', '=', org.orgId)
    .where('salesforce_id', 'in', [...ids])
    .execute();
  return new Set(rows.flatMap(({ salesforceId }) => salesforceId ?? []));
}
