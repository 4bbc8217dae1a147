import type { ClientBase } from 'pg';
import type { Comparison } from '../links/port.ts';
import { MARK } from './identity.ts';

const WANTED: Comparison = {
  state: 'wanted',
  why: 'restored',
  startedAt: null,
  finishedAt: null,
  cursor: null,
  compared: 0,
  agreed: 0,
  missing: 0,
};

/**
 * This database holds an older state than Salesforce has seen. Every account that syncs is compared in full
 * first (R13); what was not born by then may have been born since, and is in doubt like a create whose reply was lost
 * (R8, R10). The mark is lifted above what was `seen`. All in one statement: whoever
 * starts next finds the restore dealt with. Returns how many accounts are compared.
 */
export async function noteRestored(
  client: Pick<ClientBase, 'query'>,
  seen: number,
): Promise<number> {
  const { rows } = await client.query<{ accounts: number }>(
    `with compared as (
       update tandem.connections set comparison = $1::jsonb where status <> 'off' returning 1
     ), doubted as (
       insert into tandem.intents (workspace_id, link_id, request_id, kind, sent_at,
         expected_revision, fields, position)
       select l.workspace_id, l.link_id, gen_random_uuid()::text, 'create', now(),
         coalesce(c.watermark, t.created_at - interval '5 minutes'), '{}',
         (select coalesce(max(i.position) + 1, 0) from tandem.intents i
          where i.workspace_id = l.workspace_id and i.link_id = l.link_id)
       from tandem.links l
       join tandem.connections c using (workspace_id, connection_id)
       join tandem.tasks t on t.workspace_id = l.workspace_id and t.task_id = l.task_id
       where l.salesforce_id is null and l.state = 'live'
     ), lifted as (
       update tandem.identity i set restored_at = now(),
         lift = i.lift + greatest(0, $2::bigint + 1 - (${MARK}))
     )
     select count(*)::int as accounts from compared`,
    [JSON.stringify(WANTED), seen],
  );
  return rows[0]?.accounts ?? 0;
}
