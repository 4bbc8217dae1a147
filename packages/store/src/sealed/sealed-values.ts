import { sql } from 'kysely';
import type { Database } from '../database.ts';

/**
 * Where values lie sealed, so that a change of keys finds all of them. `key` is the primary key, and what the
 * seal is bound to is made of `key` and `bound`. A test holds this equal to the columns that are there.
 */
export const SEALED_PLACES = {
  salesforceTokens: {
    table: 'tandem.connections',
    column: 'tokens',
    key: ['workspace_id', 'connection_id'],
    bound: ['user_id', 'org_id'],
  },
  webhookSecrets: {
    table: 'tandem.webhooks',
    column: 'secret',
    key: ['workspace_id', 'webhook_id'],
    bound: [],
  },
  formerWebhookSecrets: {
    table: 'tandem.webhooks',
    column: 'former_secret',
    key: ['workspace_id', 'webhook_id'],
    bound: [],
  },
  keptAnswers: {
    table: 'tandem.idempotency_keys',
    column: 'reply',
    key: ['workspace_id', 'user_id', 'key'],
    bound: [],
  },
} as const satisfies Record<string, Place>;
export type SealedPlace = keyof typeof SEALED_PLACES;

interface Place {
  readonly table: string;
  readonly column: string;
  readonly key: readonly string[];
  readonly bound: readonly string[];
}

export interface SealedValue {
  /** Where to go on after this one. */
  readonly position: string;
  readonly columns: Readonly<Record<string, string>>;
  readonly blob: Buffer;
}

/** Those that another key sealed, after `position`, in the order of their keys. Spans workspaces, by purpose. */
export async function sealedByOthers(
  db: Database,
  at: SealedPlace,
  keyId: Buffer,
  position: string,
  limit: number,
): Promise<readonly SealedValue[]> {
  const { table, column, key, bound }: Place = SEALED_PLACES[at];
  const place = sql`concat_ws(' ', ${sql.join(key.map((name) => sql`${sql.ref(name)}::text`))})`;
  const columns = [...key, ...bound].map((name) => sql`${sql.lit(name)}, ${sql.ref(name)}::text`);
  const { rows } = await sql<SealedValue>`
    select ${place} collate "C" as position, jsonb_build_object(${sql.join(columns)}) as columns,
      ${sql.ref(column)} as blob
    from ${sql.table(table)}
    where ${sql.ref(column)} is not null and substring(${sql.ref(column)} from 2 for ${sql.lit(keyId.length)}) <> ${keyId}
      and ${place} collate "C" > ${position}
    order by 1 limit ${limit}
  `.execute(db.kysely);
  return rows;
}

/** False when it changed meanwhile: a token that was refreshed is sealed with the new key already. */
export async function replaceSealed(
  db: Database,
  at: SealedPlace,
  value: SealedValue,
  blob: Buffer,
): Promise<boolean> {
  const { table, column, key }: Place = SEALED_PLACES[at];
  const isIt = key.map((name) => sql`${sql.ref(name)}::text = ${value.columns[name] ?? ''}`);
  const { rows } = await sql`
    update ${sql.table(table)} set ${sql.ref(column)} = ${blob}
    where ${sql.join(isIt, sql` and `)} and ${sql.ref(column)} = ${value.blob}
    returning 1
  `.execute(db.kysely);
  return rows.length > 0;
}
