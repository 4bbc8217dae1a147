import type { Instant } from '@tandem/engine';
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
  /** Former members are listed too: tasks and history name them. */
  readonly removedAt: Instant | null;
}

/** What those who look after the team see besides. */
export interface TeamMemberView extends MemberView {
  /** Good to ten minutes; null before the first time. */
  readonly lastSeenAt: Instant | null;
  readonly connection: 'not_connected' | 'needs_sign_in' | 'off' | 'on';
  /** Open ones, Trash left out: what somebody has to take over from a person who leaves. */
  readonly openTasks: number;
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
): Promise<{ readonly members: readonly TeamMemberView[]; readonly nextCursor: string | null }> {
  const after = decodeCursor(LIST, page.cursor, 2);
  const all = teamQuery(db).where('m.workspace_id', '=', actor.workspaceId);
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

/** As `pageMembers` shows one. */
export async function teamMember(
  db: Database,
  actor: Actor,
  userId: string,
): Promise<TeamMemberView | null> {
  const row = await teamQuery(db)
    .where('m.workspace_id', '=', actor.workspaceId)
    .where('m.user_id', '=', userId)
    .executeTakeFirst();
  return row ?? null;
}

/** Null when there is no such member. That only admins change roles is the caller's to hold. */
export async function updateMember(
  db: Database,
  actor: Actor,
  userId: string,
  change: {
    readonly name?: string;
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
  if (change.name !== undefined) {
    await sql`
      update auth."user" u set name = ${change.name}, "updatedAt" = now() from tandem.members m
      where u.id = ${userId} and m.user_id = u.id and m.workspace_id = ${actor.workspaceId}
    `.execute(db.kysely);
  }
  return findMember(db, actor, userId);
}

/** A former one too; null for somebody of another workspace, and for nobody. */
export async function findMember(
  db: Database,
  actor: Actor,
  userId: string,
): Promise<MemberView | null> {
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
      'm.removed_at as removedAt',
    ]);
}

function teamQuery(db: Database) {
  return memberQuery(db)
    .leftJoin('tandem.last_seen as s', (join) =>
      join.onRef('s.workspace_id', '=', 'm.workspace_id').onRef('s.user_id', '=', 'm.user_id'),
    )
    .select([
      's.at as lastSeenAt',
      sql<TeamMemberView['connection']>`coalesce((
        select case when c.sign_in_needed or c.status = 'needs_sign_in' then 'needs_sign_in'
          else c.status end
        from tandem.connections c
        where c.workspace_id = m.workspace_id and c.user_id = m.user_id and c.connected limit 1
      ), 'not_connected')`.as('connection'),
      sql<number>`(
        select count(*)::int from tandem.tasks t
        where t.workspace_id = m.workspace_id and t.owner_id = m.user_id and t.status = 'open'
          and t.trashed_at is null
      )`.as('openTasks'),
    ]);
}
