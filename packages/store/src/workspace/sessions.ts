import type { Instant } from '@tandem/engine';
import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { decodeCursor, encodeCursor, withCursor } from '../cursor.ts';
import type { Database } from '../database.ts';
import { inTransaction } from '../transaction.ts';

/** Rows of better-auth's table: a session ends with its row, whatever cookie still names it. */
export interface SessionView {
  readonly sessionId: string;
  readonly userAgent: string | null;
  readonly signedInAt: Instant;
  readonly lastSeenAt: Instant;
}

const LIST = 'sessions';

/** The actor's own that are still good, the latest sign-in first. */
export async function listSessions(
  db: Database,
  actor: Actor,
  page: { readonly limit: number; readonly cursor?: string | undefined },
  at: Instant,
): Promise<{ readonly sessions: readonly SessionView[]; readonly nextCursor: string | null }> {
  const after = decodeCursor(LIST, page.cursor, 2);
  const { rows } = await withCursor(after, () =>
    sql<SessionView>`
      select "id" as "sessionId", "userAgent", "createdAt" as "signedInAt",
        "updatedAt" as "lastSeenAt"
      from auth.session
      where "userId" = ${actor.userId} and "expiresAt" > ${at}::timestamptz
        and ${
          after === null
            ? sql`true`
            : sql`(date_trunc('milliseconds', "createdAt"), "id") < (${after[0]}::timestamptz, ${after[1]})`
        }
      order by date_trunc('milliseconds', "createdAt") desc, "id" desc
      limit ${page.limit + 1}
    `.execute(db.kysely),
  );
  const sessions = rows.slice(0, page.limit);
  const last = sessions.at(-1);
  const more = rows.length > page.limit && last !== undefined;
  const nextCursor = more ? encodeCursor(LIST, [last.signedInAt, last.sessionId]) : null;
  return { sessions, nextCursor };
}

/** How many ended: of the one named, or of all but `keep`. */
export async function endSessions(
  db: Database,
  actor: Actor,
  which: { readonly only: string } | { readonly keep: string | null },
  at: Instant,
): Promise<number> {
  return inTransaction(db, async (trx) => {
    const { rows } = await sql`
      delete from auth.session where "userId" = ${actor.userId}
        and ${'only' in which ? sql`"id" = ${which.only}` : sql`"id" is distinct from ${which.keep}`}
      returning 1
    `.execute(trx);
    if (rows.length === 0) return 0;
    await appendAudit(trx, actor, { action: 'sessions_ended', data: { count: rows.length } }, at);
    return rows.length;
  });
}
