import { type Kysely, sql } from 'kysely';

/**
 * B8.2: who follows the change events of an org, and how that stands. One listener an org, over all workers, by a
 * lease like that of a connection (R14).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table tandem.event_feeds (
      workspace_id uuid not null,
      org_id text not null,
      -- Whose sign-in and sight of the org it uses: a connection that reads every task (E3).
      connection_id uuid not null,
      state text not null,
      state_since timestamptz(3) not null,
      -- Why, where it does not listen: a code of the catalogue, and Salesforce's own words.
      code text,
      message text,
      -- Salesforce's replay id of the last event that was worked on; opaque.
      place bytea,
      last_event_at timestamptz(3),
      -- A poll found a change that no event had told of; until one comes again, polls keep their pace.
      doubted_at timestamptz(3),
      retry_at timestamptz(3),
      lease_holder text,
      lease_token bigint not null default 0,
      lease_until timestamptz(3),
      constraint event_feeds_pkey primary key (workspace_id, org_id),
      constraint event_feeds_org foreign key (workspace_id, org_id) references tandem.orgs,
      constraint event_feeds_connection foreign key (workspace_id, connection_id)
        references tandem.connections on delete cascade,
      constraint event_feeds_state check (state in ('opening', 'listening', 'lost', 'refused')),
      constraint event_feeds_why check ((state in ('opening', 'listening')) = (code is null)),
      constraint event_feeds_message_length check (char_length(message) <= 500),
      constraint event_feeds_place_length check (octet_length(place) <= 64),
      constraint event_feeds_lease check ((lease_holder is null) = (lease_until is null))
    );
  `.execute(db);
}
