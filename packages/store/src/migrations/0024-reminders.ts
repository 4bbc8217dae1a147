import { type Kysely, sql } from 'kysely';

/** When each member wants to be reminded, and what each has been told, in the browser and by mail. New tables only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table tandem.reminders (
      workspace_id uuid not null,
      user_id text not null,
      -- Minutes since midnight on the member's own clock.
      digest_at smallint not null default 480,
      -- Monday is 1, Sunday 7.
      digest_days smallint[] not null default '{1,2,3,4,5}',
      digest_mail boolean not null default true,
      digest_browser boolean not null default true,
      digest_when_empty boolean not null default false,
      due_at smallint not null default 540,
      due_mail boolean not null default false,
      due_browser boolean not null default true,
      eve_at smallint not null default 1080,
      eve_mail boolean not null default false,
      eve_browser boolean not null default false,
      needs_you_mail boolean not null default true,
      -- Moments up to this one are settled, whatever came of them.
      decided_until timestamptz(3),
      -- When to look again; null: never, everything is off.
      next_at timestamptz(3),
      constraint reminders_pkey primary key (workspace_id, user_id),
      constraint reminders_member foreign key (workspace_id, user_id)
        references tandem.members on delete cascade,
      constraint reminders_minutes check (digest_at between 0 and 1439 and due_at between 0 and 1439
        and eve_at between 0 and 1439),
      constraint reminders_days check (digest_days <@ '{1,2,3,4,5,6,7}' and cardinality(digest_days) <= 7)
    );
    -- Who is due, over all workspaces: the first few rows of it, every two seconds.
    create index reminders_due on tandem.reminders (next_at) where next_at is not null;

    -- What a member is told: the list on the pages and the outbox of mails in one, so that what is said is
    -- decided once, before anything is sent.
    create table tandem.notices (
      workspace_id uuid not null,
      notice_id uuid not null default gen_random_uuid(),
      user_id text not null,
      kind text not null,
      -- Of a reminder the local day; of a trouble what tells it from others.
      occurrence text not null,
      data jsonb not null default '{}',
      at timestamptz(3) not null,
      -- Whether the pages show it.
      shown boolean not null,
      read_at timestamptz(3),
      -- A trouble that is over.
      settled_at timestamptz(3),
      -- Put away by its reader.
      cleared_at timestamptz(3),
      mail text not null default 'none',
      mail_attempts integer not null default 0,
      mail_next_at timestamptz(3),
      -- A worker that died gives it back at this moment.
      mail_claimed_until timestamptz(3),
      -- After this it is no use any more.
      mail_until timestamptz(3),
      mail_at timestamptz(3),
      mail_fault text,
      constraint notices_pkey primary key (workspace_id, notice_id),
      constraint notices_member foreign key (workspace_id, user_id)
        references tandem.members on delete cascade,
      constraint notices_kind check (kind in ('digest', 'due', 'eve', 'sign_in', 'brake', 'stall',
        'new_status', 'webhook_stopped', 'test')),
      constraint notices_occurrence_length check (char_length(occurrence) between 1 and 200),
      constraint notices_mail check (mail in ('none', 'waiting', 'sent', 'skipped', 'failed')),
      constraint notices_waiting check ((mail = 'waiting') = (mail_next_at is not null)),
      constraint notices_until check (mail = 'none' or mail_until is not null),
      constraint notices_fault_length check (char_length(mail_fault) <= 200)
    );
    -- Once per member, kind and day, whoever works and however often it is begun again.
    create unique index notices_one_reminder on tandem.notices (workspace_id, user_id, kind, occurrence)
      where kind in ('digest', 'due', 'eve');
    -- A trouble is told once while it lasts; when it comes again it is told again.
    create unique index notices_one_trouble on tandem.notices (workspace_id, user_id, kind, occurrence)
      where kind in ('sign_in', 'brake', 'stall', 'new_status', 'webhook_stopped') and settled_at is null;
    create index notices_list on tandem.notices (workspace_id, user_id, at desc, notice_id desc);
    -- The outbox over all workspaces: only what waits is in it.
    create index notices_to_mail on tandem.notices (mail_next_at) where mail = 'waiting';
    create index notices_old on tandem.notices (at);
  `.execute(db);
}
