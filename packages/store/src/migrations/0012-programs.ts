import { type Kysely, sql } from 'kysely';

/** What programs work with: webhooks with what is to be delivered to them, and keys of idempotent requests. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table tandem.webhooks (
      workspace_id uuid not null,
      webhook_id uuid not null default gen_random_uuid(),
      name text not null,
      url text not null,
      -- Empty: every event.
      events text[] not null default '{}',
      -- Sealed; the one before is signed with as well until former_until, so that a change loses nothing.
      secret bytea not null,
      former_secret bytea,
      former_until timestamptz(3),
      state text not null default 'on',
      -- Attempts that failed since the last one that did not.
      failures integer not null default 0,
      failing_since timestamptz(3),
      -- Nothing is sent before this moment.
      pause_until timestamptz(3),
      created_at timestamptz(3) not null,
      constraint webhooks_pkey primary key (workspace_id, webhook_id),
      constraint webhooks_workspace foreign key (workspace_id) references tandem.workspaces,
      constraint webhooks_name_length check (char_length(name) between 1 and 100),
      constraint webhooks_url_length check (char_length(url) between 1 and 2000),
      constraint webhooks_state check (state in ('on', 'off', 'stopped')),
      constraint webhooks_former check ((former_secret is null) = (former_until is null)),
      constraint webhooks_failing check ((failures = 0) = (failing_since is null))
    );

    -- The outbox and the log in one: written in the transaction of the change, kept a while after sending.
    create table tandem.webhook_deliveries (
      workspace_id uuid not null,
      delivery_id uuid not null default gen_random_uuid(),
      webhook_id uuid not null,
      position bigint generated always as identity,
      -- One event is delivered to several webhooks, and again on demand, under one id.
      event_id uuid not null,
      type text not null,
      -- No foreign key: the log outlives a task that is purged from Trash.
      task_id uuid,
      data jsonb not null,
      at timestamptz(3) not null,
      state text not null default 'waiting',
      attempts integer not null default 0,
      next_at timestamptz(3),
      -- A worker that died gives it back at this moment.
      claimed_until timestamptz(3),
      last_status integer,
      last_fault text,
      last_at timestamptz(3),
      constraint webhook_deliveries_pkey primary key (workspace_id, delivery_id),
      constraint webhook_deliveries_webhook foreign key (workspace_id, webhook_id)
        references tandem.webhooks on delete cascade,
      constraint webhook_deliveries_state check (state in ('waiting', 'delivered', 'failed')),
      constraint webhook_deliveries_waiting check ((state = 'waiting') = (next_at is not null)),
      constraint webhook_deliveries_fault_length check (char_length(last_fault) <= 200)
    );
    create index webhook_deliveries_due on tandem.webhook_deliveries
      (workspace_id, webhook_id, next_at, position) where state = 'waiting';
    create index webhook_deliveries_log on tandem.webhook_deliveries
      (workspace_id, webhook_id, position);
    -- The sweeper looks over all workspaces.
    create index webhook_deliveries_lost on tandem.webhook_deliveries (next_at)
      where state = 'waiting';
    create index webhook_deliveries_old on tandem.webhook_deliveries (at);

    create table tandem.idempotency_keys (
      workspace_id uuid not null,
      user_id text not null,
      key text not null,
      request_hash text not null,
      created_at timestamptz(3) not null,
      -- Null while the first request is under way.
      status integer,
      -- Sealed: an answer may hold a secret that is shown once.
      reply bytea,
      constraint idempotency_keys_pkey primary key (workspace_id, user_id, key),
      constraint idempotency_keys_member foreign key (workspace_id, user_id)
        references tandem.members on delete cascade,
      constraint idempotency_keys_key_length check (char_length(key) between 1 and 255),
      constraint idempotency_keys_hash_length check (char_length(request_hash) = 64),
      constraint idempotency_keys_done check ((status is null) = (reply is null))
    );
    create index idempotency_keys_old on tandem.idempotency_keys (created_at);
  `.execute(db);
}
