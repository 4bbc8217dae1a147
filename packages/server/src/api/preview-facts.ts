import {
  type Policy,
  type SalesforceId,
  STANDARD_PRIORITY_MAP,
  STANDARD_STATUS_MAP,
} from '@tandem/engine';
import {
  type Actor,
  type ConnectionView,
  type Database,
  getSettings,
  getTemplate,
} from '@tandem/store';
import { Refusal } from '../http/refusal.ts';

/** What the preview decides by; the same settings that the first sync will read (B6.2). */
export async function previewPolicy(
  db: Database,
  actor: Actor,
  { userId, salesforceUserId }: ConnectionView,
): Promise<Policy> {
  const settings = await getSettings(db, actor);
  if (settings === null) throw new Refusal('not_connected');
  return {
    // An import writes nothing to Salesforce, so the values written there do not matter.
    status: { toApp: settings.statusMap, toSf: STANDARD_STATUS_MAP.toSf },
    priority: { toApp: settings.priorityMap, toSf: STANDARD_PRIORITY_MAP.toSf },
    reopenToFormerStatus: settings.reopenToFormerStatus,
    subjectTemplate: await getTemplate(db, actor),
    conflict: settings.conflictRule,
    owners: {
      toSf: { [userId]: salesforceUserId },
      toApp: { [salesforceUserId]: userId },
    },
  };
}

/** Which of these records have a task already (B7.3: of this org only). */
export async function linkedIds(
  db: Database,
  { workspaceId, orgId }: ConnectionView,
  ids: readonly SalesforceId[],
): Promise<ReadonlySet<SalesforceId>> {
  const { rows } = await db.pool.query<{ salesforce_id: string }>(
    `select salesforce_id from tandem.links
     where workspace_id = $1 and org_id = $2 and salesforce_id = any($3::text[])`,
    [workspaceId, orgId, ids],
  );
  return new Set(rows.map((row) => row.salesforce_id));
}

/** B6.5: tasks that were here before and are not sent. */
export async function stayingHere(db: Database, actor: Actor): Promise<number> {
  const { rows } = await db.pool.query<{ count: number }>(
    `select count(*)::int as count from tandem.tasks t
     where t.workspace_id = $1 and t.owner_id = $2 and t.trashed_at is null
       and not exists (
         select from tandem.links l
         where l.workspace_id = t.workspace_id and l.task_id = t.task_id and l.state <> 'dead')`,
    [actor.workspaceId, actor.userId],
  );
  return rows[0]?.count ?? 0;
}
