import { type Kysely, sql } from 'kysely';

/**
 * What a connection watches over besides its feed: the full comparison (R13), the brake (B11.5), the
 * measured clock offset (B10.2), and the calls Tandem has spent of an org's (B11.7).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table tandem.connections
      -- Salesforce's clock minus ours, as last measured.
      add column clock_offset_ms bigint not null default 0,
      -- sync's Comparison and Brake.
      add column comparison jsonb,
      add column brake jsonb;

    -- The part of the org's daily calls that Tandem keeps to.
    alter table tandem.orgs
      add column api_share real not null default 0.2,
      add constraint orgs_api_share check (api_share > 0 and api_share <= 1);

    -- Own calls by the hour: a day is the sum of 24 rows, older ones are swept away.
    create table tandem.api_calls (
      workspace_id uuid not null,
      org_id text not null,
      hour timestamptz(0) not null,
      calls integer not null,
      constraint api_calls_pkey primary key (workspace_id, org_id, hour),
      constraint api_calls_org foreign key (workspace_id, org_id) references tandem.orgs on delete cascade,
      constraint api_calls_whole_hour check (hour = date_trunc('hour', hour, 'UTC')),
      constraint api_calls_some check (calls > 0)
    );

    -- R13 walks a connection's links in the order of Salesforce's ids, which is that of their bytes.
    create index links_by_record on tandem.links (workspace_id, connection_id, salesforce_id collate "C")
      where salesforce_id is not null;
  `.execute(db);
}
