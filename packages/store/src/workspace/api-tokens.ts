import type { Instant } from '@tandem/engine';
import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { decodeCursor, encodeCursor, withCursor } from '../cursor.ts';
import type { Database } from '../database.ts';
import { inTransaction } from '../transaction.ts';
import { isUuid } from '../uuid.ts';

export interface NewApiToken {
  readonly name: string;
  /** Of the token, which itself never comes here. */
  readonly hash: string;
}

export interface ApiToken {
  readonly tokenId: string;
  readonly name: string;
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant | null;
}

const LIST = 'tokens';
/** "Last used" is good to the minute; writing at every request would cost more than it tells. */
const LAST_USED_STEP_MS = 60_000;

const tokenColumns = [
  'token_id as tokenId',
  'name',
  'created_at as createdAt',
  'last_used_at as lastUsedAt',
] as const;

export async function createApiToken(
  db: Database,
  actor: Actor,
  token: NewApiToken,
  at: Instant,
): Promise<ApiToken> {
  return inTransaction(db, async (trx) => {
    const made = await trx
      .insertInto('tandem.api_tokens')
      .values({
        workspace_id: actor.workspaceId,
        user_id: actor.userId,
        name: token.name,
        hash: token.hash,
        created_at: at,
        last_used_at: null,
      })
      .returning(tokenColumns)
      .executeTakeFirstOrThrow();
    await appendAudit(trx, actor, { action: 'token_made', target: made.tokenId }, at);
    return made;
  });
}

/** Whose token it is, with the role of today. Spans workspaces, by purpose; the index api_tokens_one_per_hash. */
export async function findApiToken(db: Database, hash: string, at: Instant): Promise<Actor | null> {
  const { rows } = await sql<Actor & { tokenId: string; stale: boolean }>`
    select a.workspace_id as "workspaceId", a.user_id as "userId", m.role, a.token_id as "tokenId",
      a.last_used_at is null or a.last_used_at
        < ${at}::timestamptz - make_interval(secs => ${LAST_USED_STEP_MS / 1000}) as stale
    from tandem.api_tokens a
    join tandem.members m on m.workspace_id = a.workspace_id and m.user_id = a.user_id
    where a.hash = ${hash} and m.removed_at is null
  `.execute(db.kysely);
  const [found] = rows;
  if (found === undefined) return null;
  const { tokenId, stale, ...actor } = found;
  if (stale) {
    await db.kysely
      .updateTable('tandem.api_tokens')
      .set({ last_used_at: at })
      .where('workspace_id', '=', actor.workspaceId)
      .where('token_id', '=', tokenId)
      .execute();
  }
  return actor;
}

/** The actor's own, newest first. */
export async function listApiTokens(
  db: Database,
  actor: Actor,
  page: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ readonly tokens: readonly ApiToken[]; readonly nextCursor: string | null }> {
  const after = decodeCursor(LIST, page.cursor, 2);
  const all = db.kysely
    .selectFrom('tandem.api_tokens')
    .select(tokenColumns)
    .where('workspace_id', '=', actor.workspaceId)
    .where('user_id', '=', actor.userId);
  const rest =
    after === null
      ? all
      : all.where(
          sql<boolean>`(created_at, token_id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
        );
  const rows = await withCursor(after, () =>
    rest
      .orderBy('created_at', 'desc')
      .orderBy('token_id', 'desc')
      .limit(page.limit + 1)
      .execute(),
  );
  const tokens = rows.slice(0, page.limit);
  const last = tokens.at(-1);
  const more = rows.length > page.limit && last !== undefined;
  return { tokens, nextCursor: more ? encodeCursor(LIST, [last.createdAt, last.tokenId]) : null };
}

/** False when the actor has no such token. */
export async function revokeApiToken(
  db: Database,
  actor: Actor,
  tokenId: string,
  at: Instant,
): Promise<boolean> {
  if (!isUuid(tokenId)) return false;
  return inTransaction(db, async (trx) => {
    const gone = await trx
      .deleteFrom('tandem.api_tokens')
      .where('workspace_id', '=', actor.workspaceId)
      .where('user_id', '=', actor.userId)
      .where('token_id', '=', tokenId)
      .returning('token_id')
      .executeTakeFirst();
    if (gone === undefined) return false;
    await appendAudit(trx, actor, { action: 'token_revoked', target: tokenId }, at);
    return true;
  });
}
