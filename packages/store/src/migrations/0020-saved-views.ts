import { type Kysely, sql } from 'kysely';

/** B9.1: filters and a sort of the Command Center under a name of one's own. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table tandem.saved_views (
      workspace_id uuid not null,
      view_id uuid not null default gen_random_uuid(),
      user_id text not null,
      name text not null,
      -- As the outside contract words it; what a later version does not know is left out when it is read.
      query jsonb not null,
      created_at timestamptz(3) not null,
      updated_at timestamptz(3) not null,
      constraint saved_views_pkey primary key (workspace_id, view_id),
      constraint saved_views_member foreign key (workspace_id, user_id)
        references tandem.members on delete cascade,
      constraint saved_views_name_length check (char_length(name) between 1 and 60),
      constraint saved_views_query check (jsonb_typeof(query) = 'object')
    );
    -- Also finds a person's views.
    create unique index saved_views_one_per_name on tandem.saved_views
      (workspace_id, user_id, lower(name));
  `.execute(db);
}
