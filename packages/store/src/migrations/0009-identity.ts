import { type Kysely, sql } from 'kysely';

/**
 * Which database this is. An installation remembers it together with how far it was, and so tells a
 * restored backup from the newest state, and an empty or another database from a first start.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table tandem.identity (
      -- One row, for ever: it belongs to the database, not to a workspace.
      singleton boolean not null default true,
      database_id uuid not null default gen_random_uuid(),
      made_at timestamptz(3) not null default now(),
      -- Added to the mark when a backup came in, so that one restore is dealt with once.
      lift bigint not null default 0,
      -- When the last backup came in.
      restored_at timestamptz(3),
      constraint identity_pkey primary key (singleton),
      constraint identity_one_row check (singleton),
      constraint identity_lift check (lift >= 0)
    );
    insert into tandem.identity default values;
  `.execute(db);
}
