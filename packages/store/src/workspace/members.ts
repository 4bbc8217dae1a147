import { sql } from 'kysely';
import type { Actor, Role } from '../actor.ts';
import { decodeCursor, encodeCursor, withCursor } from '../cursor.ts';
import type { Database } from '../database.ts';

export interface MemberView {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** IANA name; null until the browser has told. */
  readonly timeZone: string | null;
  readonly locale: 'en' | 'zh-CN';
}

/** A team is counted in hundreds; beyond this a list is no way to pick a person. */
const MEMBERS_MAX = 1_000;

/** Everybody of the workspace, by name. */
export async function listMembers(db: Database, actor: Actor): Promise<readonly MemberView[]> {
  return memberQuery(db)
    .where('m.workspace_id', '=', actor.workspaceId)
    .orderBy('u.name')
    .orderBy('m.user_id')
    .limit(MEMBERS_MAX)
    .execute();
}

const LIST = 'members';

/** A page of them, by name. Somebody who is renamed meanwhile may be met twice or not at all. */
export async function pageMembers(
  db: Database,
  actor: Actor,
  page: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ readonly members: readonly MemberView[]; readonly nextCursor: string | null }> {
  const after = decodeCursor(LIST, page.cursor, 2);
  const all = memberQuery(db).where('m.workspace_id', '=', actor.workspaceId);
  const rest =
    after === null
      ? all
      : all.where(sql<boolean>`(u.name, m.user_id) > (${after[0]}, ${after[1]})`);
  const rows = await withCursor(after, () =>
    rest
      .orderBy('u.name')
      .orderBy('m.user_id')
      .limit(page.limit + 1)
      .execute(),
  );
  const members = rows.slice(0, page.limit);
  const last = members.at(-1);
  const more = rows.length > page.limit && last !== undefined;
  return { members, nextCursor: more ? encodeCursor(LIST, [last.name, last.userId]) : null };
}

/** Null when there is no such member. That only admins change roles is the caller's to hold. */
export async function updateMember(
  db: Database,
  actor: Actor,
  userId: string,
  change: {
    readonly role?: Role;
    readonly timeZone?: string;
    readonly locale?: 'en' | 'zh-CN';
  },
): Promise<MemberView | null> {
  const columns = {
    ...(change.role === undefined ? {} : { role: change.role }),
    ...(change.timeZone === undefined ? {} : { time_zone: change.timeZone }),
    ...(change.locale === undefined ? {} : { locale: change.locale }),
  };
  if (Object.keys(columns).length > 0) {
    await db.kysely
      .updateTable('tandem.members')
      .set(columns)
      .where('workspace_id', '=', actor.workspaceId)
      .where('user_id', '=', userId)
      .execute();
  }
  if (change.timeZone !== undefined) {
    // The same times are other moments there: reminders are reckoned anew at once.
    await sql`
      update tandem.reminders set next_at = '-infinity'
      where workspace_id = ${actor.workspaceId} and user_id = ${userId}
    `.execute(db.kysely);
  }
  const row = await memberQuery(db)
    .where('m.workspace_id', '=', actor.workspaceId)
    .where('m.user_id', '=', userId)
    .executeTakeFirst();
  return row ?? null;
}

function memberQuery(db: Database) {
  return db.kysely
    .selectFrom('tandem.members as m')
    .innerJoin('auth.user as u', 'u.id', 'm.user_id')
    .select([
      'm.user_id as userId',
      'u.name',
      'u.email',
      'm.role',
      'm.time_zone as timeZone',
      'm.locale',
    ]);
}
