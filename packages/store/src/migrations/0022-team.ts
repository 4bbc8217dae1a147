import { type Kysely, sql } from 'kysely';

/** B12.1: people are invited into a workspace, and leave it without taking its tasks and history along. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Tasks, history and the audit log keep naming a person who was removed; nothing else is left to them.
    alter table tandem.members add column removed_at timestamptz(3);
    -- A person is in one workspace, so that a session says which one; former ones do not count.
    drop index tandem.members_one_workspace_per_user;
    create unique index members_one_workspace_per_user on tandem.members (user_id)
      where removed_at is null;
    create index members_by_user on tandem.members (user_id);

    -- Beside the members, because it changes all day and they hardly ever do.
    create table tandem.last_seen (
      workspace_id uuid not null,
      user_id text not null,
      at timestamptz(3) not null,
      constraint last_seen_pkey primary key (workspace_id, user_id),
      constraint last_seen_member foreign key (workspace_id, user_id)
        references tandem.members on delete cascade
    );

    create table tandem.invitations (
      workspace_id uuid not null,
      invitation_id uuid not null default gen_random_uuid(),
      -- Of the token, which is in the link only.
      hash text not null,
      role text not null,
      -- Null: whoever has the link.
      email text,
      invited_by text not null,
      created_at timestamptz(3) not null,
      expires_at timestamptz(3) not null,
      constraint invitations_pkey primary key (workspace_id, invitation_id),
      constraint invitations_inviter foreign key (workspace_id, invited_by)
        references tandem.members on delete cascade,
      constraint invitations_role check (role in ('admin', 'manager', 'rep')),
      constraint invitations_hash_length check (char_length(hash) = 64),
      constraint invitations_email check (email = lower(email) and char_length(email) <= 254),
      constraint invitations_expires check (expires_at > created_at)
    );
    -- An invitation is looked up by its hash alone, and is gone once somebody took it.
    create unique index invitations_one_per_hash on tandem.invitations (hash);
    create index invitations_old on tandem.invitations (expires_at);
  `.execute(db);
}
