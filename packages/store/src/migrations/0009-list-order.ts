import { type Kysely, sql } from 'kysely';

/**
 * Within one due date the list shows high priority first, then what is older; its two indexes hold that
 * order, so that a page still ends its scan at the page's end.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    drop index tandem.tasks_open_by_due;
    drop index tandem.tasks_open_by_owner_and_due;
    create index tasks_open_by_due on tandem.tasks
      (workspace_id, (coalesce(due_date, 'infinity'::date)), priority, created_at, task_id)
      where status = 'open' and trashed_at is null;
    create index tasks_open_by_owner_and_due on tandem.tasks
      (workspace_id, owner_id, (coalesce(due_date, 'infinity'::date)), priority, created_at, task_id)
      where status = 'open' and trashed_at is null;
  `.execute(db);
}
