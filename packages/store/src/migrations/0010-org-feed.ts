import { type Kysely, sql } from 'kysely';

/**
 * E3: a connection that may read every task of its org polls for its teammates too. What it read last, and
 * when; null for a connection that sees only its own part.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table tandem.connections
      -- Our clock at the end of its last complete poll.
      add column feed_at timestamptz(3),
      -- Salesforce's clock from which on that poll read.
      add column feed_since timestamptz(3),
      add constraint connections_feed check ((feed_at is null) = (feed_since is null));
  `.execute(db);
}
