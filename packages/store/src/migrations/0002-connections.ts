import { type Kysely, sql } from 'kysely';

/** People's Salesforce accounts, and when each wants to be worked on. New tables only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await connections(db);
  await wakes(db);
}

async function connections(db: Kysely<unknown>) {
  await sql`
    -- What all connections of one org share: how its picklist values are read (B3.4, B4.1).
    create table tandem.orgs (
      workspace_id uuid not null,
      org_id text not null,
      -- The engine's StatusMap and PriorityMap; null until somebody has chosen.
      status_map jsonb,
      priority_map jsonb,
      -- The org's own picklists, as read live from it.
      statuses jsonb not null default '[]',
      priorities jsonb not null default '[]',
      -- R7: whether the org has the unique creation-key field; null until probed.
      creation_key_field boolean,
      read_at timestamptz(3),
      constraint orgs_pkey primary key (workspace_id, org_id),
      constraint orgs_workspace foreign key (workspace_id) references tandem.workspaces,
      constraint orgs_id_length check (char_length(org_id) = 18)
    );

    create table tandem.connections (
      workspace_id uuid not null,
      connection_id uuid not null default gen_random_uuid(),
      user_id text not null,
      org_id text not null,
      org_name text not null,
      salesforce_user_id text not null,
      username text not null,
      display_name text not null,
      instance_url text not null,
      login_url text not null,
      -- Encrypted before they come here (B12.2).
      tokens bytea,
      connected boolean not null,
      connected_at timestamptz(3) not null,
      status text not null default 'off',
      import_window text not null default '24h',
      conflict_rule text not null default 'latest',
      reopen_to_former_status boolean not null default false,
      switched_on_at timestamptz(3),
      -- Salesforce's clock at the start of the last complete poll.
      watermark timestamptz(3),
      -- ImportProgress of B6.3.
      import jsonb,
      last_poll_at timestamptz(3),
      usage jsonb,
      -- R14: who works on this connection. The token only grows; every state write checks it (I9).
      lease_holder text,
      lease_token bigint not null default 0,
      lease_until timestamptz(3),
      constraint connections_pkey primary key (workspace_id, connection_id),
      constraint connections_member foreign key (workspace_id, user_id) references tandem.members,
      constraint connections_org foreign key (workspace_id, org_id) references tandem.orgs,
      -- B7.3: reconnecting the same org resumes, another org starts anew.
      constraint connections_one_per_user_and_org unique (workspace_id, user_id, org_id),
      constraint connections_salesforce_user_length check (char_length(salesforce_user_id) = 18),
      constraint connections_status check (status in ('on', 'off', 'needs_sign_in')),
      constraint connections_import_window
        check (import_window in ('24h', '7d', '30d', '90d', 'all_open')),
      constraint connections_conflict_rule check (conflict_rule in ('latest', 'salesforce', 'app')),
      -- B7.1: disconnecting is switching off, and forgets the tokens.
      constraint connections_disconnected_is_off
        check (connected or (status = 'off' and tokens is null)),
      constraint connections_on_since check (status = 'off' or switched_on_at is not null),
      constraint connections_lease check ((lease_holder is null) = (lease_until is null))
    );
    -- A person works with one org at a time.
    create unique index connections_one_connected_per_user
      on tandem.connections (workspace_id, user_id) where connected;
    -- B8.3: who owns a record in Salesforce names exactly one person here.
    create unique index connections_one_user_per_salesforce_user
      on tandem.connections (workspace_id, org_id, salesforce_user_id) where connected;
    -- A worker that died: its lease has run out and it did not give it back.
    create index connections_leased on tandem.connections (lease_until)
      where lease_holder is not null;
  `.execute(db);
}

/**
 * When a connection wants to be worked on next. A table of its own and not a column of `connections`:
 * the engine's transactions hold the connection's row from first to last (I9), and a person's edit, which
 * wakes the connection, must not wait for them.
 */
async function wakes(db: Kysely<unknown>) {
  await sql`
    create table tandem.wakes (
      workspace_id uuid not null,
      connection_id uuid not null,
      -- Null while nobody wants anything, or while a worker is at it.
      wake_at timestamptz(3),
      constraint wakes_pkey primary key (workspace_id, connection_id),
      constraint wakes_connection foreign key (workspace_id, connection_id)
        references tandem.connections on delete cascade
    );
    create index wakes_due on tandem.wakes (wake_at) where wake_at is not null;
  `.execute(db);
}
