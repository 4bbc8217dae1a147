import { type Kysely, sql } from 'kysely';

/** B11.2: what each account may do in Salesforce, as last read. B11.3, B11.4: history and problems of a whole team. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table tandem.connections
      -- Names of permissions, as last read; field permissions are each user's own. Null: never read.
      add column task_access text[],
      -- When all that is parked was last tried again: once a day, when the permissions are read.
      add column parked_tried_at timestamptz(3);

    -- The rare lines of a team's history, newest first; all of them are read along the primary key.
    create index journal_conflicts on tandem.journal (workspace_id, entry_id)
      where kind in ('conflict', 'late_overwrite');
    create index journal_deletions on tandem.journal (workspace_id, entry_id)
      where kind in ('deleted', 'restored', 'gone');
    create index journal_refusals on tandem.journal (workspace_id, entry_id)
      where kind in ('refused', 'retried');

    -- Choosing the contact mends it, which its owner does.
    update tandem.links set whose_move = 'user'
      where parked ->> 'code' = 'CANNOT_UPDATE_CONVERTED_LEAD';
  `.execute(db);
}
