import { type Kysely, sql } from 'kysely';

/** B6.1: what comes in first for accounts that the team's setting switches on, also those that connect later. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table tandem.workspaces
      add column team_import_window text not null default '24h',
      add constraint workspaces_team_import_window
        check (team_import_window in ('24h', '7d', '30d', '90d', 'all_open'));
  `.execute(db);
}
