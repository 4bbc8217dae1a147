import { type Kysely, sql } from 'kysely';

/** B13.3: what becomes due today after the hour of the day has a word of its own, once. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- The day whose hour has passed, and its end; null: the hour is still to come.
    alter table tandem.reminders
      add column due_day date,
      add column due_day_ends timestamptz(3),
      add constraint reminders_due_day check ((due_day is null) = (due_day_ends is null));

    -- Of which tasks a member knows that they are due on a day, because a word said so or by own doing.
    create table tandem.due_words (
      workspace_id uuid not null,
      user_id text not null,
      day date not null,
      -- Without a foreign key: it would lock tasks in an order of its own, and days are soon forgotten.
      task_id uuid not null,
      constraint due_words_pkey primary key (workspace_id, user_id, day, task_id),
      constraint due_words_member foreign key (workspace_id, user_id)
        references tandem.members on delete cascade
    );
  `.execute(db);
}
