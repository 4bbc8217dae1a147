import { type Kysely, sql } from 'kysely';

/** B11.6: how long changes take to cross, and since when the oldest waits, over failed tries too. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Since when something made here is to reach Salesforce: unlike dirty_since it outlives the sending.
    alter table tandem.links add column waiting_since timestamptz(3);
    create index links_waiting on tandem.links (workspace_id, connection_id, waiting_since)
      where waiting_since is not null;

    -- A histogram by the hour: two rows an hour and connection, older ones are swept away.
    create table tandem.lags (
      workspace_id uuid not null,
      connection_id uuid not null,
      hour timestamptz(0) not null,
      -- Where the change went: from the app to Salesforce, or into the app.
      direction text not null,
      -- By the bounds of status/lag-histogram.ts.
      counts integer[] not null,
      constraint lags_pkey primary key (workspace_id, connection_id, hour, direction),
      constraint lags_connection foreign key (workspace_id, connection_id)
        references tandem.connections on delete cascade,
      constraint lags_whole_hour check (hour = date_trunc('hour', hour, 'UTC')),
      constraint lags_direction check (direction in ('out', 'in')),
      constraint lags_length check (cardinality(counts) = 18)
    );
  `.execute(db);
}
