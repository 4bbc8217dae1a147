import type { Instant } from '@tandem/engine';
import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { decodeCursor, encodeCursor, withCursor } from '../cursor.ts';
import type { Database } from '../database.ts';
import { inTransaction } from '../transaction.ts';
import { uuidsOf } from '../uuid.ts';
import { tell } from './plan-reminders.ts';
import type { Notice } from './reminder-types.ts';

export interface NoticePage {
  readonly notices: readonly Notice[];
  readonly unread: number;
  readonly nextCursor: string | null;
}

const LIST = 'notices';

/** What the member has been told and has not put away, newest first. */
export async function listNotices(
  db: Database,
  actor: Actor,
  page: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<NoticePage> {
  const after = decodeCursor(LIST, page.cursor, 2);
  const before =
    after === null
      ? sql`true`
      : sql`(n.at, n.notice_id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`;
  const { rows } = await withCursor(after, () =>
    sql<Notice>`
      select n.notice_id as id, n.kind, n.at, n.read_at as "readAt", n.data
      from tandem.notices n where ${listed(actor)} and ${before}
      order by n.at desc, n.notice_id desc
      limit ${page.limit + 1}
    `.execute(db.kysely),
  );
  const { rows: counts } = await sql<{ unread: number }>`
    select count(*)::int as unread from tandem.notices n
    where ${listed(actor)} and n.read_at is null
  `.execute(db.kysely);
  const notices = rows.slice(0, page.limit);
  const last = notices.at(-1);
  const more = rows.length > page.limit && last !== undefined;
  return {
    notices,
    unread: counts[0]?.unread ?? 0,
    nextCursor: more ? encodeCursor(LIST, [last.at, last.id]) : null,
  };
}

function listed({ workspaceId, userId }: Actor) {
  return sql`n.workspace_id = ${workspaceId} and n.user_id = ${userId} and n.shown
    and n.settled_at is null and n.cleared_at is null`;
}

/** Seen, or put away; of all of them where none is named. Other open pages of the member follow. */
export async function markNotices(
  db: Database,
  actor: Actor,
  mark: 'read' | 'cleared',
  ids: readonly string[] | null,
  now: Instant,
): Promise<void> {
  const named = ids === null ? sql`true` : sql`n.notice_id = any(${uuidsOf(ids)}::uuid[])`;
  const column = sql.ref(mark === 'read' ? 'read_at' : 'cleared_at');
  await inTransaction(db, async (trx) => {
    const { rows } = await sql<{ w: string; u: string }>`
      update tandem.notices n set ${column} = ${now}::timestamptz
      where ${listed(actor)} and n.${column} is null and ${named}
      returning n.workspace_id as w, n.user_id as u
    `.execute(trx);
    await tell(trx, rows.slice(0, 1));
  });
}

/** "Send me a test": in the list, and nothing waits for anything. */
export async function addTestNotice(db: Database, actor: Actor, now: Instant): Promise<void> {
  await inTransaction(db, async (trx) => {
    await trx
      .insertInto('tandem.notices')
      .values({
        workspace_id: actor.workspaceId,
        user_id: actor.userId,
        kind: 'test',
        occurrence: now,
        at: now,
        shown: true,
      })
      .execute();
    await tell(trx, [{ w: actor.workspaceId, u: actor.userId }]);
  });
}

const KEPT_MS = 30 * 24 * 60 * 60 * 1000;
/** Per member: more than anybody reads back. */
const KEPT_MAX = 200;
const PURGE_STEP = 1_000;

/** In all workspaces, a step at a time: what is old, and what is more than a list should hold. */
export async function purgeNotices(db: Database, now: Instant): Promise<{ purged: number }> {
  const olderThan = new Date(Date.parse(now) - KEPT_MS).toISOString();
  const old = await purge(
    db,
    sql`select workspace_id, notice_id from tandem.notices
      where at < ${olderThan}::timestamptz and mail <> 'waiting' order by at limit ${PURGE_STEP}`,
  );
  const many = await purge(
    db,
    sql`select workspace_id, notice_id from (
        select workspace_id, notice_id, mail,
          row_number() over (partition by workspace_id, user_id order by at desc) as place
        from tandem.notices) n
      where place > ${KEPT_MAX} and mail <> 'waiting' limit ${PURGE_STEP}`,
  );
  return { purged: old + many };
}

async function purge(db: Database, these: ReturnType<typeof sql>): Promise<number> {
  let purged = 0;
  for (;;) {
    const { rows } = await sql`
      delete from tandem.notices n using (${these}) x
      where n.workspace_id = x.workspace_id and n.notice_id = x.notice_id
      returning 1
    `.execute(db.kysely);
    purged += rows.length;
    if (rows.length < PURGE_STEP) return purged;
  }
}
