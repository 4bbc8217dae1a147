import { type Kysely, sql } from 'kysely';

/** Left out because it holds a value that the database cannot store (L3). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table tandem.skipped
      drop constraint skipped_reason,
      add constraint skipped_reason check (reason in ('outside_window', 'unmapped_closed_status',
        'series', 'deleted', 'archived', 'not_yours', 'unreadable'));
  `.execute(db);
}
