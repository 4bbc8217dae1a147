import { type Kysely, sql } from 'kysely';

/**
 * B11.8: Salesforce refused our authorisation. Apart from `status`, so that an account that does not sync
 * says so too, and is not switched on by signing in again.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table tandem.connections add column sign_in_needed boolean not null default false;
    update tandem.connections set sign_in_needed = true where status = 'needs_sign_in';
  `.execute(db);
}
