import type { Instant } from '@tandem/engine';
import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Database } from '../database.ts';

/** How long an answer is kept for a repeated request. */
const KEPT_MS = 24 * 60 * 60 * 1000;
/** Of one person: a program that writes more in a day uses several keys a request, or none. */
const KEYS_MAX = 20_000;
const PURGE_STEP = 5_000;

export type KeyClaim =
  /** First of its kind: to be carried out, then told to `finishKey` or `releaseKey`. */
  | { readonly kind: 'first' }
  | { readonly kind: 'replay'; readonly status: number; readonly reply: Buffer }
  | { readonly kind: 'under_way' }
  | { readonly kind: 'other_request' }
  | { readonly kind: 'too_many' };

/** One statement decides who is first: the primary key. */
export async function claimKey(
  db: Database,
  actor: Actor,
  key: string,
  requestHash: string,
  at: Instant,
): Promise<KeyClaim> {
  const { workspaceId, userId } = actor;
  const keptSince = new Date(Date.parse(at) - KEPT_MS).toISOString();
  const { rows } = await sql`
    insert into tandem.idempotency_keys as k (workspace_id, user_id, key, request_hash, created_at)
    select ${workspaceId}, ${userId}, ${key}, ${requestHash}, ${at}::timestamptz
    where (select count(*) from (
      select from tandem.idempotency_keys x
      where x.workspace_id = ${workspaceId} and x.user_id = ${userId} limit ${KEYS_MAX}
    ) counted) < ${KEYS_MAX}
    on conflict (workspace_id, user_id, key) do update set request_hash = excluded.request_hash,
      created_at = excluded.created_at, status = null, reply = null
      where k.created_at < ${keptSince}::timestamptz
    returning 1 as claimed
  `.execute(db.kysely);
  if (rows.length > 0) return { kind: 'first' };
  const known = await db.kysely
    .selectFrom('tandem.idempotency_keys')
    .select(['request_hash', 'status', 'reply'])
    .where('workspace_id', '=', workspaceId)
    .where('user_id', '=', userId)
    .where('key', '=', key)
    .executeTakeFirst();
  if (known === undefined) return { kind: 'too_many' };
  if (known.request_hash !== requestHash) return { kind: 'other_request' };
  const { status, reply } = known;
  return status === null || reply === null
    ? { kind: 'under_way' }
    : { kind: 'replay', status, reply };
}

export async function finishKey(
  db: Database,
  actor: Actor,
  key: string,
  answer: { readonly status: number; readonly reply: Buffer },
): Promise<void> {
  await db.kysely
    .updateTable('tandem.idempotency_keys')
    .set(answer)
    .where('workspace_id', '=', actor.workspaceId)
    .where('user_id', '=', actor.userId)
    .where('key', '=', key)
    .execute();
}

/** What was refused changed nothing: the key is free for the next try. */
export async function releaseKey(db: Database, actor: Actor, key: string): Promise<void> {
  await db.kysely
    .deleteFrom('tandem.idempotency_keys')
    .where('workspace_id', '=', actor.workspaceId)
    .where('user_id', '=', actor.userId)
    .where('key', '=', key)
    .where('status', 'is', null)
    .execute();
}

/** Spans workspaces, by purpose; a step at a time. */
export async function purgeKeys(db: Database, now: Instant): Promise<{ purged: number }> {
  const keptSince = new Date(Date.parse(now) - KEPT_MS).toISOString();
  let purged = 0;
  for (;;) {
    const { rows } = await sql<{ purged: number }>`
      with old as (
        select workspace_id, user_id, key from tandem.idempotency_keys
        where created_at < ${keptSince}::timestamptz order by created_at limit ${PURGE_STEP}
      ), gone as (
        delete from tandem.idempotency_keys k using old
        where k.workspace_id = old.workspace_id and k.user_id = old.user_id and k.key = old.key
        returning 1
      )
      select count(*) as purged from gone
    `.execute(db.kysely);
    const step = rows[0]?.purged ?? 0;
    purged += step;
    if (step < PURGE_STEP) return { purged };
  }
}
