import { type Kysely, sql } from 'kysely';

/** B3.4: statuses that an admin has not looked at yet. B6.1: what an admin has set for the whole team. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table tandem.orgs
      -- { value, since }: in the org's picklist since then, and not decided on yet.
      add column new_statuses jsonb not null default '[]';

    alter table tandem.workspaces
      -- Null: each person chooses.
      add column team_sync text,
      add column team_sync_locked boolean not null default false,
      add constraint workspaces_team_sync check (team_sync in ('on', 'off')),
      add constraint workspaces_team_sync_locked check (team_sync is not null or not team_sync_locked);
  `.execute(db);
}
