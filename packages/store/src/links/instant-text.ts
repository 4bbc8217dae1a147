import { type RawBuilder, sql } from 'kysely';

/** A timestamptz inside JSON, as an Instant: there the driver's own parser does not see it. */
export function instantText(column: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
