import { type Kysely, sql } from 'kysely';

/** B12.1: a rep has the tasks that are the rep's own, whoever made them: nothing is looked for by its maker any more. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop index tandem.tasks_by_creator`.execute(db);
}
