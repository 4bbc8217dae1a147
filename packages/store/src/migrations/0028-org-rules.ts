import { type Kysely, sql } from 'kysely';

/**
 * B10.2, B3.3: which side wins, and what reopening writes, is an admin's choice for everybody of the org. It was kept
 * with the connection of whoever chose it, and so held for that one alone.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table tandem.orgs
      add column conflict_rule text not null default 'latest',
      add column reopen_to_former_status boolean not null default false,
      add constraint orgs_conflict_rule check (conflict_rule in ('latest', 'salesforce', 'app'));

    -- An admin's choice before anybody else's, the last one first; who never chose has what everybody begins with.
    update tandem.orgs g
    set conflict_rule = c.conflict_rule, reopen_to_former_status = c.reopen_to_former_status
    from (
      select distinct on (c.workspace_id, c.org_id) c.workspace_id, c.org_id, c.conflict_rule,
        c.reopen_to_former_status
      from tandem.connections c
      join tandem.members m using (workspace_id, user_id)
      order by c.workspace_id, c.org_id, (m.role = 'admin' and m.removed_at is null) desc,
        (select max(a.entry_id) from tandem.audit a
         where a.workspace_id = c.workspace_id and a.actor = c.user_id
           and a.action = 'settings_changed'
           and a.data -> 'fields' ?| array['conflictRule', 'reopenToFormerStatus']) desc nulls last,
        (c.conflict_rule <> 'latest' or c.reopen_to_former_status) desc,
        c.connected_at desc, c.connection_id
    ) c
    where c.workspace_id = g.workspace_id and c.org_id = g.org_id;

    alter table tandem.connections
      drop column conflict_rule,
      drop column reopen_to_former_status;
  `.execute(db);
}
