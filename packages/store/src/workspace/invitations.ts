import type { Instant } from '@tandem/engine';
import { sql } from 'kysely';
import type { Actor, Role } from '../actor.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { decodeCursor, encodeCursor, withCursor } from '../cursor.ts';
import type { Database } from '../database.ts';
import { InvalidValue } from '../errors.ts';
import { notify } from '../events/notify.ts';
import { inTransaction } from '../transaction.ts';
import { isUuid } from '../uuid.ts';
import { joinWorkspace } from './join-workspace.ts';

/** How long a link is good for. */
const GOOD_MS = 7 * 24 * 60 * 60 * 1000;
/** Of one workspace at a time: a team that grows faster has a list of addresses, not of links. */
const OPEN_MAX = 200;
/** An expired one is listed a while, so that an admin sees why nobody came. */
const EXPIRED_KEPT_MS = 30 * 24 * 60 * 60 * 1000;

export interface NewInvitation {
  /** SHA-256 of the link's token, which itself never comes here. */
  readonly hash: string;
  readonly role: Role;
  /** Null: whoever has the link. */
  readonly email: string | null;
}

export interface InvitationView {
  readonly invitationId: string;
  readonly role: Role;
  readonly email: string | null;
  readonly invitedBy: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}

const columns = [
  'i.invitation_id as invitationId',
  'i.role',
  'i.email',
  'u.name as invitedBy',
  'i.created_at as createdAt',
  'i.expires_at as expiresAt',
] as const;

/** That only admins invite is the caller's to hold. */
export async function createInvitation(
  db: Database,
  actor: Actor,
  { hash, role, email }: NewInvitation,
  at: Instant,
): Promise<InvitationView> {
  const { workspaceId, userId } = actor;
  return inTransaction(db, async (trx) => {
    // Two at once must not both be the last that fits.
    await sql`select from tandem.workspaces where workspace_id = ${workspaceId} for update`.execute(
      trx,
    );
    const { count } = await trx
      .selectFrom('tandem.invitations')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('workspace_id', '=', workspaceId)
      .executeTakeFirstOrThrow();
    if (count >= OPEN_MAX) {
      throw new InvalidValue('role', `is one too many: at most ${OPEN_MAX} invitations are open`);
    }
    const { invitation_id } = await trx
      .insertInto('tandem.invitations')
      .values({
        workspace_id: workspaceId,
        hash,
        role,
        email,
        invited_by: userId,
        created_at: at,
        expires_at: new Date(Date.parse(at) + GOOD_MS).toISOString(),
      })
      .returning('invitation_id')
      .executeTakeFirstOrThrow();
    await appendAudit(
      trx,
      actor,
      { action: 'invitation_made', target: invitation_id, data: { role } },
      at,
    );
    await notify(trx, { type: 'settings', workspaceId });
    return trx
      .selectFrom('tandem.invitations as i')
      .innerJoin('auth.user as u', 'u.id', 'i.invited_by')
      .select(columns)
      .where('i.workspace_id', '=', workspaceId)
      .where('i.invitation_id', '=', invitation_id)
      .executeTakeFirstOrThrow();
  });
}

const LIST = 'invitations';

/** Those that nobody took yet, newest first. */
export async function listInvitations(
  db: Database,
  actor: Actor,
  page: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{
  readonly invitations: readonly InvitationView[];
  readonly nextCursor: string | null;
}> {
  const after = decodeCursor(LIST, page.cursor, 2);
  const all = db.kysely
    .selectFrom('tandem.invitations as i')
    .innerJoin('auth.user as u', 'u.id', 'i.invited_by')
    .select(columns)
    .where('i.workspace_id', '=', actor.workspaceId);
  const rest =
    after === null
      ? all
      : all.where(
          sql<boolean>`(i.created_at, i.invitation_id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
        );
  const rows = await withCursor(after, () =>
    rest
      .orderBy('i.created_at', 'desc')
      .orderBy('i.invitation_id', 'desc')
      .limit(page.limit + 1)
      .execute(),
  );
  const invitations = rows.slice(0, page.limit);
  const last = invitations.at(-1);
  const more = rows.length > page.limit && last !== undefined;
  const nextCursor = more ? encodeCursor(LIST, [last.createdAt, last.invitationId]) : null;
  return { invitations, nextCursor };
}

/** False when there is none. The link is dead at once. */
export async function revokeInvitation(
  db: Database,
  actor: Actor,
  invitationId: string,
  at: Instant,
): Promise<boolean> {
  if (!isUuid(invitationId)) return false;
  const { workspaceId } = actor;
  return inTransaction(db, async (trx) => {
    const gone = await trx
      .deleteFrom('tandem.invitations')
      .where('workspace_id', '=', workspaceId)
      .where('invitation_id', '=', invitationId)
      .returning('invitation_id')
      .executeTakeFirst();
    if (gone === undefined) return false;
    await appendAudit(trx, actor, { action: 'invitation_revoked', target: invitationId }, at);
    await notify(trx, { type: 'settings', workspaceId });
    return true;
  });
}

export interface OpenInvitation extends InvitationView {
  readonly workspaceId: string;
  readonly workspaceName: string;
}

/** What a link leads to; null when it is not known, taken, revoked or over. Spans workspaces, by purpose. */
export async function findInvitation(
  db: Database,
  hash: string,
  at: Instant,
): Promise<OpenInvitation | null> {
  const row = await db.kysely
    .selectFrom('tandem.invitations as i')
    .innerJoin('tandem.workspaces as w', 'w.workspace_id', 'i.workspace_id')
    .innerJoin('auth.user as u', 'u.id', 'i.invited_by')
    .select([...columns, 'i.workspace_id as workspaceId', 'w.name as workspaceName'])
    .where('i.hash', '=', hash)
    .where('i.expires_at', '>', at)
    .executeTakeFirst();
  return row ?? null;
}

export type AcceptResult =
  | { readonly kind: 'ok'; readonly actor: Actor }
  /** Taken by somebody else meanwhile, revoked, or over. */
  | { readonly kind: 'invitation_over' }
  | { readonly kind: 'in_a_workspace' };

/** Single use: the row that is deleted decides who came first. Spans workspaces, by purpose. */
export async function acceptInvitation(
  db: Database,
  userId: string,
  hash: string,
  at: Instant,
): Promise<AcceptResult> {
  return inTransaction(db, async (trx): Promise<AcceptResult> => {
    // The same lock as sign-up's, so that one person does not come into two workspaces at once.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`workspace of ${userId}`}, 0))`.execute(
      trx,
    );
    const elsewhere = await trx
      .selectFrom('tandem.members')
      .select('workspace_id')
      .where('user_id', '=', userId)
      .where('removed_at', 'is', null)
      .executeTakeFirst();
    if (elsewhere !== undefined) return { kind: 'in_a_workspace' };
    const taken = await trx
      .deleteFrom('tandem.invitations')
      .where('hash', '=', hash)
      .where('expires_at', '>', at)
      .returning(['workspace_id', 'invitation_id', 'role'])
      .executeTakeFirst();
    if (taken === undefined) return { kind: 'invitation_over' };
    const { workspace_id, invitation_id, role } = taken;
    const actor = await joinWorkspace(trx, workspace_id, { userId, role }, at);
    const data = { role, invitation: invitation_id };
    await appendAudit(trx, actor, { action: 'member_joined', target: userId, data }, at);
    await notify(trx, { type: 'settings', workspaceId: workspace_id });
    return { kind: 'ok', actor };
  });
}

/** Spans workspaces, by purpose. */
export async function purgeInvitations(db: Database, now: Instant): Promise<{ purged: number }> {
  const before = new Date(Date.parse(now) - EXPIRED_KEPT_MS).toISOString();
  const { numDeletedRows } = await db.kysely
    .deleteFrom('tandem.invitations')
    .where('expires_at', '<', before)
    .executeTakeFirst();
  return { purged: Number(numDeletedRows) };
}
