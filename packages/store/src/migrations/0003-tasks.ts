import { type Kysely, sql } from 'kysely';

/** Tasks, their links to Salesforce, and the history of both. New tables only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await tasks(db);
  await links(db);
  await journal(db);
}

async function tasks(db: Kysely<unknown>) {
  await sql`
    create table tandem.tasks (
      workspace_id uuid not null,
      task_id uuid not null default gen_random_uuid(),
      owner_id text not null,
      -- Null: came from Salesforce.
      created_by text,
      -- May be empty: Salesforce allows a task without a subject.
      name text not null,
      type text not null,
      status text not null,
      priority text not null,
      -- B1.1: a calendar date; never a time, never a zone.
      due_date date,
      details text not null,
      person jsonb,
      related jsonb,
      campaign_name text,
      campaign_day integer,
      campaign_step integer,
      call_outcome text,
      call_reason text,
      origin text not null,
      created_at timestamptz(3) not null,
      updated_at timestamptz(3) not null,
      completed_at timestamptz(3),
      trashed_at timestamptz(3),
      trashed_by_sync boolean not null default false,
      -- Grows with every change, whoever made it.
      revision bigint not null default 1,
      -- Per synced field, when a person last changed it; changes by the engine leave it alone.
      edited_at jsonb not null default '{}',
      constraint tasks_pkey primary key (workspace_id, task_id),
      -- I13: nobody outside the workspace owns a task of it.
      constraint tasks_owner foreign key (workspace_id, owner_id) references tandem.members,
      constraint tasks_name_length check (char_length(name) <= 255),
      constraint tasks_type check (type in ('email', 'call', 'inmail', 'custom')),
      constraint tasks_status check (status in ('open', 'complete')),
      constraint tasks_priority check (priority in ('normal', 'high')),
      constraint tasks_details_length check (char_length(details) <= 32000),
      constraint tasks_campaign check (campaign_name is not null
        or (campaign_day is null and campaign_step is null)),
      constraint tasks_campaign_day check (campaign_day between 1 and 1000),
      constraint tasks_campaign_step check (campaign_step between 1 and 1000),
      constraint tasks_short_texts check (char_length(campaign_name) <= 255
        and char_length(call_outcome) <= 255 and char_length(call_reason) <= 255),
      constraint tasks_origin check (origin in ('app', 'sf')),
      constraint tasks_completed check ((status = 'complete') = (completed_at is not null)),
      constraint tasks_trashed_by_sync check (trashed_at is not null or not trashed_by_sync)
    );
    -- The list views by due date (B9.1), no date last; one for the team, one for a person's own.
    create index tasks_open_by_due on tandem.tasks
      (workspace_id, (coalesce(due_date, 'infinity'::date)), task_id)
      where status = 'open' and trashed_at is null;
    create index tasks_open_by_owner_and_due on tandem.tasks
      (workspace_id, owner_id, (coalesce(due_date, 'infinity'::date)), task_id)
      where status = 'open' and trashed_at is null;
    create index tasks_by_owner on tandem.tasks (workspace_id, owner_id);
    create index tasks_by_creator on tandem.tasks (workspace_id, created_by);
    create index tasks_by_update on tandem.tasks (workspace_id, updated_at, task_id);
    create index tasks_in_trash on tandem.tasks (trashed_at) where trashed_at is not null;
  `.execute(db);
}

async function links(db: Kysely<unknown>) {
  await sql`
    create table tandem.links (
      workspace_id uuid not null,
      link_id uuid not null default gen_random_uuid(),
      -- No foreign key: the tombstone stays when the task is purged from Trash (R5).
      task_id uuid not null,
      org_id text not null,
      -- Which connection moves this link: that of the record's owner in Salesforce, as last seen.
      connection_id uuid not null,
      salesforce_id text,
      creation_key text not null,
      -- B3.3: the open Status Salesforce held before it was closed.
      former_open_status text,
      origin text not null,
      base jsonb,
      sf jsonb not null,
      state text not null default 'live',
      parked jsonb,
      -- Out of parked, for indexes and filters.
      retry_at timestamptz(3),
      whose_move text,
      ignored boolean not null default false,
      -- Since when something waits to be planned; null: nothing does.
      dirty_since timestamptz(3),
      last_synced_at timestamptz(3),
      created_at timestamptz(3) not null,
      constraint links_pkey primary key (workspace_id, link_id),
      constraint links_connection foreign key (workspace_id, connection_id)
        references tandem.connections,
      constraint links_salesforce_id_length check (char_length(salesforce_id) = 18),
      constraint links_creation_key_length check (char_length(creation_key) between 1 and 40),
      constraint links_origin check (origin in ('app', 'sf')),
      constraint links_state check (state in ('live', 'left', 'gone', 'dead')),
      constraint links_whose_move check (whose_move in ('nobody', 'user', 'admin')),
      constraint links_parked check ((parked is null) = (whose_move is null)
        and (parked is not null or retry_at is null))
    );
    -- I3: one link per record. Dead ones count, so that a deleted record is never adopted anew (I4).
    create unique index links_one_per_record on tandem.links (workspace_id, org_id, salesforce_id)
      where salesforce_id is not null;
    -- I3: one living link per task.
    create unique index links_one_living_per_task on tandem.links (workspace_id, task_id)
      where state <> 'dead';
    -- R7: the key that was stored before the send names one link.
    create unique index links_one_per_creation_key on tandem.links (workspace_id, creation_key);
    -- What a pass has to plan, oldest first.
    create index links_dirty on tandem.links (workspace_id, connection_id, dirty_since, link_id)
      where dirty_since is not null;
    create index links_to_retry on tandem.links (workspace_id, connection_id, retry_at)
      where retry_at is not null;
    -- Diagnostics (B11.3).
    create index links_parked_list on tandem.links (workspace_id, connection_id, link_id)
      where parked is not null;
    -- B8.3: the few that left the list.
    create index links_left on tandem.links (workspace_id, task_id) where state = 'left';
    create index links_by_connection on tandem.links (workspace_id, connection_id, state);

    -- I8: committed before the request leaves, removed only when it can no longer land (R11).
    create table tandem.intents (
      workspace_id uuid not null,
      link_id uuid not null,
      request_id text not null,
      kind text not null,
      sent_at timestamptz(3) not null,
      expected_revision timestamptz(3),
      fields jsonb not null,
      -- The order within the link.
      position integer not null,
      constraint intents_pkey primary key (workspace_id, link_id, request_id),
      constraint intents_link foreign key (workspace_id, link_id)
        references tandem.links on delete cascade,
      constraint intents_kind check (kind in ('create', 'update', 'delete')),
      constraint intents_request_length check (char_length(request_id) between 1 and 64)
    );
    create index intents_by_age on tandem.intents (workspace_id, sent_at, link_id);
  `.execute(db);
}

async function journal(db: Kysely<unknown>) {
  await sql`
    create table tandem.journal (
      workspace_id uuid not null,
      entry_id bigint generated always as identity,
      task_id uuid not null,
      link_id uuid,
      at timestamptz(3) not null,
      -- App user id or Salesforce user id, by side; null for the engine.
      actor text,
      kind text not null,
      field text,
      side text not null,
      from_value jsonb,
      to_value jsonb,
      lost jsonb,
      -- Tells a lost null from nothing lost.
      has_lost boolean not null default false,
      -- The rule that decided, B10.2.
      rule text not null,
      data jsonb not null default '{}',
      constraint journal_pkey primary key (workspace_id, entry_id),
      constraint journal_task foreign key (workspace_id, task_id)
        references tandem.tasks on delete cascade,
      constraint journal_side check (side in ('app', 'sf', 'engine')),
      constraint journal_kind_length check (char_length(kind) between 1 and 40),
      constraint journal_rule_length check (char_length(rule) between 1 and 40),
      constraint journal_lost check (has_lost or lost is null)
    );
    create index journal_of_task on tandem.journal (workspace_id, task_id, entry_id);

    -- Salesforce records that were left out, by name and reason (B3.5, B6.2).
    create table tandem.skipped (
      workspace_id uuid not null,
      connection_id uuid not null,
      salesforce_id text not null,
      subject text,
      reason text not null,
      at timestamptz(3) not null,
      ignored boolean not null default false,
      constraint skipped_pkey primary key (workspace_id, connection_id, salesforce_id),
      constraint skipped_connection foreign key (workspace_id, connection_id)
        references tandem.connections on delete cascade,
      constraint skipped_reason check (reason in ('outside_window', 'unmapped_closed_status',
        'series', 'deleted', 'archived', 'not_yours'))
    );
  `.execute(db);
}
