import type { Instant } from '@tandem/engine';
import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { decodeCursor, encodeCursor, withCursor } from '../cursor.ts';
import type { Database } from '../database.ts';
import { type AuditAction, type AuditDraft, appendAudit } from './append-audit.ts';

export interface AuditEntryView {
  readonly id: string;
  readonly at: Instant;
  readonly actorId: string | null;
  /** As the person is called today; null for nobody, and for somebody whose account is gone. */
  readonly actorName: string | null;
  readonly action: AuditAction;
  readonly targetId: string | null;
  /** Where the target is a person. */
  readonly targetName: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface AuditFilter {
  readonly action?: AuditAction | undefined;
  readonly actorId?: string | undefined;
  readonly from?: Instant | undefined;
  /** Not included. */
  readonly to?: Instant | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

const LIST = 'audit';

/** Newest first. That only admins may is the caller's to hold. */
export async function listAudit(
  db: Database,
  actor: Actor,
  filter: AuditFilter,
): Promise<{ readonly entries: readonly AuditEntryView[]; readonly nextCursor: string | null }> {
  const after = decodeCursor(LIST, filter.cursor, 1);
  const { action, actorId, from, to, limit } = filter;
  const { rows } = await withCursor(after, () =>
    sql<AuditEntryView>`
      select a.entry_id::text as id, a.at, a.actor as "actorId", u.name as "actorName", a.action,
        a.target as "targetId", x.name as "targetName", a.data
      from tandem.audit a
      left join auth."user" u on u.id = a.actor
      left join tandem.members m on m.workspace_id = a.workspace_id and m.user_id = a.target
      left join auth."user" x on x.id = m.user_id
      where a.workspace_id = ${actor.workspaceId}
        and ${after === null ? sql`true` : sql`a.entry_id < ${after[0]}::bigint`}
        and ${action === undefined ? sql`true` : sql`a.action = ${action}`}
        and ${actorId === undefined ? sql`true` : sql`a.actor = ${actorId}`}
        and ${from === undefined ? sql`true` : sql`a.at >= ${from}::timestamptz`}
        and ${to === undefined ? sql`true` : sql`a.at < ${to}::timestamptz`}
      order by a.entry_id desc
      limit ${limit + 1}
    `.execute(db.kysely),
  );
  const entries = rows.slice(0, limit);
  const last = entries.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { entries, nextCursor: more ? encodeCursor(LIST, [last.id]) : null };
}

/** For what happens outside of any transaction here: a sign-in, a file that was fetched. */
export function noteAudit(
  db: Database,
  who: { readonly workspaceId: string; readonly userId: string | null },
  entry: AuditDraft,
  at: Instant,
): Promise<void> {
  return appendAudit(db.kysely, who, entry, at);
}

/** Of one kind about one target by one person: so that what is repeated all day fills no log. */
export async function noteSeldom(
  db: Database,
  who: { readonly workspaceId: string; readonly userId: string | null },
  { action, target = null }: Pick<AuditDraft, 'action' | 'target'>,
  at: Instant,
  { max, withinMs }: { readonly max: number; readonly withinMs: number },
): Promise<void> {
  const since = new Date(Date.parse(at) - withinMs).toISOString();
  await sql`
    insert into tandem.audit (workspace_id, at, actor, action, target)
    select ${who.workspaceId}, ${at}::timestamptz, ${who.userId}, ${action}, ${target}
    where (
      select count(*) from tandem.audit a
      where a.workspace_id = ${who.workspaceId} and a.action = ${action}
        and a.actor is not distinct from ${who.userId} and a.target is not distinct from ${target}
        and a.at > ${since}::timestamptz
    ) < ${max}
  `.execute(db.kysely);
}

/**
 * For every workspace, because the key seals what is theirs; once for each key. `keyId` tells which, and nothing of
 * the key itself. Spans workspaces, by purpose.
 */
export async function noteKeyChange(db: Database, keyId: Buffer, at: Instant): Promise<void> {
  const data = JSON.stringify({ key: keyId.toString('hex') });
  const action: AuditAction = 'secret_key_changed';
  await sql`
    insert into tandem.audit (workspace_id, at, action, data)
    select w.workspace_id, ${at}::timestamptz, ${action}, ${data}::jsonb
    from tandem.workspaces w
    where not exists (select from tandem.audit a
      where a.workspace_id = w.workspace_id and a.action = ${action} and a.data = ${data}::jsonb)
  `.execute(db.kysely);
}

const PURGE_STEP = 5_000;

/** What is older than 400 days, by the database's clock; the trigger lets nothing younger go. */
export async function purgeAudit(db: Database): Promise<{ purged: number }> {
  let purged = 0;
  for (;;) {
    const { rows } = await sql<{ purged: number }>`
      with old as (
        select workspace_id, entry_id from tandem.audit
        where at < now() - interval '400 days' order by at limit ${PURGE_STEP}
      ), gone as (
        delete from tandem.audit a using old
        where a.workspace_id = old.workspace_id and a.entry_id = old.entry_id
        returning 1
      )
      select count(*) as purged from gone
    `.execute(db.kysely);
    const step = rows[0]?.purged ?? 0;
    purged += step;
    if (step < PURGE_STEP) return { purged };
  }
}
